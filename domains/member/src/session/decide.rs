//! The rules of a session: only the newest secret is exchanged, and an exchanged one that comes back ends it all.

use kernel::Timestamp;

use super::{
    Command, Event, Grant, Open, Opened, Rejection, Revoke, RevokeReason, Revoked, Rotate, Rotated, State,
};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Open(open) => sign_in(state, open),
        Command::Rotate(rotate) => exchange(state, rotate),
        Command::Revoke(revoke) => end(state, &revoke),
    }
}

fn sign_in(state: &State, open: Open) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => {
            let Open { session, principal, refresh_hash, password_changes, expires_at, at } = open;
            lasting(expires_at, at)?;
            let opened = Opened { session, principal, refresh_hash, password_changes, expires_at, at };
            Ok(vec![Event::Opened(opened)])
        }
        State::Open(grant) if is_same(grant, &open) => Ok(vec![]),
        State::Open(_) => Err(Rejection::AlreadyOpen),
        State::Revoked { .. } => Err(Rejection::Revoked),
    }
}

fn is_same(grant: &Grant, open: &Open) -> bool {
    (grant.session, grant.principal) == (open.session, open.principal)
        && (&grant.current, grant.expires_at) == (&open.refresh_hash, open.expires_at)
}

fn exchange(state: &State, rotate: Rotate) -> Result<Vec<Event>, Rejection> {
    let grant = open(state)?;
    if rotate.at >= grant.expires_at {
        Err(Rejection::Expired)
    } else if was_done(grant, &rotate) {
        Ok(vec![])
    } else if rotate.presented_hash == grant.current {
        pass_on(grant, rotate)
    } else if grant.knows(&rotate.presented_hash) {
        Ok(vec![revoked(grant, RevokeReason::Reused, rotate.at)])
    } else {
        Err(Rejection::SecretUnknown)
    }
}

/// Whether this very exchange is the last one made. The next secret is random, so a thief can't ask for the same one.
fn was_done(grant: &Grant, rotate: &Rotate) -> bool {
    rotate.next_hash == grant.current && grant.earlier.back() == Some(&rotate.presented_hash)
}

fn pass_on(grant: &Grant, rotate: Rotate) -> Result<Vec<Event>, Rejection> {
    let Rotate { next_hash, expires_at, at, .. } = rotate;
    lasting(expires_at, at)?;
    if grant.knows(&next_hash) {
        return Err(Rejection::SecretNotNew);
    }
    let Grant { session, principal, .. } = *grant;
    Ok(vec![Event::Rotated(Rotated { session, principal, refresh_hash: next_hash, expires_at, at })])
}

fn end(state: &State, revoke: &Revoke) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Open(grant) => Ok(vec![revoked(grant, revoke.reason, revoke.at)]),
        State::Revoked { .. } => Ok(vec![]),
    }
}

fn open(state: &State) -> Result<&Grant, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Open(grant) => Ok(grant),
        State::Revoked { .. } => Err(Rejection::Revoked),
    }
}

fn revoked(grant: &Grant, reason: RevokeReason, at: Timestamp) -> Event {
    Event::Revoked(Revoked { session: grant.session, principal: grant.principal, reason, at })
}

fn lasting(expires_at: Timestamp, at: Timestamp) -> Result<(), Rejection> {
    if expires_at > at { Ok(()) } else { Err(Rejection::ExpiryPassed) }
}

//! A login session and its chain of refresh secrets.

use kernel::id::SessionId;
use member::session::{
    Command, Event, Open, Opened, Rejection, Revoke, RevokeReason, Revoked, Rotate, Rotated, Session, policy,
};

use crate::given::{Given, given};
use crate::sample::{day, id, secret_hash, shopper};

fn session() -> SessionId {
    id(7)
}

fn open() -> Open {
    let (session, principal, refresh_hash) = (session(), shopper(), secret_hash(1));
    Open { session, principal, refresh_hash, password_changes: 3, expires_at: day(10), at: day(1) }
}

fn rotate(presented: usize, next: usize) -> Rotate {
    let (presented_hash, next_hash) = (secret_hash(presented), secret_hash(next));
    Rotate { presented_hash, next_hash, expires_at: day(12), at: day(2) }
}

fn exchange(presented: usize, next: usize) -> Command {
    Command::Rotate(rotate(presented, next))
}

fn revoke(reason: RevokeReason) -> Command {
    Command::Revoke(Revoke { reason, at: day(3) })
}

fn absent() -> Given<Session> {
    given([])
}

fn opened() -> Given<Session> {
    absent().and([Command::Open(open())])
}

fn revoked() -> Given<Session> {
    opened().and([revoke(RevokeReason::LoggedOut)])
}

fn stolen(at: kernel::Timestamp) -> Event {
    Event::Revoked(Revoked { session: session(), principal: shopper(), reason: RevokeReason::Reused, at })
}

#[test]
fn signing_in_opens_a_session() {
    let Open { session, principal, refresh_hash, password_changes, expires_at, at } = open();
    let opened = Opened { session, principal, refresh_hash, password_changes, expires_at, at };
    absent().when(Command::Open(open())).then_events([Event::Opened(opened)]);
}

#[test]
fn an_open_session_is_good_until_it_expires() {
    let state = opened().state();
    assert_eq!(state.principal(), Some(shopper()));
    assert_eq!(state.password_changes(), Some(3));
    assert_eq!(opened().and([exchange(1, 2)]).state().password_changes(), Some(3));
    assert!(state.is_open(day(9)));
    assert!(!state.is_open(day(10)));
    assert!(!revoked().state().is_open(day(4)));
    assert!(!absent().state().is_open(day(4)));
}

#[test]
fn a_session_must_expire_later_than_it_begins() {
    let open = Open { expires_at: day(1), ..open() };
    absent().when(Command::Open(open)).then_refused(Rejection::ExpiryPassed);
    let rotate = Rotate { expires_at: day(2), ..rotate(1, 2) };
    opened().when(Command::Rotate(rotate)).then_refused(Rejection::ExpiryPassed);
}

#[test]
fn a_session_is_opened_once() {
    opened().when(Command::Open(open())).then_nothing();
    let other = Open { refresh_hash: secret_hash(9), ..open() };
    opened().when(Command::Open(other)).then_refused(Rejection::AlreadyOpen);
    revoked().when(Command::Open(open())).then_refused(Rejection::Revoked);
}

#[test]
fn the_current_secret_is_exchanged_for_the_next() {
    let rotated = Rotated {
        session: session(),
        principal: shopper(),
        refresh_hash: secret_hash(2),
        expires_at: day(12),
        at: day(2),
    };
    opened().when(exchange(1, 2)).then_events([Event::Rotated(rotated)]);
    assert!(opened().and([exchange(1, 2)]).state().is_open(day(11)));
}

#[test]
fn an_exchanged_secret_that_comes_back_ends_the_session() {
    opened().and([exchange(1, 2)]).when(exchange(1, 3)).then_events([stolen(day(2))]);
    opened().and([exchange(1, 2), exchange(2, 3)]).when(exchange(1, 4)).then_events([stolen(day(2))]);
    let after = opened().and([exchange(1, 2), exchange(1, 3)]);
    after.when(exchange(2, 4)).then_refused(Rejection::Revoked);
}

#[test]
fn the_very_same_exchange_was_done_already() {
    opened().and([exchange(1, 2)]).when(exchange(1, 2)).then_nothing();
}

#[test]
fn an_older_exchange_asked_again_is_a_theft() {
    opened().and([exchange(1, 2), exchange(2, 3)]).when(exchange(1, 2)).then_events([stolen(day(2))]);
}

#[test]
fn a_secret_that_was_never_given_is_refused() {
    opened().when(exchange(8, 9)).then_refused(Rejection::SecretUnknown);
}

#[test]
fn the_next_secret_must_be_new() {
    opened().when(exchange(1, 1)).then_refused(Rejection::SecretNotNew);
    opened().and([exchange(1, 2)]).when(exchange(2, 1)).then_refused(Rejection::SecretNotNew);
}

#[test]
fn an_expired_session_exchanges_nothing() {
    let late = Rotate { at: day(10), ..rotate(1, 2) };
    opened().when(Command::Rotate(late)).then_refused(Rejection::Expired);
}

#[test]
fn a_revoked_or_absent_session_exchanges_nothing() {
    revoked().when(exchange(1, 2)).then_refused(Rejection::Revoked);
    absent().when(exchange(1, 2)).then_refused(Rejection::NotFound);
}

#[test]
fn a_session_is_revoked_for_a_reason() {
    let reason = RevokeReason::Operator;
    let expected = Revoked { session: session(), principal: shopper(), reason, at: day(3) };
    opened().when(revoke(reason)).then_events([Event::Revoked(expected)]);
    revoked().when(revoke(reason)).then_nothing();
    absent().when(revoke(reason)).then_refused(Rejection::NotFound);
}

#[test]
fn a_secret_older_than_the_session_remembers_is_merely_unknown() {
    let long_ago = policy::EARLIER_HASHES_MAX + 1;
    let worn = opened().and((1..=long_ago).map(|number| exchange(number, number + 1)));
    worn.when(exchange(1, 0)).then_refused(Rejection::SecretUnknown);
    let worn = opened().and((1..=long_ago).map(|number| exchange(number, number + 1)));
    worn.when(exchange(2, 0)).then_events([stolen(day(2))]);
}

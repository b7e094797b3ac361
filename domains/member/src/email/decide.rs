//! The rules of a claim: first come, first served; only the holder gives back.

use super::{Claim, Claimed, Command, Event, Rejection, Release, Released, State};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Claim(claim) => take(state, claim),
        Command::Release(release) => give_back(state, &release),
    }
}

fn take(state: &State, Claim { email_hash, holder, at }: Claim) -> Result<Vec<Event>, Rejection> {
    match state.holder() {
        None => Ok(vec![Event::Claimed(Claimed { email_hash, holder, at })]),
        Some(present) if present == holder => Ok(vec![]),
        Some(_) => Err(Rejection::Taken),
    }
}

fn give_back(state: &State, release: &Release) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Free => Ok(vec![]),
        State::Claimed { email_hash, holder } if *holder == release.holder => {
            let released = Released { email_hash: email_hash.clone(), holder: *holder, at: release.at };
            Ok(vec![Event::Released(released)])
        }
        State::Claimed { .. } => Err(Rejection::HeldByAnother),
    }
}

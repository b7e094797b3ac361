//! The rules of a claim: first come, first served; only the campaign that it leads to gives a code back.

use super::{Claim, Claimed, Command, Event, Rejection, Release, Released, State};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Claim(claim) => take(state, claim),
        Command::Release(release) => give_back(state, &release),
    }
}

fn take(state: &State, Claim { mall, code, campaign, at }: Claim) -> Result<Vec<Event>, Rejection> {
    match state.campaign() {
        None => Ok(vec![Event::Claimed(Claimed { mall, code, campaign, at })]),
        Some(present) if present == campaign => Ok(vec![]),
        Some(_) => Err(Rejection::Taken),
    }
}

fn give_back(state: &State, release: &Release) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Free => Ok(vec![]),
        State::Claimed { mall, code, campaign } if *campaign == release.campaign => {
            let (mall, code) = (mall.clone(), code.clone());
            Ok(vec![Event::Released(Released { mall, code, campaign: *campaign, at: release.at })])
        }
        State::Claimed { .. } => Err(Rejection::OfAnother),
    }
}

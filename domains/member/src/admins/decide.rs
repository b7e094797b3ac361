//! The rules of the admins: the last one stays.

use super::{Command, Event, Join, Joined, Leave, Left, Rejection, State, policy};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Join(join) => take_in(state, &join),
        Command::Leave(leave) => let_go(state, &leave),
    }
}

fn take_in(state: &State, join: &Join) -> Result<Vec<Event>, Rejection> {
    let Join { operator, at } = *join;
    if state.includes(operator) {
        Ok(vec![])
    } else if state.count() >= policy::ADMINS_MAX {
        Err(Rejection::TooMany)
    } else {
        Ok(vec![Event::Joined(Joined { operator, at })])
    }
}

/// Who was none may go: a colleague without the role is locked like any other.
fn let_go(state: &State, leave: &Leave) -> Result<Vec<Event>, Rejection> {
    let Leave { operator, at } = *leave;
    if !state.includes(operator) {
        Ok(vec![])
    } else if state.count() == 1 {
        Err(Rejection::LastAdmin)
    } else {
        Ok(vec![Event::Left(Left { operator, at })])
    }
}

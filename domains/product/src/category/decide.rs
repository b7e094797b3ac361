//! What each command changes. Never here: rules over several categories, such as cycles (see [`category`](super)).

use kernel::Decider;

use super::command::{Command, Define, Move, Rename, Retire};
use super::event::{Defined, Event, Moved, Renamed, Retired};
use super::rejection::Rejection;
use super::state::{Node, State};
use super::value::CategoryCode;

/// The category's rules.
#[derive(Debug, Clone, Copy)]
pub struct Category;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Category {
    const CONTEXT: &'static str = "product";
    const AGGREGATE: &'static str = "category";
    type Id = CategoryCode;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::Define(command) => define(state, command),
            Command::Rename(command) => rename(state, command),
            Command::Move(command) => move_under(state, command),
            Command::Retire(command) => retire(state, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.with(event)
    }
}

fn define(state: &State, Define { code, name, parent, at }: Define) -> Decision {
    match state {
        State::Absent if parent.as_ref() == Some(&code) => Err(Rejection::OwnParent),
        State::Absent => Ok(vec![Event::Defined(Defined { code, name, parent, at })]),
        State::Active(node) if node.name == name && node.parent == parent => Ok(vec![]),
        State::Active(_) => Err(Rejection::AlreadyDefined),
        State::Retired(_) => Err(Rejection::Retired),
    }
}

fn rename(state: &State, Rename { name, at }: Rename) -> Decision {
    let node = active(state)?;
    if node.name == name {
        return Ok(vec![]);
    }
    Ok(vec![Event::Renamed(Renamed { code: node.code.clone(), name, at })])
}

fn move_under(state: &State, Move { parent, at }: Move) -> Decision {
    let node = active(state)?;
    if node.parent == parent {
        return Ok(vec![]);
    }
    if parent.as_ref() == Some(&node.code) {
        return Err(Rejection::OwnParent);
    }
    Ok(vec![Event::Moved(Moved { code: node.code.clone(), parent, at })])
}

fn retire(state: &State, command: &Retire) -> Decision {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Active(node) => Ok(vec![Event::Retired(Retired { code: node.code.clone(), at: command.at })]),
        State::Retired(_) => Ok(vec![]),
    }
}

fn active(state: &State) -> Result<&Node, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Active(node) => Ok(node),
        State::Retired(_) => Err(Rejection::Retired),
    }
}

//! What each command changes: one match, then one small function per command.

use kernel::Decider;

use super::command::{Command, Draft, End, Publish, Revise};
use super::event::{Drafted, Ended, Event, Published, Revised};
use super::policy;
use super::rejection::Rejection;
use super::state::{Content, Known, Phase, State};
use super::value::ExhibitionId;

/// The exhibition's rules.
#[derive(Debug, Clone, Copy)]
pub struct Exhibition;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Exhibition {
    const CONTEXT: &'static str = "display";
    const AGGREGATE: &'static str = "exhibition";
    type Id = ExhibitionId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        let known = state.known().ok_or(Rejection::NotFound);
        match command {
            Command::Draft(command) => draft(state, command),
            Command::Publish(command) => publish(known?, &command),
            Command::Revise(command) => revise(known?, command),
            Command::End(command) => end(known?, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.with(event)
    }
}

fn draft(state: &State, command: Draft) -> Decision {
    let Draft { exhibition, mall, title, from, until, sections, at } = command;
    let content = Content { title, from, until, sections };
    match state.known() {
        Some(known) if known.phase == Phase::Draft && known.mall == mall && *known.content == content => {
            Ok(vec![])
        }
        Some(_) => Err(Rejection::AlreadyDrafted),
        None => {
            check(&content)?;
            let Content { title, from, until, sections } = content;
            Ok(vec![Event::Drafted(Drafted { exhibition, mall, title, from, until, sections, at })])
        }
    }
}

fn publish(known: &Known, command: &Publish) -> Decision {
    match known.phase {
        Phase::Published => Ok(vec![]),
        Phase::Ended => forbidden(known, "published"),
        Phase::Draft if known.content.until <= command.at => Err(Rejection::PeriodOver),
        Phase::Draft => {
            policy::check_shows_products(&known.content.sections)?;
            let (exhibition, mall, at) = (known.exhibition, known.mall.clone(), command.at);
            Ok(vec![Event::Published(Published { exhibition, mall, at })])
        }
    }
}

fn revise(known: &Known, command: Revise) -> Decision {
    let Revise { title, from, until, sections, at } = command;
    let content = Content { title, from, until, sections };
    match known.phase {
        Phase::Ended => return forbidden(known, "revised"),
        Phase::Draft | Phase::Published if *known.content == content => return Ok(vec![]),
        Phase::Draft => check(&content)?,
        Phase::Published => {
            check(&content)?;
            policy::check_shows_products(&content.sections)?;
        }
    }
    let (exhibition, mall) = (known.exhibition, known.mall.clone());
    let Content { title, from, until, sections } = content;
    Ok(vec![Event::Revised(Revised { exhibition, mall, title, from, until, sections, at })])
}

fn end(known: &Known, command: &End) -> Decision {
    match known.phase {
        Phase::Ended => Ok(vec![]),
        Phase::Draft => forbidden(known, "ended"),
        Phase::Published => {
            let (exhibition, mall, at) = (known.exhibition, known.mall.clone(), command.at);
            Ok(vec![Event::Ended(Ended { exhibition, mall, at })])
        }
    }
}

fn check(content: &Content) -> Result<(), Rejection> {
    policy::check_period(content.from, content.until)?;
    policy::check_sections(&content.sections)
}

fn forbidden(known: &Known, action: &'static str) -> Decision {
    Err(Rejection::PhaseForbids { action, phase: known.phase.name() })
}

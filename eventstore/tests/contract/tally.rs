//! The smallest aggregate that can say no: a tally with limits.

use eventstore::Context;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Decider, RejectionKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Added {
    pub by: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Added(Added),
}

kernel::domain_event! { Event { Added => "added" 1 } }

#[derive(Debug, thiserror::Error)]
#[error("the tally stays between 0 and {LIMIT}")]
pub struct Full;

impl kernel::Rejection for Full {
    fn code(&self) -> &'static str {
        "full"
    }
    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}

pub const LIMIT: i32 = 1_000;

#[derive(Debug)]
pub struct Tally;

impl Decider for Tally {
    const CONTEXT: &'static str = "test";
    const AGGREGATE: &'static str = "tally";
    type Id = Uuid;
    type State = i32;
    type Command = i32;
    type Event = Event;
    type Rejection = Full;

    fn decide(state: &i32, by: i32) -> Result<Vec<Event>, Full> {
        match by {
            0 => Ok(Vec::new()),
            by if !(0..=LIMIT).contains(&(state + by)) => Err(Full),
            by => Ok(vec![Event::Added(Added { by })]),
        }
    }

    fn evolve(state: i32, event: &Event) -> i32 {
        match event {
            Event::Added(added) => state + added.by,
        }
    }
}

pub fn id() -> Uuid {
    Uuid::from_u128(rand::random())
}

pub fn context(command: Uuid) -> Context {
    Context {
        command_id: CommandId(command),
        correlation_id: CorrelationId(command),
        causation: None,
        actor: Actor::Guest,
        at: chrono::DateTime::UNIX_EPOCH,
        request: None,
    }
}

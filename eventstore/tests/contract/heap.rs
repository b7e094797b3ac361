//! An aggregate that many want at once.

use kernel::Decider;
use uuid::Uuid;

use crate::tally::{Event, Full, Tally};

/// What the heap's decider breaks off at.
pub const UNTHINKABLE: i32 = i32::MAX;

/// A tally that lets what several commands add stand in one commit.
#[derive(Debug)]
pub struct Heap;

impl Decider for Heap {
    const CONTEXT: &'static str = "test";
    const AGGREGATE: &'static str = "heap";
    const COMBINES: bool = true;
    const SNAPSHOTS: bool = true;
    type Id = Uuid;
    type State = i32;
    type Command = i32;
    type Event = Event;
    type Rejection = Full;

    fn decide(state: &i32, by: i32) -> Result<Vec<Event>, Full> {
        assert_ne!(by, UNTHINKABLE, "nobody thought of this");
        Tally::decide(state, by)
    }

    fn evolve(state: i32, event: &Event) -> i32 {
        Tally::evolve(state, event)
    }

    fn freeze(state: &i32) -> Option<String> {
        kernel::snapshot::freeze(state)
    }

    fn thaw(frozen: &str) -> Option<i32> {
        kernel::snapshot::thaw(frozen)
    }
}

//! Commits to a tally, written past its decider.

use eventstore::{Commit, Expected, Meta, Seq, StreamName};
use kernel::DomainEvent;
use kernel::id::CommitId;
use uuid::Uuid;

use crate::tally::{Added, Event, Tally, context, id};

pub fn stream(id: Uuid) -> StreamName {
    StreamName::of::<Tally>(&id)
}

pub fn commit(tally: Uuid, after: Seq, by: i32) -> Commit {
    let event = Event::Added(Added { by }).encode().unwrap();
    let meta = Meta::from(&context(id()));
    Commit::new(stream(tally), Expected::after(after), CommitId(id()), meta).with_events(vec![event.into()])
}

//! A request as an aggregate of its own, named by its command id: the memory of what names nothing new by its key.
//!
//! What a request makes is mostly named by its key and so remembers it (docs/decisions/0002). Where it isn't (a category
//! is named by its code, prices belong to products that are there, a deposit is outside the log), the request notes
//! itself, in the batch of what it does or before it. Never here: what a request asks for; its fingerprint is in the
//! commit, like that of any other.

use eventstore::{Batch, Context, Outcome};
use kernel::id::CommandId;
use kernel::{Decider, Rejection, RejectionKind, Timestamp};
use serde::{Deserialize, Serialize};

use super::ServiceError;
use crate::app::App;

/// The aggregate: one request of one caller.
#[derive(Debug, Clone, Copy)]
pub struct Request;

/// What can be asked of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Remember that it was carried out.
    Note(Note),
}

/// Remember that it was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Timestamp,
}

/// What happened to a request, as it stays in the log for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was carried out.
    Noted(Noted),
}

kernel::domain_event! { Event { Noted => "noted" 1 } }

/// It was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// When.
    pub at: Timestamp,
}

/// A request is noted or not; it refuses nothing.
#[derive(Debug, thiserror::Error)]
pub enum Never {}

impl Rejection for Never {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn kind(&self) -> RejectionKind {
        match *self {}
    }
}

impl Decider for Request {
    const CONTEXT: &'static str = "request";
    const AGGREGATE: &'static str = "request";

    type Id = CommandId;
    /// When it was noted.
    type State = Option<Timestamp>;
    type Command = Command;
    type Event = Event;
    type Rejection = Never;

    fn decide(noted: &Self::State, Command::Note(Note { at }): Command) -> Result<Vec<Event>, Never> {
        Ok(if noted.is_some() { Vec::new() } else { vec![Event::Noted(Noted { at })] })
    }

    fn evolve(_: Self::State, Event::Noted(Noted { at }): &Event) -> Self::State {
        Some(*at)
    }
}

/// A batch that notes its request, to which what the request does is added.
pub(super) fn noted(context: &Context) -> Batch {
    Batch::new().with::<Request>(&context.command_id, Command::Note(Note { at: context.at }))
}

impl App {
    /// Notes a request before it is carried out in parts or outside the log. Under another content it is refused; the
    /// same again goes on where it broke off.
    pub async fn note_request(&self, context: &Context) -> Result<Outcome, ServiceError> {
        Ok(self.log.commit(context, noted(context)).await?)
    }

    /// Whether a request was noted before. Under another content it is refused.
    pub(super) async fn was_noted(&self, context: &Context) -> Result<bool, ServiceError> {
        Ok(self.log.replay::<Request>(context, &context.command_id).await?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use kernel::DomainEvent;

    use super::*;

    #[test]
    fn a_request_is_noted_once() {
        let at = chrono::DateTime::from_timestamp(1_772_442_000, 0).unwrap();
        let note = Command::Note(Note { at });
        let events = Request::decide(&None, note).unwrap();
        assert_eq!(events, [Event::Noted(Noted { at })]);
        assert!(Request::decide(&Request::fold(&events), note).unwrap().is_empty());
    }

    #[test]
    fn a_log_with_requests_in_it_can_be_verified() {
        let request = CommandId(uuid::Uuid::from_u128(1));
        assert!(crate::verify::knows(&eventstore::StreamName::of::<Request>(&request)));
    }

    /// What stands in logs must be read for ever.
    #[test]
    fn a_noted_request_is_stored_like_this() {
        let at = chrono::DateTime::from_timestamp(1_772_442_000, 0).unwrap();
        let stored = r#"{"at":"2026-03-02T09:00:00Z"}"#;
        let noted = Event::Noted(Noted { at });
        assert_eq!(noted.encode().unwrap().data.get(), stored);
        assert_eq!(Event::decode("noted", 1, stored).unwrap(), noted);
    }
}

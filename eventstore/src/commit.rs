//! One commit = one message: what one command did to one aggregate, with who and why.

use kernel::id::{CommandId, CommitId, CorrelationId};
use kernel::{Actor, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{Seq, StreamName};

/// What the writer believes to be the stream's last position. There is no append without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The stream has no commit yet.
    NoStream,
    /// The stream's last commit is at this position.
    LastSeq(Seq),
}

impl Expected {
    /// The expectation of a writer that has folded up to this position (zero = nothing).
    pub const fn after(seq: Seq) -> Self {
        if seq.0 == 0 { Self::NoStream } else { Self::LastSeq(seq) }
    }

    /// The position as the guard's number (zero = no stream).
    pub const fn seq(self) -> Seq {
        match self {
            Self::NoStream => Seq(0),
            Self::LastSeq(seq) => seq,
        }
    }
}

/// Who asks, when, why and under which name: travels from the edge into every commit.
#[derive(Debug, Clone)]
pub struct Context {
    /// The caller's name for the command; the same name never takes effect twice.
    pub command_id: CommandId,
    /// Everything that followed from one request shares it.
    pub correlation_id: CorrelationId,
    /// The position of the event that this command answers, if one.
    pub causation: Option<Seq>,
    /// Who asks.
    pub actor: Actor,
    /// When, by the edge's clock.
    pub at: Timestamp,
    /// A fingerprint of the request's content: a reused name with another content is refused.
    pub request: Option<String>,
}

impl Context {
    /// The context of one further step of the same request, under a name of its own.
    #[must_use]
    pub fn step(&self, name: &str) -> Self {
        let id = Uuid::new_v5(&self.command_id.0, name.as_bytes());
        Self { command_id: CommandId(id), ..self.clone() }
    }
}

/// The part of a commit that says who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The caller's name for the command.
    pub command_id: CommandId,
    /// Everything that followed from one request shares it.
    pub correlation_id: CorrelationId,
    /// The position of the event that this commit answers, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<Seq>,
    /// Who asked.
    pub actor: Actor,
    /// When, by the edge's clock.
    pub recorded_at: Timestamp,
    /// The fingerprint of the request's content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl From<&Context> for Meta {
    fn from(context: &Context) -> Self {
        Self {
            command_id: context.command_id,
            correlation_id: context.correlation_id,
            causation: context.causation,
            actor: context.actor.clone(),
            recorded_at: context.at,
            request: context.request.clone(),
        }
    }
}

/// A further command whose events stand in the same commit: it was decided right after the former ones, on what they
/// left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// Which of the commit's events is its first, counted from zero. Its last is the one before the next command's first.
    pub first_event: usize,
    /// Who, when and why.
    #[serde(flatten)]
    pub meta: Meta,
}

/// An event as it stands in a commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredEvent {
    /// The wire name.
    #[serde(rename = "type")]
    pub name: String,
    /// The version of the body's shape.
    pub version: u16,
    /// The body.
    pub data: Box<RawValue>,
}

impl StoredEvent {
    /// How large it is, in bytes of JSON.
    pub(crate) fn bytes(&self) -> usize {
        self.name.len() + self.data.get().len()
    }
}

impl From<kernel::EncodedEvent> for StoredEvent {
    fn from(event: kernel::EncodedEvent) -> Self {
        Self { name: event.name.to_owned(), version: event.version, data: event.data }
    }
}

/// A message's payload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) commit_id: CommitId,
    /// The position of the stream's commit before, zero for the first: a reader sees when one is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<Seq>,
    pub(crate) events: Vec<StoredEvent>,
    pub(crate) meta: Meta,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) further: Vec<Further>,
}

/// The same commands decided on the same version are the same commit, whoever sends it.
pub(crate) fn id(
    commands: impl IntoIterator<Item = CommandId>,
    stream: &StreamName,
    version: Seq,
) -> CommitId {
    let place = format!("{stream}@{version}");
    let named = commands.into_iter().map(|command| Uuid::new_v5(&command.0, place.as_bytes()));
    CommitId(named.reduce(|all, one| Uuid::new_v5(&all, one.as_bytes())).unwrap_or_default())
}

/// A guarded commit, ready to be appended.
///
/// ```
/// # use eventstore::{Commit, Expected, Meta, StreamName};
/// # use kernel::id::CommitId;
/// fn commit(stream: StreamName, id: CommitId, meta: Meta) -> Commit {
///     Commit::new(stream, Expected::NoStream, id, meta)
/// }
/// ```
///
/// It can't be made without an expectation:
///
/// ```compile_fail
/// # use eventstore::{Commit, Expected, Meta, StreamName};
/// # use kernel::id::CommitId;
/// fn commit(stream: StreamName, id: CommitId, meta: Meta) -> Commit {
///     Commit::new(stream, id, meta)
/// }
/// ```
///
/// nor can the expectation be taken away later:
///
/// ```compile_fail
/// # use eventstore::{Commit, Expected};
/// fn unguarded(mut commit: Commit) -> Commit {
///     commit.expected = Expected::NoStream;
///     commit
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Commit {
    pub(crate) stream: StreamName,
    pub(crate) expected: Expected,
    pub(crate) envelope: Envelope,
}

impl Commit {
    /// A commit of `events` to `stream`, guarded by what the writer has seen of it.
    pub fn new(stream: StreamName, expected: Expected, id: CommitId, meta: Meta) -> Self {
        let envelope = Envelope {
            commit_id: id,
            after: Some(expected.seq()),
            events: Vec::new(),
            meta,
            further: Vec::new(),
        };
        Self { stream, expected, envelope }
    }

    /// The same commit with these events.
    #[must_use]
    pub fn with_events(mut self, events: Vec<StoredEvent>) -> Self {
        self.envelope.events = events;
        self
    }

    /// The same commit with what a further command led to behind what is in it.
    #[must_use]
    pub fn and(mut self, meta: Meta, events: Vec<StoredEvent>) -> Self {
        self.envelope.further.push(Further { first_event: self.envelope.events.len(), meta });
        self.envelope.events.extend(events);
        self
    }

    /// The stream written to.
    pub const fn stream(&self) -> &StreamName {
        &self.stream
    }

    /// The guard.
    pub const fn expected(&self) -> Expected {
        self.expected
    }

    /// How large its events are, in bytes of JSON.
    pub(crate) fn bytes(&self) -> usize {
        self.envelope.events.iter().map(StoredEvent::bytes).sum()
    }

    /// The commit's id.
    pub const fn id(&self) -> CommitId {
        self.envelope.commit_id
    }
}

//! A commit as it stands in the log.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use kernel::id::CommitId;
use kernel::{Decider, DecodeError, DomainEvent};

use crate::commit::{Envelope, Further};
use crate::{Message, Meta, ReadError, Seq, StoredEvent, StreamName};

/// A commit with its position.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Where it stands.
    pub seq: Seq,
    /// The aggregate it belongs to.
    pub stream: StreamName,
    /// The commit's id.
    pub commit_id: CommitId,
    /// The position of the stream's commit before, zero for the first.
    pub after: Option<Seq>,
    /// What happened, one to many events.
    pub events: Vec<StoredEvent>,
    /// Who, when and why; of several commands in one commit the first.
    pub meta: Meta,
    /// The further commands, each with its part of the events.
    pub further: Vec<Further>,
    /// Its events once somebody has asked for them.
    pub decoded: Decoded,
}

/// Events as those of their own aggregate: whoever shares the commit shares them.
#[derive(Debug, Clone, Default)]
pub struct Decoded(OnceLock<Arc<dyn Any + Send + Sync>>);

impl Recorded {
    /// Reads a message of the log.
    pub(crate) fn parse(seq: Seq, stream: StreamName, payload: &[u8]) -> Result<Self, ReadError> {
        match serde_json::from_slice::<Envelope>(payload) {
            Ok(envelope) => Ok(Self::of(seq, stream, envelope)),
            Err(source) => Err(ReadError::Envelope { seq, stream, source }),
        }
    }

    pub(crate) fn of(seq: Seq, stream: StreamName, envelope: Envelope) -> Self {
        let Envelope { commit_id, after, events, meta, further } = envelope;
        Self { seq, stream, commit_id, after, events, meta, further, decoded: Decoded::default() }
    }

    /// The message that it is read from.
    pub(crate) fn message(&self) -> Result<Message, ReadError> {
        let Self { seq, stream, commit_id, after, events, meta, further, .. } = self.clone();
        let envelope = Envelope { commit_id, after, events, meta, further };
        match serde_json::to_vec(&envelope) {
            Ok(payload) => Ok(Message { seq, name: stream.as_str().into(), payload: payload.into() }),
            Err(source) => Err(ReadError::Envelope { seq, stream, source }),
        }
    }

    /// Whether it stands right behind this position of its stream.
    pub fn follows(&self, last: Seq) -> bool {
        self.after.is_none_or(|after| after == last)
    }

    /// Who, when and why, of each command whose events stand here.
    pub fn metas(&self) -> impl Iterator<Item = &Meta> {
        std::iter::once(&self.meta).chain(self.further.iter().map(|further| &further.meta))
    }

    /// The events as those of the aggregate `D`, decoded once for all who share this; `None` where the commit belongs to
    /// another kind of aggregate.
    pub fn events_of<D: Decider>(&self) -> Result<Option<Arc<Vec<D::Event>>>, ReadError> {
        if !self.stream.is::<D>() {
            return Ok(None);
        }
        let known = self.decoded.0.get().cloned().and_then(|known| known.downcast().ok());
        if known.is_some() {
            return Ok(known);
        }
        let events = Arc::new(self.decode::<D::Event>()?);
        // Should another have been faster, or have asked for events of another type, that stays.
        let _ = self.decoded.0.set(events.clone());
        Ok(Some(events))
    }

    /// The events decoded as `E`, whatever the stream.
    pub fn decode<E: DomainEvent>(&self) -> Result<Vec<E>, ReadError> {
        self.events
            .iter()
            .map(|event| E::decode(&event.name, event.version, event.data.get()))
            .collect::<Result<_, DecodeError>>()
            .map_err(|source| ReadError::Event { seq: self.seq, stream: self.stream.clone(), source })
    }
}

//! A folded aggregate: its state, its version, and the commands it has handled in its whole life.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::Decider;
use kernel::id::{CommandId, CommitId};
use uuid::Uuid;

use crate::snapshot::{Body, COMMITS_PER_SNAPSHOT, Snapshot};
use crate::{ReadError, Recorded, Seq, StreamName};

/// About what remembering a command takes, in bytes.
const BYTES_PER_COMMAND: usize = 64;

/// An aggregate as folded from its stream.
#[derive(Debug)]
pub struct Folded<D: Decider> {
    /// The state, shared by all who read it at this version.
    pub state: Arc<D::State>,
    /// The position of its last commit; zero = it doesn't exist.
    pub version: Seq,
}

impl<D: Decider> Default for Folded<D> {
    fn default() -> Self {
        Self { state: Arc::default(), version: Seq(0) }
    }
}

impl<D: Decider> Clone for Folded<D> {
    fn clone(&self) -> Self {
        Self { state: Arc::clone(&self.state), version: self.version }
    }
}

impl<D: Decider> Folded<D> {
    /// Whether the aggregate has any history.
    pub fn exists(&self) -> bool {
        self.version > Seq(0)
    }
}

/// What a handled command left behind.
#[derive(Debug, Clone)]
pub(crate) struct Handled {
    pub(crate) seq: Seq,
    pub(crate) request: Option<Arc<str>>,
}

/// A commit that an aggregate goes on by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) seq: Seq,
    pub(crate) commit: CommitId,
    /// How large its events are.
    pub(crate) bytes: usize,
}

/// A folded aggregate with its memory for commands.
pub(crate) struct Entry<D: Decider> {
    pub(crate) folded: Folded<D>,
    last: CommitId,
    handled: HashMap<CommandId, Handled>,
    /// About how much memory it takes: as much as what was folded into it.
    bytes: u64,
    commits_since_snapshot: u32,
}

impl<D: Decider> Default for Entry<D> {
    fn default() -> Self {
        Self {
            folded: Folded::default(),
            last: CommitId(Uuid::nil()),
            handled: HashMap::new(),
            bytes: 0,
            commits_since_snapshot: 0,
        }
    }
}

impl<D: Decider> Entry<D> {
    /// Folds one commit from the log; one that is folded already changes nothing, one that leaves a gap is an error.
    pub(crate) fn apply(&mut self, recorded: &Recorded) -> Result<(), ReadError> {
        let last = self.folded.version;
        if recorded.seq <= last {
            return Ok(());
        }
        if !recorded.follows(last) {
            return Err(ReadError::Gap { seq: recorded.seq, stream: recorded.stream.clone(), last });
        }
        let events = recorded.decode::<D::Event>()?;
        // Should the fold break off, the aggregate is as if it had never been read.
        let state = Arc::unwrap_or_clone(std::mem::take(&mut self.folded).state);
        let handled = recorded.metas().map(|meta| {
            let request = meta.request.as_deref().map(Arc::from);
            (meta.command_id, Handled { seq: recorded.seq, request })
        });
        let bytes = recorded.events.iter().map(crate::StoredEvent::bytes).sum();
        let step = Step { seq: recorded.seq, commit: recorded.commit_id, bytes };
        self.advance(events.iter().fold(state, D::evolve), step, handled);
        Ok(())
    }

    /// Goes on to the state after a commit that these commands led to.
    pub(crate) fn advance(
        &mut self,
        state: D::State,
        step: Step,
        handled: impl Iterator<Item = (CommandId, Handled)>,
    ) {
        let before = self.handled.len();
        self.handled.extend(handled);
        let commands = self.handled.len() - before;
        let bytes = step.bytes + commands * BYTES_PER_COMMAND;
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.folded = Folded { state: state.into(), version: step.seq };
        self.last = step.commit;
        self.commits_since_snapshot = self.commits_since_snapshot.saturating_add(1);
    }

    pub(crate) fn handled(&self, command: CommandId) -> Option<&Handled> {
        self.handled.get(&command)
    }

    /// About how much memory it takes.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A snapshot, where enough has happened since the last.
    pub(crate) fn freeze(&mut self, stream: &StreamName) -> Option<Snapshot> {
        if !D::SNAPSHOTS || self.commits_since_snapshot < COMMITS_PER_SNAPSHOT {
            return None;
        }
        self.commits_since_snapshot = 0;
        let handled = self
            .handled
            .iter()
            .map(|(id, handled)| (*id, handled.seq, handled.request.as_deref().map(str::to_owned)));
        let state = D::freeze(&self.folded.state)?;
        let body = Body { state, handled: handled.collect(), bytes: self.bytes };
        let body = serde_json::to_string(&body).ok()?;
        Some(Snapshot { stream: stream.clone(), version: self.folded.version, commit: self.last, body })
    }

    /// The aggregate as it was frozen; nothing where that can't be read.
    pub(crate) fn thaw(snapshot: &Snapshot) -> Option<Self> {
        let Body { state, handled, bytes } = serde_json::from_str(&snapshot.body).ok()?;
        let state = D::thaw(&state)?;
        let handled = handled
            .into_iter()
            .map(|(id, seq, request)| (id, Handled { seq, request: request.map(Into::into) }));
        Some(Self {
            folded: Folded { state: state.into(), version: snapshot.version },
            last: snapshot.commit,
            handled: handled.collect(),
            bytes,
            commits_since_snapshot: 0,
        })
    }
}

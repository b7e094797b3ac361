//! A folded aggregate: its state, its version, and the commands it has handled in its whole life.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::Decider;
use kernel::id::CommandId;

use crate::{ReadError, Recorded, Seq};

/// An aggregate as folded from its stream.
#[derive(Debug)]
pub struct Folded<D: Decider> {
    /// The state.
    pub state: D::State,
    /// The position of its last commit; zero = it doesn't exist.
    pub version: Seq,
}

impl<D: Decider> Default for Folded<D> {
    fn default() -> Self {
        Self { state: D::State::default(), version: Seq(0) }
    }
}

impl<D: Decider> Clone for Folded<D> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), version: self.version }
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

/// A folded aggregate with its memory for commands.
pub(crate) struct Entry<D: Decider> {
    pub(crate) folded: Folded<D>,
    handled: HashMap<CommandId, Handled>,
}

impl<D: Decider> Default for Entry<D> {
    fn default() -> Self {
        Self { folded: Folded::default(), handled: HashMap::new() }
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
        let state = std::mem::take(&mut self.folded.state);
        let handled = recorded.metas().map(|meta| {
            let request = meta.request.as_deref().map(Arc::from);
            (meta.command_id, Handled { seq: recorded.seq, request })
        });
        self.advance(events.iter().fold(state, D::evolve), recorded.seq, handled);
        Ok(())
    }

    /// Goes on to the state after a commit that these commands led to.
    pub(crate) fn advance(
        &mut self,
        state: D::State,
        version: Seq,
        handled: impl Iterator<Item = (CommandId, Handled)>,
    ) {
        self.folded = Folded { state, version };
        self.handled.extend(handled);
    }

    pub(crate) fn handled(&self, command: CommandId) -> Option<&Handled> {
        self.handled.get(&command)
    }
}

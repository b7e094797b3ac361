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
    handled: HashMap<CommandId, Handled>,
}

/// What a handled command left behind.
#[derive(Debug, Clone)]
pub(crate) struct Handled {
    pub(crate) seq: Seq,
    pub(crate) request: Option<Arc<str>>,
}

impl<D: Decider> Default for Folded<D> {
    fn default() -> Self {
        Self { state: D::State::default(), version: Seq(0), handled: HashMap::new() }
    }
}

impl<D: Decider> Clone for Folded<D> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), version: self.version, handled: self.handled.clone() }
    }
}

impl<D: Decider> Folded<D> {
    /// Whether the aggregate has any history.
    pub fn exists(&self) -> bool {
        self.version > Seq(0)
    }

    /// Folds one commit from the log; one that is folded already changes nothing.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), ReadError> {
        if recorded.seq > self.version {
            let events = recorded.decode::<D::Event>()?;
            let request = recorded.meta.request.as_deref().map(Arc::from);
            self.fold(&events, recorded.meta.command_id, Handled { seq: recorded.seq, request });
        }
        Ok(())
    }

    pub(crate) fn fold(&mut self, events: &[D::Event], command: CommandId, handled: Handled) {
        self.state = events.iter().fold(std::mem::take(&mut self.state), D::evolve);
        self.version = handled.seq;
        self.handled.insert(command, handled);
    }

    pub(crate) fn handled(&self, command: CommandId) -> Option<&Handled> {
        self.handled.get(&command)
    }
}

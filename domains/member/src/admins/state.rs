//! Who the enabled admins are now. Never here: a decision.

use std::collections::BTreeSet;

use kernel::id::OperatorId;

use super::Event;

/// The enabled admins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State(BTreeSet<OperatorId>);

impl State {
    /// Whether an operator is one of them.
    pub fn includes(&self, operator: OperatorId) -> bool {
        self.0.contains(&operator)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn evolve(mut self, event: &Event) -> Self {
        match event {
            Event::Joined(joined) => self.0.insert(joined.operator),
            Event::Left(left) => self.0.remove(&left.operator),
        };
        self
    }
}

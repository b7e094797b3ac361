//! Given / when / then: a history, a command, and what is decided. Every decision is checked to fold without loss.

use kernel::Decider;
use payment::{Command, Event, Payment, Rejection, State};

pub(crate) struct Given {
    state: State,
}

pub(crate) struct When {
    decided: Result<Vec<Event>, Rejection>,
}

/// A history, as the commands that made it: each must be accepted.
pub(crate) fn given(commands: impl IntoIterator<Item = Command>) -> Given {
    Given { state: after(commands) }
}

/// The state after commands that are all accepted.
pub(crate) fn after(commands: impl IntoIterator<Item = Command>) -> State {
    commands.into_iter().fold(State::default(), |state, command| {
        let events = Payment::decide(&state, command).expect("the history is accepted");
        events.iter().fold(state, Payment::evolve)
    })
}

impl Given {
    pub(crate) fn when(self, command: Command) -> When {
        When { decided: Payment::decide(&self.state, command) }
    }
}

impl When {
    pub(crate) fn then(self, expected: &[Event]) {
        assert_eq!(self.decided.as_deref(), Ok(expected));
    }

    pub(crate) fn then_nothing(self) {
        self.then(&[]);
    }

    pub(crate) fn then_rejected(self, expected: &Rejection) {
        assert_eq!(self.decided.as_ref().err(), Some(expected));
    }
}

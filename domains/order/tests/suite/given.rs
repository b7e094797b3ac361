//! given(commands).when(command).then(..): the past is made by commands, so that no impossible past is tested.

use kernel::Decider;
use order::{Command, Event, Order, Rejection, State};

/// A past of one order.
pub(crate) struct Given(State);

/// What a command came to on that past.
pub(crate) struct Outcome {
    before: State,
    decided: Result<Vec<Event>, Rejection>,
}

/// The order after these commands, each of which must be accepted.
pub(crate) fn given(past: impl IntoIterator<Item = Command>) -> Given {
    Given(past.into_iter().fold(State::default(), |state, command| {
        let events = Order::decide(&state, command).expect("the past is possible");
        events.iter().fold(state, Order::evolve)
    }))
}

impl Given {
    /// Decides a command.
    pub(crate) fn when(self, command: Command) -> Outcome {
        Outcome { decided: Order::decide(&self.0, command), before: self.0 }
    }

    /// The state itself.
    pub(crate) fn state(self) -> State {
        self.0
    }
}

impl Outcome {
    /// The command was accepted with events of these names; gives the state after and the events.
    #[track_caller]
    pub(crate) fn then(self, names: &[&str]) -> (State, Vec<Event>) {
        let events = self.decided.expect("the command is accepted");
        assert_eq!(events.iter().map(kernel::DomainEvent::name).collect::<Vec<_>>(), names);
        (events.iter().fold(self.before, Order::evolve), events)
    }

    /// The command was refused for this reason.
    #[track_caller]
    pub(crate) fn refused(self, rejection: &Rejection) {
        assert_eq!(self.decided.as_ref(), Err(rejection));
    }

    /// The command was accepted and changed nothing.
    #[track_caller]
    pub(crate) fn already_so(self) {
        assert_eq!(self.decided, Ok(vec![]));
    }
}

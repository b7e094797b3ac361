//! Given / when / then for any aggregate: a history, a command, and what is decided.

use std::fmt::Debug;

use kernel::Decider;

pub(crate) struct Given<D: Decider> {
    state: D::State,
}

pub(crate) struct When<D: Decider> {
    decided: Result<Vec<D::Event>, D::Rejection>,
}

/// A history, as the commands that made it: each must be accepted.
pub(crate) fn given<D: Decider>(commands: impl IntoIterator<Item = D::Command>) -> Given<D> {
    Given { state: after::<D>(commands) }
}

/// The state after commands that are all accepted.
pub(crate) fn after<D: Decider>(commands: impl IntoIterator<Item = D::Command>) -> D::State {
    commands.into_iter().fold(D::State::default(), |state, command| {
        let events = D::decide(&state, command).expect("the history is accepted");
        events.iter().fold(state, D::evolve)
    })
}

impl<D: Decider> Given<D> {
    pub(crate) fn when(self, command: D::Command) -> When<D> {
        When { decided: D::decide(&self.state, command) }
    }
}

impl<D: Decider> When<D>
where
    D::Event: PartialEq + Debug,
    D::Rejection: PartialEq + Debug,
{
    pub(crate) fn then(self, expected: &[D::Event]) {
        assert_eq!(self.decided.expect("accepted"), expected);
    }

    pub(crate) fn then_nothing(self) {
        self.then(&[]);
    }

    pub(crate) fn then_rejected(self, expected: &D::Rejection) {
        assert_eq!(self.decided.as_ref().err(), Some(expected));
    }
}

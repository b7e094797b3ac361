//! Given a history, when a command, then events or a refusal; and, each time, that asking again changes nothing.

use std::fmt::Debug;

use kernel::Decider;

/// A history.
pub(crate) struct Given<D: Decider>(Vec<D::Event>);

/// What came of a command after a history.
pub(crate) struct Outcome<D: Decider> {
    before: D::State,
    command: D::Command,
    decided: Result<Vec<D::Event>, D::Rejection>,
}

pub(crate) fn given<D: Decider>(history: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given(history.into_iter().collect())
}

impl<D: Decider> Given<D>
where
    D::Command: Clone,
{
    /// After further commands, each of which must be taken.
    pub(crate) fn and(mut self, commands: impl IntoIterator<Item = D::Command>) -> Self {
        for command in commands {
            self.0.extend(D::decide(&self.state(), command).unwrap());
        }
        self
    }

    pub(crate) fn state(&self) -> D::State {
        D::fold(&self.0)
    }

    pub(crate) fn when(self, command: D::Command) -> Outcome<D> {
        let before = self.state();
        Outcome { decided: D::decide(&before, command.clone()), before, command }
    }
}

impl<D: Decider> Outcome<D>
where
    D::Command: Clone,
    D::Event: PartialEq,
    D::Rejection: PartialEq,
    D::State: PartialEq + Debug,
{
    pub(crate) fn then(self, expected: &Result<Vec<D::Event>, D::Rejection>) {
        assert_eq!(&self.decided, expected);
        let after = self.decided.unwrap_or_default().iter().fold(self.before, D::evolve);
        asking_again_changes_nothing::<D>(&after, self.command);
    }

    pub(crate) fn then_events(self, expected: impl Into<Vec<D::Event>>) {
        self.then(&Ok(expected.into()));
    }

    pub(crate) fn then_nothing(self) {
        self.then(&Ok(vec![]));
    }

    pub(crate) fn then_refused(self, expected: D::Rejection) {
        self.then(&Err(expected));
    }
}

/// The same command once more yields no event or a refusal, never a second effect.
pub(crate) fn asking_again_changes_nothing<D: Decider>(after: &D::State, command: D::Command) {
    let again = D::decide(after, command).unwrap_or_default();
    assert!(again.is_empty(), "a second effect: {again:?}");
}

//! Given a history, when a command comes, then these events or this refusal. Never here: anything of one aggregate.

use std::fmt::Debug;

use kernel::Decider;

/// A history that happened.
pub(crate) fn given<D: Decider>(events: &[D::Event]) -> Given<D> {
    Given(D::fold(events))
}

pub(crate) struct Given<D: Decider>(D::State);

impl<D: Decider> Given<D> {
    pub(crate) fn when(self, command: D::Command) -> Then<D> {
        Then(D::decide(&self.0, command))
    }
}

pub(crate) struct Then<D: Decider>(Result<Vec<D::Event>, D::Rejection>);

impl<D: Decider> Then<D>
where
    D::Event: PartialEq + Debug,
    D::Rejection: PartialEq,
{
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a sentence reads better without a borrow")]
    pub(crate) fn then(self, expected: Result<Vec<D::Event>, D::Rejection>) {
        assert_eq!(self.0, expected);
    }
}

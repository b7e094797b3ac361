//! Given a past made by commands, when a command comes, then these events or this refusal; for any aggregate.

use std::fmt::Debug;

use kernel::Decider;

/// The events of these commands, each of which must be accepted, so that no impossible past is tested.
#[track_caller]
pub(crate) fn history<D: Decider>(past: impl IntoIterator<Item = D::Command>) -> Vec<D::Event> {
    let mut state = D::State::default();
    let mut history = Vec::new();
    for command in past {
        let events = D::decide(&state, command).expect("the past is possible");
        state = events.iter().fold(state, D::evolve);
        history.extend(events);
    }
    history
}

/// The state after these commands, each of which must be accepted.
#[track_caller]
pub(crate) fn after<D: Decider>(past: impl IntoIterator<Item = D::Command>) -> D::State {
    D::fold(&history::<D>(past))
}

/// After this past the command comes to exactly this.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a sentence reads better without a borrow")]
pub(crate) fn check<D: Decider>(
    past: impl IntoIterator<Item = D::Command>,
    command: D::Command,
    expected: Result<Vec<D::Event>, D::Rejection>,
) where
    D::Event: PartialEq + Debug,
    D::Rejection: PartialEq,
{
    assert_eq!(D::decide(&after::<D>(past), command), expected);
}

/// Decides on a state; a refusal changes nothing.
pub(crate) fn step<D: Decider>(state: D::State, command: D::Command) -> (D::State, Vec<D::Event>) {
    let events = D::decide(&state, command).unwrap_or_default();
    (events.iter().fold(state, D::evolve), events)
}

/// The state and the events after these commands, refused or not.
pub(crate) fn run<D: Decider>(commands: impl IntoIterator<Item = D::Command>) -> (D::State, Vec<D::Event>) {
    commands.into_iter().fold((D::State::default(), vec![]), |(state, mut history), command| {
        let (state, events) = step::<D>(state, command);
        history.extend(events);
        (state, history)
    })
}

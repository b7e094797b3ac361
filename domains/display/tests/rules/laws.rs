//! What holds for every history: asking twice changes nothing more, replay is deterministic, a tree stays a tree.

use std::fmt::Debug;

use display::tree::policy::MAX_DEPTH;
use display::tree::{Command, State};
use display::{DisplayTree, Exhibition};
use kernel::Decider;
use proptest::prelude::*;
use proptest::sample::select;

use crate::exhibition::{draft, end, publish, revise};
use crate::samples::{category, section};
use crate::tree::{add, hide, move_below, remove, rename, set_sources, show};

/// Runs the commands, refused or not, and calls `each` with every state on the way.
fn run<D: Decider>(commands: Vec<D::Command>, mut each: impl FnMut(&D::State)) -> Vec<D::Event> {
    let mut history = Vec::new();
    let mut state = D::State::default();
    for command in commands {
        let events = D::decide(&state, command).unwrap_or_default();
        state = events.iter().fold(state, D::evolve);
        each(&state);
        history.extend(events);
    }
    history
}

/// The state that the commands lead to is the same folded step by step, folded at once, and with each asked twice.
fn check_settled<D: Decider>(commands: Vec<D::Command>) -> Result<(), TestCaseError>
where
    D::Command: Clone,
    D::State: PartialEq + Debug,
    D::Event: PartialEq + Debug,
{
    let mut last = D::State::default();
    let once = run::<D>(commands.clone(), |state| last = state.clone());
    let doubled = commands.into_iter().flat_map(|command| [command.clone(), command]).collect();
    prop_assert_eq!(&once, &run::<D>(doubled, |_| ()));
    prop_assert_eq!(D::fold(&once), last);
    Ok(())
}

const NUMBERS: u128 = 12;

fn tree_command() -> impl Strategy<Value = Command> {
    let number = || 1..=NUMBERS;
    let parent = || prop::option::weighted(0.9, 1..=NUMBERS);
    prop_oneof![
        4 => (number(), parent(), 0_u32..3).prop_map(|(number, parent, position)| add(number, parent, position)),
        3 => (number(), parent(), 0_u32..3)
            .prop_map(|(number, parent, position)| move_below(number, parent, position)),
        1 => number().prop_map(|number| rename(number, "New")),
        1 => number().prop_map(|number| set_sources(number, &["tops"])),
        1 => number().prop_map(hide),
        1 => number().prop_map(show),
        1 => number().prop_map(remove),
    ]
}

/// Every category is reached from the top, once, on a path that isn't too long.
fn check_tree(state: &State) {
    let top = state.children_of(None);
    let below = top.iter().flat_map(|category| state.descendants_of(*category));
    let mut reached: Vec<_> = top.iter().copied().chain(below).collect();
    reached.sort_unstable();
    let known: Vec<_> =
        (1..=NUMBERS).map(category).filter(|category| state.category(*category).is_some()).collect();
    assert_eq!(reached, known);
    assert!(known.iter().all(|category| (1..=MAX_DEPTH).contains(&state.depth_of(*category))));
}

proptest! {
    #[test]
    fn a_tree_stays_a_tree(commands in prop::collection::vec(tree_command(), 0..80)) {
        run::<DisplayTree>(commands, check_tree);
    }

    #[test]
    fn a_tree_command_asked_twice_changes_nothing_more(
        commands in prop::collection::vec(tree_command(), 0..60),
    ) {
        check_settled::<DisplayTree>(commands)?;
    }

    #[test]
    fn an_exhibition_command_asked_twice_changes_nothing_more(
        commands in prop::collection::vec(
            select(vec![
                draft(vec![section(3)]),
                draft(vec![]),
                revise("Summer", vec![section(3)]),
                revise("Late", vec![]),
                publish(50),
                publish(300),
                end(),
            ]),
            0..20,
        ),
    ) {
        check_settled::<Exhibition>(commands)?;
    }
}

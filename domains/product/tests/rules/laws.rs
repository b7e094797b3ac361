//! What holds for every history: asking twice changes nothing more, replay is deterministic, pieces are conserved.

use std::fmt::Debug;

use kernel::Decider;
use product::stock::{Condition, Event, State};
use product::{Category, Product, Stock};
use proptest::prelude::*;
use proptest::sample::select;

use crate::category::{define, move_under, rename, retire};
use crate::product_phases;
use crate::samples::{at, operator, text};
use crate::stock::{adjust, commit, open, receive, release, reserve, restock};

/// Runs the commands, refused or not, and calls `each` with every command's state and events.
fn run<D: Decider>(commands: Vec<D::Command>, mut each: impl FnMut(&D::State, &[D::Event])) -> Vec<D::Event> {
    let mut history = Vec::new();
    let mut state = D::State::default();
    for command in commands {
        let events = D::decide(&state, command).unwrap_or_default();
        state = events.iter().fold(state, D::evolve);
        each(&state, &events);
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
    let once = run::<D>(commands.clone(), |state, _| last = state.clone());
    let twice =
        run::<D>(commands.into_iter().flat_map(|command| [command.clone(), command]).collect(), |_, _| ());
    prop_assert_eq!(&once, &twice);
    prop_assert_eq!(D::fold(&once), last);
    Ok(())
}

fn product_command() -> impl Strategy<Value = product::product::Command> {
    use product::product::Command::{Reject as SendBack, Resume as PutBack, Suspend as TakeOff};
    use product::product::Party::Operator;
    use product::product::command::{Reject, Resume, Suspend};
    let mut commands = product_phases::commands();
    commands.push(TakeOff(Suspend { reason: text("unsafe"), by: Operator, at: at(7) }));
    commands.push(PutBack(Resume { by: Operator, at: at(8) }));
    commands.push(SendBack(Reject { operator: operator(), reason: text("other"), at: at(8) }));
    select(commands)
}

fn category_command() -> impl Strategy<Value = product::category::Command> {
    select(vec![
        define("Tops", None),
        define("Other", Some("clothes")),
        define("Tops", Some("tops")),
        rename("Shirts"),
        rename("Tops"),
        move_under(None),
        move_under(Some("clothes")),
        move_under(Some("tops")),
        retire(),
    ])
}

fn stock_command() -> impl Strategy<Value = product::stock::Command> {
    let condition = prop_oneof![Just(Condition::Resellable), Just(Condition::Damaged)];
    prop_oneof![
        (1_u32..50).prop_map(receive),
        (0_u128..4, 1_u32..20).prop_map(|(order, number)| reserve(order, number)),
        (0_u128..4, 1_u32..20).prop_map(|(order, number)| commit(order, number)),
        (0_u128..4, 1_u32..20).prop_map(|(order, number)| release(order, number)),
        (1_u32..10, condition).prop_map(|(number, condition)| restock(number, condition)),
        (-30_i64..30).prop_map(adjust),
        Just(open()),
    ]
}

/// Pieces that came in less pieces that left, and damaged pieces, by the facts alone.
fn moved(event: &Event) -> (i64, i64) {
    match event {
        Event::Opened(_) | Event::Reserved(_) | Event::Released(_) => (0, 0),
        Event::Received(body) => (body.quantity.get().into(), 0),
        Event::Committed(body) => (-i64::from(body.quantity.get()), 0),
        Event::Restocked(body) => match body.condition {
            Condition::Resellable => (body.quantity.get().into(), 0),
            Condition::Damaged => (0, body.quantity.get().into()),
        },
        Event::Adjusted(body) => (body.delta, 0),
    }
}

fn check_levels(state: &State, sums: (i64, i64)) {
    let levels = state.levels();
    assert_eq!((i64::from(levels.on_hand), i64::from(levels.damaged)), sums);
    assert_eq!(levels.reserved, state.reservations().map(|(_, pieces)| pieces).sum::<u32>());
    assert_eq!(levels.on_hand.checked_sub(levels.reserved), Some(levels.available));
    assert!(state.reservations().all(|(_, pieces)| pieces > 0));
}

proptest! {
    #[test]
    fn a_product_command_asked_twice_changes_nothing_more(
        commands in prop::collection::vec(product_command(), 0..40),
    ) {
        check_settled::<Product>(commands)?;
    }

    #[test]
    fn a_category_command_asked_twice_changes_nothing_more(
        commands in prop::collection::vec(category_command(), 0..20),
    ) {
        check_settled::<Category>(commands)?;
    }

    #[test]
    fn pieces_are_neither_made_nor_lost(commands in prop::collection::vec(stock_command(), 0..80)) {
        let commands = [vec![open()], commands].concat();
        let mut sums = (0, 0);
        let mut last = State::default();
        let history = run::<Stock>(commands, |state, events| {
            for (on_hand, damaged) in events.iter().map(moved) {
                sums = (sums.0 + on_hand, sums.1 + damaged);
            }
            check_levels(state, sums);
            assert!(events.iter().all(|event| event.levels() == state.levels()));
            last = state.clone();
        });
        prop_assert_eq!(Stock::fold(&history), last);
    }

    #[test]
    fn a_frozen_stock_thaws_as_it_was(commands in prop::collection::vec(stock_command(), 0..80)) {
        let state = Stock::fold(&run::<Stock>(commands, |_, _| ()));
        prop_assert_eq!(Stock::thaw(&Stock::freeze(&state).unwrap()), Some(state));
    }
}

//! Laws over any scans in any order: the same set ends in the same place, never backwards, nothing twice.

use kernel::{Decider, DomainEvent};
use proptest::prelude::*;
use shipping::Shipment;
use shipping::shipment::{Command, Event, ScanStatus, State, policy};

use crate::given::after;
use crate::sample::*;

fn status() -> impl Strategy<Value = ScanStatus> {
    prop::sample::select(vec![
        ScanStatus::PickedUp,
        ScanStatus::InTransit,
        ScanStatus::OutForDelivery,
        ScanStatus::Delivered,
        ScanStatus::Delayed,
        ScanStatus::DeliveryFailed,
        ScanStatus::Lost,
        ScanStatus::ReturnedToSender,
    ])
}

/// Scans with ids of their own, each at some minute.
fn scans() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec((status(), 0_i64..100), 0..12).prop_map(|scans| {
        let numbered = scans.into_iter().enumerate();
        numbered.map(|(number, (status, at))| scan(&format!("s-{number}"), status, at)).collect()
    })
}

/// The same scans twice over, in two orders.
fn two_orders() -> impl Strategy<Value = (Vec<Command>, Vec<Command>)> {
    scans().prop_flat_map(|scans| {
        let doubled = with(scans.clone(), scans.clone());
        (Just(scans).prop_shuffle(), Just(doubled).prop_shuffle())
    })
}

fn any_command() -> impl Strategy<Value = Command> {
    let scanned =
        (0_u8..6, status(), 0_i64..100).prop_map(|(name, status, at)| scan(&format!("s-{name}"), status, at));
    prop_oneof![
        1 => Just(request()),
        2 => Just(accept()),
        2 => (1_u8..3).prop_map(|number| dispatch(&number.to_string())),
        1 => (1_u8..3).prop_map(|number| explain(&format!("soon {number}"))),
        1 => Just(cancel()),
        6 => scanned,
    ]
}

/// Folds what is accepted, looking at the states before and after each command.
fn run(commands: Vec<Command>, mut look: impl FnMut(&State, &State, &Command)) -> (State, Vec<Event>) {
    let mut state = State::default();
    let mut log = Vec::new();
    for command in commands {
        let before = state.clone();
        if let Ok(events) = Shipment::decide(&state, command.clone()) {
            state = events.iter().fold(state, Shipment::evolve);
            log.extend(events);
        }
        look(&before, &state, &command);
    }
    (state, log)
}

/// A history as it comes back from the log.
fn stored(history: &[Event]) -> Vec<Event> {
    let encoded = history.iter().map(|event| event.encode().unwrap());
    encoded.map(|event| Event::decode(event.name, event.version, event.data.get()).unwrap()).collect()
}

proptest! {
    #[test]
    fn the_same_scans_in_any_order_and_number_end_in_the_same_place((once, doubled) in two_orders()) {
        let once = after::<Shipment>(with(dispatched(), once));
        let doubled = after::<Shipment>(with(dispatched(), doubled));
        prop_assert_eq!(once, doubled);
    }

    #[test]
    fn a_shipment_never_moves_backwards(commands in prop::collection::vec(any_command(), 0..40)) {
        run(commands, |before, after, command| {
            let (from, to) = (policy::progress(before.status()), policy::progress(after.status()));
            assert!(to >= from, "{command:?}: {:?} to {:?}", before.status(), after.status());
        });
    }

    #[test]
    fn each_arrival_is_told_at_most_once(commands in prop::collection::vec(any_command(), 0..40)) {
        let (_, log) = run(commands, |_, _, _| ());
        let times = |is: fn(&Event) -> bool| log.iter().filter(|event| is(event)).count();
        prop_assert!(times(|event| matches!(event, Event::Delivered(_))) <= 1);
        prop_assert!(times(|event| matches!(event, Event::Lost(_))) <= 1);
        prop_assert!(times(|event| matches!(event, Event::ReturnedToSender(_))) <= 1);
        prop_assert!(times(|event| matches!(event, Event::Dispatched(_))) <= 1);
    }

    #[test]
    fn the_same_command_twice_changes_nothing_the_second_time(
        commands in prop::collection::vec(any_command(), 0..40),
    ) {
        run(commands, |_, after, command| {
            let again = Shipment::decide(after, command.clone()).unwrap_or_default();
            assert_eq!(again, vec![], "{command:?}");
        });
    }

    #[test]
    fn a_replay_from_the_log_gives_the_same_state(commands in prop::collection::vec(any_command(), 0..40)) {
        let (state, log) = run(commands, |_, _, _| ());
        prop_assert_eq!(Shipment::fold(&stored(&log)), state);
    }
}

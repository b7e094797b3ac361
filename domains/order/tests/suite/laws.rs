//! Laws that hold for any sequence of commands: pieces and money are conserved, nothing happens twice.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Amount, Decider, DomainEvent};
use order::command::{Command, Place};
use order::event::ConfirmedLine;
use order::pieces::Run;
use order::share::share_of_pieces;
use order::state::{ClaimStatus, Phase, State};
use order::value::{ClaimKind, ConfirmedBy, LineNo, OrderLine};
use order::{Event, Order};
use proptest::prelude::*;

use crate::gift::{accept, decline, gift_place, lapse};
use crate::market::{
    cancel, close, complete, confirm, confirm_all, deliver, expire, force, group, hold, line, lose,
    mark_paid, open, place_of, prepare, refund, release, ship, won,
};

/// A line of up to nine pieces with reductions that don't exceed its price.
fn any_line(number: u16, group: u16) -> impl Strategy<Value = OrderLine> {
    (1_u32..9, 0_i64..2_000).prop_flat_map(move |(pieces, unit_price)| {
        let goods = unit_price * i64::from(pieces);
        (0..=goods, 0..=goods, 0..=goods).prop_map(move |cuts| {
            let mut cuts = [cuts.0, cuts.1, cuts.2];
            cuts.sort_unstable();
            let [first, second, third] = cuts;
            OrderLine {
                discount_merchant: won(first),
                discount_platform: won(second - first),
                points: won(third - second),
                ..line(number, group, pieces, unit_price)
            }
        })
    })
}

fn any_place() -> impl Strategy<Value = Command> {
    any_placement().prop_map(Command::Place)
}

fn any_placement() -> impl Strategy<Value = Place> {
    let lines = (any_line(1, 1), any_line(2, 1), any_line(3, 2));
    (lines, 0_i64..5_000, 0_i64..5_000).prop_map(|(lines, fee_1, fee_2)| {
        place_of(vec![lines.0, lines.1, lines.2], vec![group(1, fee_1), group(2, fee_2)])
    })
}

fn any_kind() -> impl Strategy<Value = ClaimKind> {
    prop_oneof![Just(ClaimKind::Cancel), Just(ClaimKind::Return), Just(ClaimKind::Exchange)]
}

fn any_command() -> impl Strategy<Value = Command> {
    let one = (1_u16..4, 1_u32..6);
    prop_oneof![
        1 => Just(cancel()),
        1 => Just(expire(40)),
        1 => Just(mark_paid(0, 2)),
        1 => (1_i64..20_000).prop_map(|minute| accept("home", minute)),
        1 => (1_i64..20_000).prop_map(decline),
        1 => (1_i64..20_000).prop_map(lapse),
        3 => (1_u128..6, one.clone()).prop_map(|(number, line)| prepare(number, &[line])),
        3 => (1_u128..6, one.clone()).prop_map(|(number, line)| ship(number, &[line])),
        4 => (1_u128..9, one.clone()).prop_map(|(number, line)| lose(number, &[line])),
        8 => (1_u128..9, one.clone()).prop_map(|(number, line)| deliver(number, &[line])),
        4 => (one.clone(), 90_i64..200).prop_map(|(line, minute)| confirm(&[line], minute)),
        1 => (90_i64..200).prop_map(|minute| confirm_all(ConfirmedBy::System, minute)),
        1 => (72_i64..300).prop_map(|until| hold(Some(until))),
        1 => Just(release()),
        6 => (9_u128..14, one.clone()).prop_map(|(number, line)| force(number, &[line])),
        8 => (1_u128..9, any_kind(), one).prop_map(|(number, kind, line)| open(number, kind, &[line])),
        4 => (1_u128..14).prop_map(close),
        4 => (1_u128..14).prop_map(complete),
        4 => (1_u128..14, 0_i64..3, 0_i64..3_000).prop_map(|(number, kept, back)| refund(number, kept, back)),
    ]
}

/// One in three orders is a gift.
fn any_order() -> impl Strategy<Value = Command> {
    (any_placement(), 0_u8..3).prop_map(|(place, nth)| {
        let gift = Place { recipient: None, gift: gift_place().gift, ..place.clone() };
        Command::Place(if nth == 0 { gift } else { place })
    })
}

fn any_history() -> impl Strategy<Value = Vec<Command>> {
    (any_order(), any::<bool>(), prop::collection::vec(any_command(), 0..60)).prop_map(
        |(place, paid, more)| {
            let start = [place].into_iter().chain(paid.then(|| mark_paid(0, 1)));
            start.chain(more).collect()
        },
    )
}

fn step(state: &State, command: &Command) -> (State, Vec<Event>) {
    let events = Order::decide(state, command.clone()).unwrap_or_default();
    (events.iter().fold(state.clone(), Order::evolve), events)
}

fn run(commands: &[Command]) -> (State, Vec<Event>) {
    commands.iter().fold((State::default(), vec![]), |(state, mut events), command| {
        let (state, new) = step(&state, command);
        events.extend(new);
        (state, events)
    })
}

/// The pieces of a line that open claims hold, counted from the claims themselves.
fn claimed(state: &State, line: LineNo) -> u32 {
    let holds = |status| matches!(status, ClaimStatus::Open | ClaimStatus::Refunding);
    let open = state.claims().values().filter(|claim| holds(claim.status));
    let lines = open.flat_map(|claim| &claim.lines).filter(|claimed| claimed.line == line);
    lines.map(|claimed| claimed.quantity.get()).sum()
}

fn confirmed_lines(event: &Event) -> Option<&Vec<ConfirmedLine>> {
    if let Event::LinesConfirmed(body) = event { Some(&body.lines) } else { None }
}

/// Each piece number of each line that became somebody's for good: confirmed, or taken unconfirmed by a completed claim.
fn final_pieces(events: &[Event]) -> BTreeMap<LineNo, Vec<u32>> {
    let mut pieces: BTreeMap<LineNo, Vec<u32>> = BTreeMap::new();
    for event in events {
        if let Event::LinesConfirmed(body) = event {
            for line in &body.lines {
                let numbers = line.first_piece..line.first_piece + line.quantity.get();
                pieces.entry(line.line).or_default().extend(numbers);
            }
        }
        if let Event::ClaimCompleted(body) = event {
            for line in body.lines.iter().filter(|line| !line.was_confirmed()) {
                let numbers = line.first_piece..line.first_piece + line.quantity.get();
                pieces.entry(line.line).or_default().extend(numbers);
            }
        }
    }
    pieces
}

fn add(numbers: &mut BTreeMap<LineNo, Vec<u32>>, line: LineNo, run: Run) {
    numbers.entry(line).or_default().extend(run.first..run.first + run.count);
}

/// A history as it comes back from the log.
fn stored(history: &[Event]) -> Vec<Event> {
    let encoded = history.iter().map(|event| event.encode().unwrap());
    encoded.map(|event| Event::decode(event.name, event.version, event.data.get()).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn pieces_are_conserved_and_never_claimed_twice(commands in any_history()) {
        let mut state = State::default();
        for command in &commands {
            state = step(&state, command).0;
            for (placed, line) in state.lines() {
                let (buckets, held) = (line.buckets(), line.held());
                prop_assert_eq!(buckets.total(), placed.quantity.get());
                prop_assert_eq!(held.pieces(), claimed(&state, placed.line));
                prop_assert!(held.ordered <= buckets.ordered && held.preparing <= buckets.preparing);
                prop_assert!(held.delivered <= buckets.delivered);
                let confirmed = line.confirmed_pieces().count();
                prop_assert_eq!(confirmed + held.confirmed, buckets.confirmed);
                let over = buckets.cancelled + buckets.returned + buckets.exchanged;
                let taken = held.pieces() + confirmed + over;
                prop_assert_eq!(line.free_pieces().count() + taken, placed.quantity.get());
            }
        }
    }

    #[test]
    fn asking_twice_changes_nothing_the_second_time(commands in any_history()) {
        let mut state = State::default();
        for command in &commands {
            state = step(&state, command).0;
            let (again, events) = step(&state, command);
            prop_assert_eq!(&again, &state, "{:?}", events);
        }
    }

    #[test]
    fn a_replay_from_the_log_gives_the_same_state(commands in any_history()) {
        let (state, events) = run(&commands);
        prop_assert_eq!(Order::fold(&stored(&events)), state);
    }

    #[test]
    fn no_more_of_a_delivery_fee_goes_back_than_was_paid(commands in any_history()) {
        let (state, _) = run(&commands);
        prop_assert!(state.groups().iter().all(|group| !state.delivery_paid(group.group).is_negative()));
    }

    #[test]
    fn no_piece_is_final_twice_and_a_closed_order_has_them_all(commands in any_history()) {
        let (state, events) = run(&commands);
        let pieces = final_pieces(&events);
        for (placed, _) in state.lines() {
            let mut numbers = pieces.get(&placed.line).cloned().unwrap_or_default();
            let found = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), found);
            if state.phase() == Phase::Closed {
                prop_assert_eq!(numbers, (0..placed.quantity.get()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn only_confirmed_pieces_go_back_by_force_and_each_once(commands in any_history()) {
        let (state, events) = run(&commands);
        let (mut confirmed, mut returned) = (BTreeMap::new(), BTreeMap::new());
        for event in &events {
            if let Event::LinesConfirmed(body) = event {
                body.lines.iter().for_each(|line| add(&mut confirmed, line.line, line.run()));
            }
            if let Event::ClaimCompleted(body) = event {
                let forced = body.lines.iter().filter(|line| line.was_confirmed());
                forced.for_each(|line| add(&mut returned, line.line, line.run()));
            }
        }
        for (placed, line) in state.lines() {
            let of = |numbers: &BTreeMap<LineNo, Vec<u32>>| numbers.get(&placed.line).cloned().unwrap_or_default();
            let (confirmed, mut returned): (BTreeSet<_>, _) = (of(&confirmed).into_iter().collect(), of(&returned));
            let found = returned.len();
            returned.sort_unstable();
            returned.dedup();
            prop_assert_eq!(returned.len(), found);
            prop_assert!(returned.iter().all(|piece| confirmed.contains(piece)));
            prop_assert_eq!(u32::try_from(confirmed.len() - found).unwrap(), line.buckets().confirmed);
        }
    }

    #[test]
    fn a_gift_has_one_outcome_and_is_sent_after_its_acceptance_only(commands in any_history()) {
        let (_, events) = run(&commands);
        let outcome = |event: &Event| matches!(event, Event::GiftAccepted(_) | Event::GiftEnded(_));
        let sent = |event: &Event| {
            matches!(event, Event::LinesPrepared(_) | Event::LinesShipped(_) | Event::LinesDelivered(_))
        };
        prop_assert!(events.iter().filter(|event| outcome(event)).count() <= 1);
        let is_gift = matches!(events.first(), Some(Event::Placed(placed)) if placed.gift.is_some());
        let accepted = events.iter().position(|event| matches!(event, Event::GiftAccepted(_)));
        let first = events.iter().position(sent);
        prop_assert!(!is_gift || first.is_none() || accepted.is_some_and(|accepted| Some(accepted) < first));
    }

    #[test]
    fn an_order_ends_once(commands in any_history()) {
        let (_, events) = run(&commands);
        let is_end = |event: &&Event| matches!(event, Event::Closed(_) | Event::Cancelled(_) | Event::Expired(_));
        prop_assert!(events.iter().filter(is_end).count() <= 1);
    }

    #[test]
    fn an_order_is_open_exactly_while_a_piece_is(commands in any_history()) {
        let (state, _) = run(&commands);
        let is_final = state.lines().all(|(_, line)| line.buckets().is_final());
        match state.phase() {
            Phase::Paid => prop_assert!(!is_final),
            Phase::Closed => prop_assert!(is_final),
            Phase::Absent | Phase::PendingPayment | Phase::Expired | Phase::Cancelled => {}
        }
    }

    #[test]
    fn fees_are_allocated_to_the_last_unit(place in any_place()) {
        let (state, _) = run(&[place]);
        let lines: Amount = state.lines().map(|(line, _)| line.shipping).sum();
        let fees: Amount = state.groups().iter().map(|group| group.fee.amount()).sum();
        prop_assert_eq!(lines, fees);
    }

    #[test]
    fn any_sequence_of_confirmations_adds_up_to_the_order(
        place in any_place(),
        steps in prop::collection::vec((1_u16..4, 1_u32..4), 0..20),
    ) {
        let Command::Place(Place { lines, .. }) = &place else { unreachable!() };
        let all: Vec<_> = lines.iter().map(|line| (line.line.0, line.quantity.get())).collect();
        let start = [place.clone(), mark_paid(0, 1), deliver(1, &all)];
        let parts = (90..).zip(steps).map(|(minute, line)| confirm(&[line], minute));
        let end = confirm_all(ConfirmedBy::System, 500);
        let (state, events) = run(&start.into_iter().chain(parts).chain([end]).collect::<Vec<_>>());
        let confirmed: Vec<_> = events.iter().filter_map(confirmed_lines).flatten().collect();
        for (line, _) in state.lines() {
            let own = || confirmed.iter().filter(|part| part.line == line.line);
            prop_assert_eq!(own().map(|part| part.sale).sum::<Amount>(), line.unit_price.times(line.quantity));
            prop_assert_eq!(own().map(|part| part.discount_merchant).sum::<Amount>(), line.discount_merchant);
            prop_assert_eq!(own().map(|part| part.discount_platform).sum::<Amount>(), line.discount_platform);
            prop_assert_eq!(own().map(|part| part.points).sum::<Amount>(), line.points);
            prop_assert_eq!(own().map(|part| part.shipping).sum::<Amount>(), line.shipping);
            prop_assert_eq!(own().map(|part| part.paid).sum::<Amount>(), line.paid);
        }
        for part in confirmed {
            let reductions = [part.discount_merchant, part.discount_platform, part.points];
            prop_assert!(!reductions.into_iter().chain([part.paid, part.shipping]).any(Amount::is_negative));
            prop_assert_eq!(part.sale, reductions.iter().sum::<Amount>() + part.paid);
        }
        prop_assert_eq!(state.phase(), Phase::Closed);
    }

    #[test]
    fn shares_of_a_partition_add_up(
        total in -1_000_000_i64..1_000_000,
        cuts in prop::collection::vec(1_u32..9, 1..20),
    ) {
        let quantity: u32 = cuts.iter().sum();
        let mut from = 0;
        let mut sum = Amount::ZERO;
        for count in cuts {
            sum += share_of_pieces(won(total), quantity, from, count);
            from += count;
        }
        prop_assert_eq!(sum, won(total));
    }
}

#[test]
fn the_first_pieces_carry_the_remainder() {
    let pieces =
        |total| (0..3).map(|from| share_of_pieces(won(total), 3, from, 1).minor()).collect::<Vec<_>>();
    assert_eq!(pieces(11), [4, 4, 3]);
    assert_eq!(pieces(-11), [-4, -4, -3]);
    assert_eq!(share_of_pieces(won(11), 3, 2, 9), won(3));
    assert_eq!(share_of_pieces(won(11), 0, 0, 1), won(0));
}

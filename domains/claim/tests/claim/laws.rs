//! What holds for any claim.

use claim::refund::{RefundInput, quote, share_of_pieces};
use claim::value::{ClaimLine, Fault, FreeOver, GroupFacts, HoldReason, Kind, Party, Reason, Refusal};
use claim::{Claim, Command, Event, State, command::Request};
use kernel::{Amount, Decider};
use proptest::prelude::*;

use crate::given::*;

/// Everything that can be asked, in few words, so that random sequences get far.
fn any_command() -> impl Strategy<Value = Command> {
    let refusals = [Refusal::AlreadyDispatched, Refusal::InspectionFailed, Refusal::FeeUnpaid];
    prop_oneof![
        2 => any::<bool>().prop_map(|accepted| cancel_of(request(), accepted)),
        2 => Just(goods_back()),
        1 => Just(return_of(Request { reason: Reason::Defective, ..request() })),
        3 => parties().prop_map(approve),
        3 => parties().prop_map(accept),
        4 => (1_u128..4).prop_map(pickup),
        2 => (1_u128..4).prop_map(dispatched),
        4 => Just(collect()),
        4 => (0_u32..3).prop_map(|resellable| pass_with(resellable, 2 - resellable)),
        1 => Just(fail()),
        6 => (1_u128..4).prop_map(start_refund),
        3 => (1_u128..4).prop_map(record_refund),
        2 => (1_u128..4).prop_map(fail_refund),
        1 => proptest::sample::select(refusals.to_vec()).prop_map(reject),
        1 => parties().prop_map(withdraw),
        1 => proptest::sample::select(vec![HoldReason::ReturnFeeUnpaid, HoldReason::Disputed]).prop_map(hold),
        2 => Just(resume()),
    ]
}

fn parties() -> impl Strategy<Value = Party> {
    proptest::sample::select(vec![Party::Shopper, Party::Merchant, Party::Operator, Party::System])
}

/// Runs commands, refused ones without effect; gives every event.
fn run(commands: &[Command]) -> (State, Vec<Event>) {
    commands.iter().fold((State::default(), Vec::new()), |(state, mut events), command| {
        let new = Claim::decide(&state, command.clone()).unwrap_or_default();
        let state = new.iter().fold(state, Claim::evolve);
        events.extend(new);
        (state, events)
    })
}

fn any_group(goods: i64) -> impl Strategy<Value = GroupFacts> {
    let free = proptest::option::of((0_i64..50_000, 0_i64..5_000));
    (0_i64..5_000, free, 0_i64..100_000, any::<bool>(), 0_i64..9_000).prop_map(
        move |(fee, free, others, ends, return_fee)| GroupFacts {
            fee: price(fee),
            free_over: free.map(|(threshold, fee)| FreeOver { threshold: price(threshold), fee: price(fee) }),
            goods_before: won(goods + others),
            ends,
            return_fee: price(return_fee),
            ..group()
        },
    )
}

fn any_line() -> impl Strategy<Value = ClaimLine> {
    (1_u32..500, 0_i64..1_000_000_000).prop_flat_map(|(ordered, paid)| {
        (0..ordered).prop_flat_map(move |first_piece| {
            (1..=ordered - first_piece).prop_map(move |pieces| ClaimLine {
                quantity: quantity(pieces),
                ordered,
                first_piece,
                paid: won(paid),
                ..line()
            })
        })
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    proptest::sample::select(vec![Kind::Cancel, Kind::Return])
}

fn faults() -> impl Strategy<Value = Fault> {
    proptest::sample::select(vec![Fault::Buyer, Fault::Merchant, Fault::Platform, Fault::Carrier])
}

proptest! {
    #[test]
    fn any_partition_of_a_line_refunds_exactly_what_was_paid(
        paid in 0_i64..=kernel::Price::MAX,
        parts in prop::collection::vec(1_u32..1_000, 1..50),
    ) {
        let ordered: u32 = parts.iter().sum();
        let mut first_piece = 0;
        let mut refunded = Amount::ZERO;
        for pieces in parts {
            let line = ClaimLine { quantity: quantity(pieces), ordered, first_piece, paid: won(paid), ..line() };
            let input = RefundInput { kind: Kind::Cancel, fault: Fault::Merchant, lines: &[line], groups: &[group()] };
            refunded += quote(&input).goods;
            first_piece += pieces;
        }
        prop_assert_eq!(refunded, won(paid));
    }

    #[test]
    fn no_piece_is_more_than_one_unit_dearer_than_another(
        paid in 0_i64..1_000_000, ordered in 1_u32..300, first in 0_u32..300, other in 0_u32..300,
    ) {
        let piece = |number: u32| share_of_pieces(won(paid), ordered, number % ordered, 1).minor();
        prop_assert!((piece(first) - piece(other)).abs() <= 1);
    }

    #[test]
    fn a_refund_is_never_negative_nor_above_what_was_paid(
        kind in kinds(), fault in faults(),
        (line, group) in any_line().prop_flat_map(|line| { let paid = line.paid.minor(); (Just(line), any_group(paid)) }),
    ) {
        let ceiling = line.paid + group.fee.amount();
        let quote = quote(&RefundInput { kind, fault, lines: &[line], groups: &[group] });
        let parts = [quote.goods, quote.shipping, quote.return_fee, quote.shipping_deducted, quote.unpaid_fee];
        prop_assert!(parts.iter().all(|part| !part.is_negative()));
        prop_assert!(!quote.total.is_negative() && quote.total <= ceiling);
        prop_assert_eq!(
            quote.total + quote.return_fee + quote.shipping_deducted,
            quote.goods + quote.shipping + quote.unpaid_fee
        );
        prop_assert!(quote.total.is_zero() || quote.unpaid_fee.is_zero());
    }

    #[test]
    fn only_the_buyers_fault_costs_the_buyer(
        kind in kinds(), fault in faults().prop_filter("not the buyer", |fault| *fault != Fault::Buyer),
        line in any_line(), group in any_group(10_000),
    ) {
        let quote = quote(&RefundInput { kind, fault, lines: &[line], groups: &[group] });
        prop_assert_eq!(quote.total, quote.goods + quote.shipping);
    }

    #[test]
    fn deciding_twice_changes_nothing(commands in prop::collection::vec(any_command(), 1..60)) {
        let mut state = State::default();
        for command in commands {
            // A refused command has no effect; a taken one has none the second time.
            if let Ok(events) = Claim::decide(&state, command.clone()) {
                state = events.iter().fold(state, Claim::evolve);
                prop_assert_eq!(Claim::decide(&state, command).unwrap_or_default(), vec![]);
            }
        }
    }

    #[test]
    fn a_replay_ends_where_the_life_ended(commands in prop::collection::vec(any_command(), 1..60)) {
        let (state, events) = run(&commands);
        prop_assert_eq!(Claim::fold(&events), state);
    }

    #[test]
    fn a_claim_completes_at_most_once_and_then_is_silent(commands in prop::collection::vec(any_command(), 1..80)) {
        let (_, events) = run(&commands);
        let is_end = |event: &Event| matches!(event, Event::Completed(_) | Event::Rejected(_) | Event::Withdrawn(_));
        let end = events.iter().position(is_end);
        prop_assert!(end.is_none_or(|end| end + 1 == events.len()));
    }

    #[test]
    fn at_most_one_refund_is_in_flight(commands in prop::collection::vec(any_command(), 1..80)) {
        let mut in_flight = 0;
        for event in run(&commands).1 {
            match event {
                Event::RefundStarted(_) => in_flight += 1,
                Event::RefundFailed(_) => in_flight -= 1,
                Event::Completed(_) | Event::Requested(_) | Event::Approved(_) | Event::Accepted(_)
                | Event::PickupRequested(_) | Event::PickupDispatched(_) | Event::Collected(_) | Event::Inspected(_) | Event::Rejected(_)
                | Event::Withdrawn(_) | Event::Held(_) | Event::Resumed(_) => {}
            }
            prop_assert!((0..=1).contains(&in_flight));
        }
    }
}

//! Laws over any sequence of commands: money is never made, nothing happens twice, replay gives the same.

use kernel::{Amount, Decider, DomainEvent};
use payment::{Command, Event, Method, Payment, RefundOutcome, StartRefund, State};
use proptest::prelude::*;

use crate::sample::*;

fn command() -> impl Strategy<Value = Command> {
    let key = (1_u8..4).prop_map(|key| format!("k-{key}"));
    let refund = 1_u128..8;
    prop_oneof![
        3 => key.clone().prop_map(|key| start(&key)),
        3 => (key.clone(), 1_u8..4, 1_u128..8)
            .prop_map(|(key, name, refund)| captured_as(&key, &format!("g-{name}"), refund)),
        2 => key.clone().prop_map(|key| start_with_receipt(&key)),
        1 => key.clone().prop_map(|key| authenticate(&key)),
        2 => key.prop_map(|key| decline(&key)),
        1 => Just(expire()),
        1 => Just(void()),
        4 => (refund.clone(), 1_i64..20_000).prop_map(|(refund, minor)| start_refund(refund, minor)),
        1 => (refund.clone(), 1_u8..4, 1_i64..40_000).prop_map(|(refund, name, minor)| {
            let stray = Some(reference(&format!("g-{name}")));
            Command::StartRefund(StartRefund { stray, ..refund_body(refund, minor) })
        }),
        2 => refund.clone().prop_map(refunded),
        2 => refund.prop_map(refund_failed),
    ]
}

/// Mostly captured payments, so that refunds have something to go wrong with.
fn history() -> impl Strategy<Value = Vec<Command>> {
    let virtual_account =
        vec![request_of(vec![tender(1, Method::VirtualAccount, 9_000), tender(2, Method::Voucher, 3_000)])];
    let opening = prop_oneof![2 => Just(captured()), 1 => Just(vec![request()]), 1 => Just(virtual_account)];
    (opening, prop::collection::vec(command(), 0..40)).prop_map(|(opening, more)| with(opening, more))
}

/// Folds what is accepted of a history, looking at the state after each command.
fn run(history: Vec<Command>, mut look: impl FnMut(&State, &Command)) -> (State, Vec<Event>) {
    let mut state = State::default();
    let mut log = Vec::new();
    for command in history {
        if let Ok(events) = Payment::decide(&state, command.clone()) {
            state = events.iter().fold(state, Payment::evolve);
            log.extend(events);
        }
        look(&state, &command);
    }
    (state, log)
}

fn assert_conserved(state: &State) {
    let own = state.capture().into_iter();
    for capture in own.chain(state.strays().map(|(_, stray)| stray)) {
        for balance in capture.balances() {
            assert!(balance.in_flight >= Amount::ZERO && balance.refunded >= Amount::ZERO);
            assert!(balance.in_flight + balance.refunded <= balance.captured, "{balance:?}");
        }
    }
}

/// A history as it comes back from the log.
fn stored(history: &[Event]) -> Vec<Event> {
    let encoded = history.iter().map(|event| event.encode().unwrap());
    encoded.map(|event| Event::decode(event.name, event.version, event.data.get()).unwrap()).collect()
}

proptest! {
    #[test]
    fn refunds_never_exceed_captures_per_tender(history in history()) {
        run(history, |state, _| assert_conserved(state));
    }

    #[test]
    fn the_log_alone_shows_that_no_more_went_back_than_came(history in history()) {
        let (state, log) = run(history, |_, _| ());
        let mut kept = Amount::ZERO;
        for event in &log {
            match event {
                Event::Captured(body) => kept += body.amount,
                Event::CapturedLate(body) | Event::DuplicateCaptured(body) => kept += body.amount,
                Event::Refunded(body) => {
                    let done = RefundOutcome::Done { gateway_reference: body.gateway_reference.clone() };
                    prop_assert_eq!(&state.refund(body.refund).unwrap().outcome, &done);
                    prop_assert_eq!(body.tenders.iter().map(|part| part.amount).sum::<Amount>(), body.amount);
                    kept -= body.amount;
                }
                Event::RefundStarted(body) => {
                    prop_assert_eq!(body.tenders.iter().map(|part| part.amount).sum::<Amount>(), body.amount);
                }
                Event::Requested(_) | Event::CaptureStarted(_) | Event::CaptureDeclined(_)
                | Event::AuthenticationRequired(_) | Event::Authorized(_) | Event::RefundFailed(_)
                | Event::CashReceiptIssued(_) | Event::CashReceiptCancelled(_) | Event::Failed(_) | Event::Voided(_)
                | Event::Expired(_) => (),
            }
            prop_assert!(kept >= Amount::ZERO);
        }
    }

    #[test]
    fn a_receipt_is_for_what_is_kept_in_cash(history in history()) {
        run(history, |state, _| {
            let Some(receipt) = state.receipt() else { return };
            let cash = |method| matches!(method, Method::VirtualAccount | Method::BankSlip);
            let balances = state.capture().unwrap().balances().iter().filter(|balance| cash(balance.method));
            let kept: Amount = balances.map(|balance| balance.captured - balance.refunded).sum();
            assert_eq!(receipt.left(), kept);
        });
    }

    #[test]
    fn the_same_command_twice_changes_nothing_the_second_time(history in history()) {
        run(history, |state, command| {
            // Either it was accepted, and is now already so or refused; or it was refused, and still is.
            let again = Payment::decide(state, command.clone()).unwrap_or_default();
            assert_eq!(again, vec![], "{command:?}");
        });
    }

    #[test]
    fn a_replay_from_the_log_gives_the_same_state(history in history()) {
        let (state, log) = run(history, |_, _| ());
        prop_assert_eq!(Payment::fold(&stored(&log)), state);
    }
}

//! Waiting (보류) and going on.

use claim::value::{ClaimLine, HoldReason, Party, Refusal};
use claim::{Command, Event, Rejection, command::Request};

use crate::given::*;

fn held_after(steps: usize, reason: HoldReason) -> Given {
    given(return_until(steps).into_iter().chain([hold(reason)]))
}

/// A return whose refund doesn't cover its fee.
fn cheap() -> Command {
    let cheap = ClaimLine { paid: won(1_500), ..line() };
    return_of(Request { lines: vec![cheap], ..request() })
}

#[test]
fn a_held_return_says_who_must_act_by_when() {
    let events = given([goods_back()]).when(hold(HoldReason::NotSentBack)).then(&["held"]);
    let Event::Held(held) = &events[0] else { panic!("held") };
    assert_eq!((held.duty, held.due), (Party::Shopper, at(100_000)));
    let note = held_after(1, HoldReason::MerchantUnclear).state().hold();
    assert_eq!(note.map(|note| note.duty), Some(Party::Merchant));
}

#[test]
fn a_held_return_names_the_fee_that_the_refund_does_not_cover() {
    let events = given([cheap()]).when(hold(HoldReason::ReturnFeeUnpaid)).then(&["held"]);
    assert!(matches!(&events[0], Event::Held(held) if held.unpaid_fee == won(1_500)));
}

#[test]
fn a_hold_ends_after_it_begins() {
    let hold = claim::command::Hold { reason: HoldReason::UsedItem, due: at(8), at: at(8) };
    given([goods_back()]).when(Command::Hold(hold)).refused(&Rejection::HoldAlreadyOver);
}

#[test]
fn a_shopper_has_a_day_at_least() {
    let hold = |reason, due| Command::Hold(claim::command::Hold { reason, due: at(due), at: at(8) });
    let made = given([goods_back()]);
    made.when(hold(HoldReason::NotSentBack, 8 + 86_399)).refused(&Rejection::HoldTooShort);
    made.when(hold(HoldReason::NotSentBack, 8 + 86_400)).then(&["held"]);
    made.when(hold(HoldReason::MerchantUnclear, 9)).then(&["held"]);
}

#[test]
fn a_hold_stops_every_decision_until_it_is_resumed() {
    let steps = [(1, accept(Party::Merchant)), (2, pickup(1)), (4, pass()), (5, start_refund(1))];
    for (done, step) in steps {
        let waiting = held_after(done, HoldReason::Disputed);
        waiting.when(step.clone()).refused(&Rejection::OnHold(HoldReason::Disputed));
        waiting.when(resume()).then(&["resumed"]);
        let going = return_until(done).into_iter().chain([hold(HoldReason::Disputed), resume()]);
        assert!(given(going).when(step).0.is_ok_and(|events| events.len() == 1));
    }
}

#[test]
fn a_hold_does_not_stop_facts() {
    let held = held_after(3, HoldReason::NotSentBack);
    held.when(collect()).then(&["collected"]);
}

#[test]
fn a_return_waits_for_one_thing_at_a_time() {
    let held = held_after(1, HoldReason::WrongItem);
    held.when(hold(HoldReason::WrongItem)).then(&[]);
    held.when(hold(HoldReason::UsedItem)).refused(&Rejection::OnHold(HoldReason::WrongItem));
}

#[test]
fn what_does_not_wait_needs_no_resuming() {
    given([goods_back()]).when(resume()).then(&[]);
}

#[test]
fn a_return_whose_money_moves_is_not_held() {
    for steps in 6..=7 {
        given(return_until(steps)).when(hold(HoldReason::Disputed)).refused_as("wrong_phase");
    }
    for end in [withdraw(Party::Shopper), reject(Refusal::PeriodOver)] {
        given([goods_back(), end]).when(hold(HoldReason::Disputed)).refused_as("wrong_phase");
    }
}

#[test]
fn an_unpaid_fee_is_a_ground_only_when_a_hold_for_it_ran_out() {
    for steps in 2..=5 {
        let going = || std::iter::once(cheap()).chain(return_until(steps).into_iter().skip(1));
        let held = |reason| given(going().chain([hold(reason)]));
        given(going()).when(reject_late(Refusal::FeeUnpaid)).refused_as("wrong_phase");
        held(HoldReason::Disputed).when(reject_late(Refusal::FeeUnpaid)).refused_as("wrong_phase");
        let waits = held(HoldReason::ReturnFeeUnpaid);
        waits.when(reject(Refusal::FeeUnpaid)).refused(&Rejection::StillTime(at(100_000)));
        waits.when(reject_late(Refusal::FeeUnpaid)).then(&["rejected"]);
    }
}

#[test]
fn a_fee_that_the_refund_covers_is_waited_for_by_nobody() {
    given([goods_back()]).when(hold(HoldReason::ReturnFeeUnpaid)).refused(&Rejection::NothingUnpaid);
}

#[test]
fn a_held_return_can_be_withdrawn_and_waits_no_more() {
    let held = return_until(1).into_iter().chain([hold(HoldReason::Disputed), withdraw(Party::Shopper)]);
    let withdrawn = given(held);
    assert_eq!((withdrawn.phase(), withdrawn.state().hold()), ("withdrawn", None));
}

//! The journey of a return (반품).

use claim::value::{HoldReason, InspectedLine, Inspection, Party, Refusal};
use claim::{Command, Event, Rejection};

use crate::given::*;

#[test]
fn a_return_goes_to_its_end() {
    let phases: Vec<_> = (1..=7).map(|steps| given(return_until(steps)).phase()).collect();
    let expected = [
        "requested",
        "accepted",
        "pickup_requested",
        "collected",
        "inspected_pass",
        "refunding",
        "completed",
    ];
    assert_eq!(phases, expected);
}

#[test]
fn no_step_of_a_return_can_be_skipped() {
    let steps = return_journey();
    for (done, wanted) in (1..7).flat_map(|done| (done + 1..7).map(move |wanted| (done, wanted))) {
        given(return_until(done)).when(steps[wanted].clone()).refused_as("wrong_phase");
    }
}

#[test]
fn a_claim_that_nobody_made_is_not_found() {
    let others = [approve(Party::Merchant), withdraw(Party::Shopper), resume(), fail(), fail_refund(1)];
    let steps = return_journey().into_iter().skip(1).chain(others);
    for step in steps.chain([reject(Refusal::PeriodOver), hold(HoldReason::UsedItem)]) {
        given([]).when(step).refused(&Rejection::NotFound);
    }
}

#[test]
fn a_return_is_accepted_not_approved() {
    given([goods_back()]).when(approve(Party::Merchant)).refused_as("wrong_kind");
    given([goods_back()]).when(accept(Party::Shopper)).refused_as("not_yours");
    given([goods_back()]).when(accept(Party::System)).then(&["accepted"]);
}

#[test]
fn a_failed_pickup_is_asked_for_again() {
    given(return_until(3)).when(pickup(2)).then(&["pickup_requested"]);
    let twice = return_until(3).into_iter().chain([pickup(2)]);
    given(twice).when(pickup(1)).then(&[]);
    given(return_until(4)).when(pickup(2)).refused_as("wrong_phase");
}

#[test]
fn pickups_are_tried_at_most_ten_times() {
    let tried = return_until(2).into_iter().chain((1..=10).map(pickup));
    given(tried).when(pickup(11)).refused(&Rejection::TooManyPickups);
}

#[test]
fn a_passed_inspection_says_what_comes_into_stock() {
    let events = given(return_until(4)).when(pass()).then(&["inspected"]);
    let Event::Inspected(inspected) = &events[0] else { panic!("inspected") };
    let restock = inspected.restock[0];
    assert_eq!((restock.sku, restock.resellable, restock.damaged), (line().sku, 1, 1));
}

#[test]
fn an_inspection_accounts_for_each_piece_once() {
    let collected = given(return_until(4));
    let differs = Rejection::InspectionDiffers(1);
    collected.when(pass_with(1, 0)).refused(&differs);
    collected.when(pass_with(2, 1)).refused(&differs);
    collected.when(pass_with(u32::MAX, 3)).refused(&differs);
    collected.when(inspected(vec![])).refused(&differs);
    let whole = InspectedLine { line: 1, resellable: 2, damaged: 0 };
    let strange = InspectedLine { line: 9, ..whole };
    collected.when(inspected(vec![whole, whole])).refused(&differs);
    collected.when(inspected(vec![whole, strange])).refused(&Rejection::InspectionDiffers(9));
    collected.when(inspected(vec![whole; 101])).refused(&Rejection::TooManyLines(101));
}

fn inspected(lines: Vec<InspectedLine>) -> Command {
    Command::Inspect(claim::command::Inspect { result: Inspection::Pass { lines }, at: at(4) })
}

#[test]
fn an_inspection_has_one_result() {
    given(return_until(5)).when(fail()).refused(&Rejection::AlreadyInspected);
    given(return_journey()).when(pass_with(2, 0)).refused(&Rejection::AlreadyInspected);
}

#[test]
fn what_fails_the_inspection_is_not_refunded_but_goes_back() {
    let failed = given(return_until(4).into_iter().chain([fail()]));
    failed.when(start_refund(1)).refused_as("wrong_phase");
    failed.when(withdraw(Party::Shopper)).refused_as("wrong_phase");
    failed.when(reject(Refusal::PeriodOver)).refused_as("wrong_phase");
    let events = failed.when(reject(Refusal::InspectionFailed)).then(&["rejected"]);
    assert!(matches!(&events[0], Event::Rejected(rejected) if rejected.goods_go_back));
}

#[test]
fn a_rejected_request_has_no_goods_to_send() {
    let events = given([goods_back()]).when(reject(Refusal::PeriodOver)).then(&["rejected"]);
    assert!(matches!(&events[0], Event::Rejected(rejected) if !rejected.goods_go_back));
}

#[test]
fn an_accepted_return_falls_only_if_the_goods_never_come() {
    for steps in 2..=3 {
        let held = |reason| given(return_until(steps).into_iter().chain([hold(reason)]));
        given(return_until(steps)).when(reject(Refusal::Unfounded)).refused_as("wrong_phase");
        given(return_until(steps)).when(reject_late(Refusal::NotSentBack)).refused_as("wrong_phase");
        held(HoldReason::Disputed).when(reject_late(Refusal::NotSentBack)).refused_as("wrong_phase");
        let waits = held(HoldReason::NotSentBack);
        waits.when(reject(Refusal::NotSentBack)).refused(&Rejection::StillTime(at(100_000)));
        waits.when(reject_late(Refusal::NotSentBack)).then(&["rejected"]);
    }
    for steps in 4..=7 {
        given(return_until(steps)).when(reject_late(Refusal::NotSentBack)).refused_as("wrong_phase");
    }
}

#[test]
fn goods_on_their_way_back_are_neither_withdrawn_nor_missing() {
    let mut steps = return_until(3);
    steps.extend([dispatched(1), hold(HoldReason::NotSentBack)]);
    let under_way = given(steps.clone());
    for by in [Party::Shopper, Party::Operator] {
        under_way.when(withdraw(by)).refused(&Rejection::OnItsWay);
    }
    under_way.when(reject_late(Refusal::NotSentBack)).refused_as("wrong_phase");
    under_way.when(collect()).then(&["collected"]);
    steps.extend([resume(), pickup(2)]);
    given(steps).when(withdraw(Party::Shopper)).then(&["withdrawn"]);
}

#[test]
fn a_pickup_leaves_once() {
    let asked = given(return_until(3));
    asked.when(dispatched(1)).then(&["pickup_dispatched"]);
    asked.when(dispatched(9)).refused_as("unknown_pickup");
    given(return_until(3).into_iter().chain([dispatched(1)])).when(dispatched(1)).then(&[]);
    given(return_until(3).into_iter().chain([pickup(2)])).when(dispatched(1)).then(&[]);
    for steps in 4..=7 {
        given(return_until(steps)).when(dispatched(1)).then(&[]);
    }
    given(return_until(3).into_iter().chain([withdraw(Party::Shopper)]))
        .when(dispatched(1))
        .refused_as("wrong_phase");
    given([cancel()]).when(dispatched(1)).refused_as("wrong_kind");
}

#[test]
fn a_return_can_be_withdrawn_until_it_is_collected() {
    for steps in 1..=3 {
        given(return_until(steps)).when(withdraw(Party::Shopper)).then(&["withdrawn"]);
        given(return_until(steps)).when(withdraw(Party::System)).refused_as("not_yours");
    }
    for steps in 4..=7 {
        given(return_until(steps)).when(withdraw(Party::Shopper)).refused_as("wrong_phase");
    }
}

#[test]
fn a_withdrawal_names_the_pickup_to_call_off() {
    let events = given(return_until(3)).when(withdraw(Party::Shopper)).then(&["withdrawn"]);
    assert!(matches!(&events[0], Event::Withdrawn(withdrawn) if withdrawn.shipment.is_some()));
}

#[test]
fn a_return_that_is_over_stays_over() {
    for end in [reject(Refusal::PeriodOver), withdraw(Party::Shopper)] {
        let over = given([goods_back(), end]);
        for step in return_journey().into_iter().skip(1) {
            over.when(step).refused_as("wrong_phase");
        }
    }
}

//! Fulfilment: in order, out of order, twice, too much, and against claims.

use kernel::id::ShipmentId;
use order::Rejection;
use order::state::{Buckets, Phase, Stage, State};
use order::value::{ClaimKind, LineNo};

use crate::given::given;
use crate::market::{
    and, cancel, close, complete, deliver, delivered, lose, open, paid, placed, prepare, ship, shipment,
};

fn buckets(state: &State, line: u16) -> Buckets {
    state.line(LineNo(line)).unwrap().1.buckets()
}

fn stage(state: &State, shipment: ShipmentId) -> Stage {
    state.shipments()[&shipment].stage
}

#[test]
fn pieces_move_on_with_their_shipment() {
    let (state, _) = given(paid()).when(prepare(1, &[(1, 2)])).then(&["lines_prepared"]);
    assert_eq!(buckets(&state, 1), Buckets { ordered: 1, preparing: 2, ..Buckets::default() });
    let past = and(paid(), [prepare(1, &[(1, 2)])]);
    let (state, _) = given(past.clone()).when(ship(1, &[(1, 2)])).then(&["lines_shipped"]);
    assert_eq!(buckets(&state, 1), Buckets { ordered: 1, shipped: 2, ..Buckets::default() });
    let past = and(past, [ship(1, &[(1, 2)])]);
    let (state, _) = given(past).when(deliver(1, &[(1, 2)])).then(&["lines_delivered"]);
    assert_eq!(buckets(&state, 1), Buckets { ordered: 1, delivered: 2, ..Buckets::default() });
    assert_eq!(stage(&state, shipment(1)), Stage::Delivered);
}

#[test]
fn a_delivery_seen_first_moves_pieces_straight_on_and_the_late_steps_change_nothing() {
    let past = and(paid(), [deliver(1, &[(1, 3)])]);
    assert_eq!(buckets(&given(past.clone()).state(), 1), Buckets { delivered: 3, ..Buckets::default() });
    given(past.clone()).when(prepare(1, &[(1, 3)])).already_so();
    given(past.clone()).when(ship(1, &[(1, 3)])).already_so();
    given(past).when(deliver(1, &[(1, 3)])).already_so();
}

#[test]
fn a_delivery_seen_early_takes_no_pieces_of_another_shipment() {
    let past = and(paid(), [ship(1, &[(1, 1)]), deliver(2, &[(1, 2)])]);
    let expected = Buckets { shipped: 1, delivered: 2, ..Buckets::default() };
    assert_eq!(buckets(&given(past).state(), 1), expected);
}

#[test]
fn a_stage_seen_again_with_other_pieces_is_refused() {
    given(and(paid(), [ship(1, &[(1, 1)])]))
        .when(ship(1, &[(1, 2)]))
        .refused(&Rejection::ShipmentDiffers { shipment: shipment(1) });
}

#[test]
fn a_shipment_can_be_seen_again_after_the_order_closed() {
    let past = and(delivered(), [crate::market::confirm(&[(1, 3), (2, 2), (3, 1)], 90)]);
    given(past.clone()).when(ship(1, &[(1, 3), (2, 2)])).already_so();
    given(past).when(ship(3, &[(1, 1)])).refused(&Rejection::NotPaid { phase: Phase::Closed });
}

#[test]
fn no_more_pieces_move_than_there_are() {
    let line = LineNo(1);
    given(paid()).when(ship(1, &[(1, 4)])).refused(&Rejection::NotEnough { line, asked: 4, free: 3 });
    given(and(paid(), [ship(1, &[(1, 2)])])).when(deliver(2, &[(1, 2)])).refused(&Rejection::NotEnough {
        line,
        asked: 2,
        free: 1,
    });
    given(and(paid(), [prepare(1, &[(1, 3)])])).when(prepare(2, &[(1, 1)])).refused(&Rejection::NotEnough {
        line,
        asked: 1,
        free: 0,
    });
}

#[test]
fn a_new_shipment_can_carry_what_another_left_behind() {
    let past = and(paid(), [prepare(1, &[(1, 3)]), ship(1, &[(1, 2)])]);
    let (state, _) = given(past).when(ship(2, &[(1, 1)])).then(&["lines_shipped"]);
    assert_eq!(buckets(&state, 1), Buckets { shipped: 3, ..Buckets::default() });
}

#[test]
fn pieces_that_a_cancel_claim_holds_do_not_move() {
    let claimed = Rejection::Claimed { line: LineNo(1) };
    let past = and(paid(), [open(1, ClaimKind::Cancel, &[(1, 1)])]);
    given(past.clone()).when(prepare(1, &[(1, 3)])).refused(&claimed);
    given(past.clone()).when(ship(1, &[(1, 3)])).refused(&claimed);
    given(past.clone()).when(deliver(1, &[(1, 3)])).refused(&claimed);
    given(past.clone()).when(ship(1, &[(1, 2)])).then(&["lines_shipped"]);
    given(and(past, [close(1)])).when(ship(1, &[(1, 3)])).then(&["lines_shipped"]);
}

#[test]
fn what_was_cancelled_while_preparing_stays_behind() {
    let past = and(paid(), [prepare(1, &[(1, 3)]), open(1, ClaimKind::Cancel, &[(1, 1)])]);
    given(past.clone()).when(ship(1, &[(1, 3)])).refused(&Rejection::Claimed { line: LineNo(1) });
    let state = given(and(past, [ship(1, &[(1, 2)]), complete(1)])).state();
    assert_eq!(buckets(&state, 1), Buckets { shipped: 2, cancelled: 1, ..Buckets::default() });
}

#[test]
fn lines_are_named_once_and_known() {
    given(paid()).when(ship(1, &[])).refused(&Rejection::LineCount { found: 0 });
    given(paid()).when(ship(1, &[(1, 1), (1, 1)])).refused(&Rejection::LineTwice { line: LineNo(1) });
    given(paid()).when(ship(1, &[(9, 1)])).refused(&Rejection::UnknownLine { line: LineNo(9) });
}

#[test]
fn an_order_that_is_not_paid_moves_nothing() {
    for command in [prepare(1, &[(1, 1)]), ship(1, &[(1, 1)]), deliver(1, &[(1, 1)])] {
        given([]).when(command.clone()).refused(&Rejection::NotFound);
        let phase = Phase::PendingPayment;
        given(placed()).when(command.clone()).refused(&Rejection::NotPaid { phase });
        let phase = Phase::Cancelled;
        given(and(placed(), [cancel()])).when(command).refused(&Rejection::NotPaid { phase });
    }
}

#[test]
fn what_is_lost_on_its_way_can_be_cancelled_or_sent_again() {
    let past = and(paid(), [ship(1, &[(1, 2)])]);
    let (state, _) = given(past.clone()).when(lose(1, &[(1, 2)])).then(&["lines_lost"]);
    assert_eq!(buckets(&state, 1), Buckets { ordered: 1, preparing: 2, ..Buckets::default() });
    assert_eq!(state.line(LineNo(1)).unwrap().1.lost(), 2);
    let lost = and(past, [lose(1, &[(1, 2)])]);
    given(lost.clone()).when(lose(1, &[(1, 2)])).already_so();
    given(lost.clone()).when(ship(1, &[(1, 2)])).already_so();
    given(lost.clone()).when(open(1, ClaimKind::Cancel, &[(1, 3)])).then(&["claim_opened"]);
    let (state, _) = given(lost).when(ship(2, &[(1, 3)])).then(&["lines_shipped"]);
    assert_eq!(buckets(&state, 1), Buckets { shipped: 3, ..Buckets::default() });
    assert_eq!(state.line(LineNo(1)).unwrap().1.lost(), 0);
}

#[test]
fn what_was_lost_may_arrive_after_all() {
    let past = and(paid(), [ship(1, &[(1, 2)]), lose(1, &[(1, 2)])]);
    let (state, _) = given(past).when(deliver(1, &[(1, 2)])).then(&["lines_delivered"]);
    assert_eq!(buckets(&state, 1), Buckets { ordered: 1, delivered: 2, ..Buckets::default() });
    assert_eq!(state.line(LineNo(1)).unwrap().1.lost(), 0);
}

#[test]
fn only_what_left_is_lost_and_only_once() {
    let line = LineNo(1);
    let never_left = Rejection::NotEnough { line, asked: 2, free: 0 };
    given(paid()).when(lose(1, &[(1, 2)])).refused(&never_left);
    given(and(paid(), [ship(1, &[(1, 2)])])).when(lose(2, &[(1, 2)])).refused(&never_left);
    given(and(paid(), [deliver(1, &[(1, 2)])])).when(lose(1, &[(1, 2)])).already_so();
}

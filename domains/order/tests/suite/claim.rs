//! Claims on pieces.

use order::command::{CloseClaim, Command, StartClaimRefund};
use order::event::{ClaimedLine, Taken};
use order::state::{Phase, Remaining};
use order::value::{CancelReason, ClaimFee, ClaimKind, ClaimOutcome, GroupNo, LineNo};
use order::{Event, Rejection};

use crate::given::given;
use crate::market::{
    and, at, claim, close, complete, confirm, delivered, open, paid, placed, prepare, refund, ship, won,
};

fn opened(events: &[Event]) -> &[ClaimedLine] {
    let Event::ClaimOpened(body) = &events[0] else { panic!("not opened: {events:?}") };
    &body.lines
}

#[test]
fn a_cancel_takes_ordered_pieces_first_and_then_preparing_ones() {
    let past = and(paid(), [prepare(1, &[(1, 2)])]);
    let (state, events) = given(past).when(open(1, ClaimKind::Cancel, &[(1, 2)])).then(&["claim_opened"]);
    assert_eq!(opened(&events)[0].from, Taken { ordered: 1, preparing: 1, ..Taken::default() });
    assert_eq!(state.claimable(ClaimKind::Cancel, LineNo(1)), 1);
    assert_eq!(state.claimable(ClaimKind::Return, LineNo(1)), 0);
}

#[test]
fn a_cancel_takes_nothing_that_left_and_a_return_nothing_that_did_not_arrive() {
    let line = LineNo(1);
    let past = and(paid(), [ship(1, &[(1, 2)])]);
    given(past.clone()).when(open(1, ClaimKind::Cancel, &[(1, 2)])).refused(&Rejection::NotEnough {
        line,
        asked: 2,
        free: 1,
    });
    for kind in [ClaimKind::Return, ClaimKind::Exchange] {
        given(past.clone()).when(open(1, kind, &[(1, 1)])).refused(&Rejection::NotEnough {
            line,
            asked: 1,
            free: 0,
        });
    }
}

#[test]
fn two_claims_cannot_take_the_last_piece() {
    let past = and(delivered(), [open(1, ClaimKind::Return, &[(3, 1)])]);
    given(past.clone())
        .when(open(2, ClaimKind::Exchange, &[(3, 1)]))
        .refused(&Rejection::Claimed { line: LineNo(3) });
    given(and(past, [close(1)])).when(open(2, ClaimKind::Exchange, &[(3, 1)])).then(&["claim_opened"]);
}

#[test]
fn a_confirmed_piece_cannot_be_claimed() {
    given(and(delivered(), [confirm(&[(1, 3)], 79)]))
        .when(open(1, ClaimKind::Return, &[(1, 1)]))
        .refused(&Rejection::NotEnough { line: LineNo(1), asked: 1, free: 0 });
}

#[test]
fn opening_again_changes_nothing_while_open_and_is_refused_when_over() {
    let again = || open(1, ClaimKind::Return, &[(1, 1)]);
    let over = Rejection::ClaimOver { claim: claim(1) };
    let past = and(delivered(), [again()]);
    given(past.clone()).when(again()).already_so();
    given(past.clone())
        .when(open(1, ClaimKind::Return, &[(1, 2)]))
        .refused(&Rejection::ClaimDiffers { claim: claim(1) });
    given(and(past.clone(), [close(1)])).when(again()).refused(&over);
    given(and(past, [complete(1)])).when(again()).refused(&over);
}

#[test]
fn a_claim_ends_once() {
    let over = Rejection::ClaimOver { claim: claim(1) };
    let past = and(delivered(), [open(1, ClaimKind::Return, &[(1, 1)])]);
    let closed = and(past.clone(), [close(1)]);
    let completed = and(past, [complete(1)]);
    given(closed.clone()).when(close(1)).already_so();
    given(completed.clone()).when(complete(1)).already_so();
    given(closed.clone()).when(complete(1)).refused(&over);
    given(completed).when(close(1)).refused(&over);
    let refused = CloseClaim { claim: claim(1), outcome: ClaimOutcome::Refused, at: at(85) };
    given(closed).when(Command::CloseClaim(refused)).refused(&over);
}

#[test]
fn an_unknown_claim_is_not_found() {
    given(paid()).when(close(1)).refused(&Rejection::UnknownClaim { claim: claim(1) });
    given(paid()).when(complete(1)).refused(&Rejection::UnknownClaim { claim: claim(1) });
    given([]).when(close(1)).refused(&Rejection::NotFound);
}

#[test]
fn only_a_paid_order_takes_claims() {
    let command = || open(1, ClaimKind::Cancel, &[(1, 1)]);
    given([]).when(command()).refused(&Rejection::NotFound);
    given(placed()).when(command()).refused(&Rejection::NotPaid { phase: Phase::PendingPayment });
    given(placed())
        .when(open(1, ClaimKind::Cancel, &[]))
        .refused(&Rejection::NotPaid { phase: Phase::PendingPayment });
    assert_eq!(given(placed()).state().claimable(ClaimKind::Cancel, LineNo(1)), 0);
}

#[test]
fn each_kind_ends_in_its_bucket() {
    let kinds = [open(1, ClaimKind::Return, &[(1, 1)]), open(2, ClaimKind::Exchange, &[(1, 2)])];
    let state = given(and(and(delivered(), kinds), [complete(1), complete(2)])).state();
    let buckets = state.line(LineNo(1)).unwrap().1.buckets();
    assert_eq!((buckets.returned, buckets.exchanged, buckets.total()), (1, 2, 3));
}

#[test]
fn an_order_whose_every_piece_is_cancelled_is_cancelled() {
    let past = and(paid(), [open(1, ClaimKind::Cancel, &[(1, 3), (2, 2), (3, 1)])]);
    let (state, events) = given(past).when(complete(1)).then(&["claim_completed", "cancelled"]);
    assert_eq!(state.phase(), Phase::Cancelled);
    let reason = CancelReason::EveryPieceCancelled;
    assert!(matches!(&events[1], Event::Cancelled(body) if body.reason == reason));
}

#[test]
fn pieces_given_back_between_others_are_taken_as_two_runs() {
    let first = open(1, ClaimKind::Return, &[(1, 1)]);
    let past = and(delivered(), [first, open(2, ClaimKind::Return, &[(1, 1)]), close(1)]);
    let (_, events) = given(past).when(open(3, ClaimKind::Return, &[(1, 2)])).then(&["claim_opened"]);
    let runs: Vec<_> = opened(&events).iter().map(|line| (line.first_piece, line.quantity.get())).collect();
    assert_eq!(runs, [(0, 1), (2, 1)]);
}

#[test]
fn what_remains_of_a_group_shrinks_once_a_claim_is_sure() {
    let (group, whole) = (GroupNo(1), Remaining { pieces: 5, goods: won(38_500) });
    let left = Remaining { pieces: 2, goods: won(10_000) };
    let opened = and(delivered(), [open(1, ClaimKind::Return, &[(1, 3)])]);
    let state = given(opened.clone()).state();
    assert_eq!((state.remaining(group), state.remaining_after(group, claim(1))), (whole, left));
    let refunding = and(opened.clone(), [refund(1, 0, 0)]);
    assert_eq!(given(refunding.clone()).state().remaining(group), left);
    assert_eq!(given(and(refunding, [complete(1)])).state().remaining(group), left);
    assert_eq!(given(and(opened, [close(1)])).state().remaining(group), whole);
}

#[test]
fn an_exchange_leaves_the_group_as_it_was() {
    let group = GroupNo(1);
    let state = given(and(delivered(), [open(1, ClaimKind::Exchange, &[(1, 3)]), complete(1)])).state();
    assert_eq!(state.remaining(group), Remaining { pieces: 5, goods: won(38_500) });
}

#[test]
fn a_claim_whose_money_goes_back_can_only_be_completed() {
    let past = and(delivered(), [open(1, ClaimKind::Return, &[(1, 1)]), refund(1, 0, 0)]);
    given(past.clone()).when(close(1)).refused(&Rejection::ClaimRefunding { claim: claim(1) });
    given(past.clone()).when(open(1, ClaimKind::Return, &[(1, 1)])).already_so();
    given(past.clone()).when(refund(1, 5, 0)).already_so();
    given(past.clone()).when(complete(1)).then(&["claim_completed"]);
    given(and(past, [complete(1)])).when(refund(1, 5, 0)).already_so();
    let closed = and(delivered(), [open(1, ClaimKind::Return, &[(1, 1)]), close(1)]);
    given(closed).when(refund(1, 0, 0)).refused(&Rejection::ClaimOver { claim: claim(1) });
    given(delivered()).when(refund(1, 0, 0)).refused(&Rejection::UnknownClaim { claim: claim(1) });
}

#[test]
fn what_is_paid_for_delivery_follows_the_refunds() {
    let group = GroupNo(1);
    let opened =
        and(delivered(), [open(1, ClaimKind::Return, &[(1, 1)]), open(2, ClaimKind::Return, &[(1, 1)])]);
    let deducted = and(opened, [refund(1, 500, 0)]);
    assert_eq!(given(deducted.clone()).state().delivery_paid(group), won(3_000));
    given(deducted.clone()).when(refund(2, 0, 3_001)).refused(&Rejection::FeeNotPaid { group });
    given(deducted.clone()).when(refund(2, -1, 0)).refused(&Rejection::FeeNotPaid { group });
    assert_eq!(given(and(deducted, [refund(2, 0, 3_000)])).state().delivery_paid(group), won(0));
}

#[test]
fn a_refund_names_each_group_once() {
    let fee = ClaimFee { group: GroupNo(1), deducted: won(1), given_back: won(0), owed: won(0) };
    let twice = StartClaimRefund { claim: claim(1), fees: vec![fee, fee], at: at(81) };
    given(and(delivered(), [open(1, ClaimKind::Return, &[(1, 1)])]))
        .when(Command::StartClaimRefund(twice))
        .refused(&Rejection::GroupTwice { group: GroupNo(1) });
}

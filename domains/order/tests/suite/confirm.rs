//! Purchase confirmation and its hold.

use kernel::Amount;
use order::event::LinesConfirmed;
use order::state::Phase;
use order::value::{ClaimKind, ConfirmedBy, LineNo};
use order::{Event, Rejection};

use crate::given::given;
use crate::market::{
    and, at, close, complete, confirm, confirm_all, deliver, delivered, hold, open, paid, placed, release,
    won,
};

fn confirmed(events: &[Event]) -> &LinesConfirmed {
    let Event::LinesConfirmed(body) = &events[0] else { panic!("not confirmed: {events:?}") };
    body
}

#[test]
fn confirming_everything_closes_the_order() {
    let (state, events) =
        given(delivered()).when(confirm_all(ConfirmedBy::System, 90)).then(&["lines_confirmed", "closed"]);
    assert_eq!(state.phase(), Phase::Closed);
    let lines = &confirmed(&events).lines;
    assert_eq!(lines.iter().map(|line| line.paid + line.shipping).sum::<Amount>(), won(48_000));
    assert_eq!((lines[0].sale, lines[0].discount_merchant), (won(30_000), won(1_000)));
    assert_eq!((lines[0].discount_platform, lines[0].shipping), (won(500), won(1_875)));
}

#[test]
fn a_part_is_confirmed_with_its_share_and_the_rest_stays_claimable() {
    let (state, events) = given(delivered()).when(confirm(&[(1, 2)], 90)).then(&["lines_confirmed"]);
    let line = &confirmed(&events).lines[0];
    assert_eq!(
        (line.first_piece, line.sale, line.paid, line.shipping),
        (0, won(20_000), won(19_000), won(1_250))
    );
    assert_eq!(line.discount_merchant + line.discount_platform, won(1_000));
    assert_eq!(state.claimable(ClaimKind::Return, LineNo(1)), 1);
}

#[test]
fn confirming_the_same_again_changes_nothing() {
    let past = and(delivered(), [confirm(&[(1, 1)], 90)]);
    given(past.clone()).when(confirm(&[(1, 1)], 90)).already_so();
    given(past).when(confirm(&[(1, 1)], 91)).then(&["lines_confirmed"]);
    let past = and(delivered(), [confirm_all(ConfirmedBy::Shopper, 90)]);
    given(past).when(confirm_all(ConfirmedBy::System, 95)).already_so();
}

#[test]
fn confirming_other_pieces_at_the_same_instant_is_not_the_same() {
    let past = and(delivered(), [confirm(&[(1, 1)], 90)]);
    let (state, _) = given(past).when(confirm(&[(1, 2)], 90)).then(&["lines_confirmed"]);
    assert_eq!(state.line(LineNo(1)).unwrap().1.buckets().confirmed, 3);
    let past = and(delivered(), [confirm(&[(1, 1), (2, 1)], 90)]);
    given(past).when(confirm(&[(1, 1)], 90)).then(&["lines_confirmed"]);
}

#[test]
fn what_is_not_delivered_is_not_confirmed() {
    let line = LineNo(1);
    given(paid()).when(confirm(&[(1, 1)], 90)).refused(&Rejection::NotEnough { line, asked: 1, free: 0 });
    given(paid()).when(confirm_all(ConfirmedBy::System, 90)).already_so();
    for by in [ConfirmedBy::Shopper, ConfirmedBy::Operator] {
        given(paid()).when(confirm_all(by, 90)).refused(&Rejection::NothingToConfirm);
    }
    given(placed())
        .when(confirm_all(ConfirmedBy::System, 90))
        .refused(&Rejection::NotPaid { phase: Phase::PendingPayment });
    given([]).when(confirm_all(ConfirmedBy::System, 90)).refused(&Rejection::NotFound);
}

#[test]
fn claimed_pieces_are_skipped_by_time_and_refused_by_name() {
    let past = and(delivered(), [open(1, ClaimKind::Return, &[(1, 2)])]);
    given(past.clone()).when(confirm(&[(1, 2)], 90)).refused(&Rejection::Claimed { line: LineNo(1) });
    let (state, _) = given(past).when(confirm_all(ConfirmedBy::System, 90)).then(&["lines_confirmed"]);
    let buckets = state.line(LineNo(1)).unwrap().1.buckets();
    assert_eq!((buckets.confirmed, buckets.delivered), (1, 2));
    assert_eq!(state.phase(), Phase::Paid);
}

#[test]
fn the_last_claim_closes_the_order_or_leaves_the_rest_to_confirm() {
    let claimed = open(1, ClaimKind::Return, &[(1, 2)]);
    let past = and(delivered(), [claimed, confirm_all(ConfirmedBy::System, 90)]);
    given(past.clone()).when(complete(1)).then(&["claim_completed", "closed"]);
    given(and(past, [close(1)]))
        .when(confirm_all(ConfirmedBy::System, 95))
        .then(&["lines_confirmed", "closed"]);
}

#[test]
fn a_hold_stops_time_and_not_the_shopper() {
    let past = and(delivered(), [hold(Some(100))]);
    let held = Rejection::ConfirmationHeld { until: Some(at(100)) };
    given(past.clone()).when(confirm_all(ConfirmedBy::System, 99)).refused(&held);
    given(past.clone()).when(confirm_all(ConfirmedBy::System, 100)).then(&["lines_confirmed", "closed"]);
    given(past.clone()).when(confirm_all(ConfirmedBy::Shopper, 99)).then(&["lines_confirmed", "closed"]);
    given(and(past, [release()]))
        .when(confirm_all(ConfirmedBy::System, 99))
        .then(&["lines_confirmed", "closed"]);
    given(and(delivered(), [hold(None)]))
        .when(confirm_all(ConfirmedBy::System, 9_999_999))
        .refused(&Rejection::ConfirmationHeld { until: None });
}

#[test]
fn a_hold_is_set_changed_and_released_once() {
    given(delivered()).when(hold(Some(100))).then(&["confirmation_held"]);
    given(and(delivered(), [hold(Some(100))])).when(hold(Some(100))).already_so();
    given(and(delivered(), [hold(Some(100))])).when(hold(None)).then(&["confirmation_held"]);
    given(and(delivered(), [hold(None)])).when(release()).then(&["hold_released"]);
    given(delivered()).when(release()).already_so();
    given(delivered()).when(hold(Some(70))).refused(&Rejection::BadHoldEnd);
    given(delivered()).when(hold(Some(70 + 91 * 24 * 60))).refused(&Rejection::BadHoldEnd);
    given(placed()).when(hold(None)).refused(&Rejection::NotPaid { phase: Phase::PendingPayment });
    given([]).when(release()).refused(&Rejection::NotFound);
}

#[test]
fn a_closed_order_confirms_no_more() {
    let past = and(delivered(), [confirm_all(ConfirmedBy::Shopper, 90)]);
    let not_paid = Rejection::NotPaid { phase: Phase::Closed };
    given(past.clone()).when(confirm(&[(1, 1)], 95)).refused(&not_paid);
    given(past.clone()).when(hold(None)).refused(&not_paid);
    given(past).when(deliver(9, &[(1, 1)])).refused(&not_paid);
}

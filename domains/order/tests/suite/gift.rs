//! Gifts: one outcome, whoever comes first; nothing is sent before the recipient says where to.

use kernel::{Sealed, Timestamp};
use order::command::{AcceptGift, Cancel, Command, DeclineGift, LapseGift, Place};
use order::state::{Gift as Status, Phase};
use order::value::{CancelReason, ClaimKind, Gift, GiftEnding, GroupNo};
use order::{Event, Rejection, policy};

use crate::given::given;
use crate::market::{
    and, at, cancel, complete, deliver, expire, group, line, mark_paid, open, place, place_of, placed,
    prepare, price, refund, ship,
};

/// The minute at which a gift that was paid in minute 1 can no longer be accepted.
const OVER: i64 = 1 + 7 * 24 * 60;

pub(crate) fn gift_place() -> Place {
    let gift = Gift { card: Sealed("Y2FyZA==".into()), accept_within_days: policy::GIFT_DAYS };
    Place { recipient: None, gift: Some(gift), ..place() }
}

pub(crate) fn waiting() -> Vec<Command> {
    vec![Command::Place(gift_place()), mark_paid(0, 1)]
}

fn home(name: &str) -> Sealed {
    Sealed(format!("sealed {name}"))
}

pub(crate) fn accept(name: &str, minute: i64) -> Command {
    let memo = Some(Sealed("bWVtbw==".into()));
    Command::AcceptGift(AcceptGift { recipient: home(name), memo, at: at(minute) })
}

pub(crate) fn decline(minute: i64) -> Command {
    Command::DeclineGift(DeclineGift { at: at(minute) })
}

pub(crate) fn lapse(minute: i64) -> Command {
    Command::LapseGift(LapseGift { at: at(minute) })
}

fn over(ending: GiftEnding) -> Rejection {
    Rejection::GiftOver { ending }
}

fn accept_by() -> Timestamp {
    at(OVER)
}

#[test]
fn a_gift_waits_for_its_recipient_from_its_payment_on() {
    let unpaid = given(vec![Command::Place(gift_place())]).state();
    assert_eq!((unpaid.gift(), unpaid.recipient()), (Some(&Status::Unpaid), None));
    let (state, events) = given(vec![Command::Place(gift_place())]).when(mark_paid(0, 1)).then(&["paid"]);
    assert!(matches!(&events[0], Event::Paid(paid) if paid.accept_by == Some(accept_by())));
    assert_eq!(state.gift(), Some(&Status::Waiting { accept_by: accept_by() }));
    assert_eq!((state.phase(), state.recipient(), state.memo()), (Phase::Paid, None, None));
}

#[test]
fn an_accepted_gift_goes_where_its_recipient_said() {
    let (state, _) = given(waiting()).when(accept("home", OVER - 1)).then(&["gift_accepted"]);
    assert_eq!(state.gift().map(Status::name), Some("accepted"));
    assert_eq!(state.recipient(), Some(&home("home")));
    assert_eq!(state.memo(), Some(&Sealed("bWVtbw==".into())));
    let (state, _) =
        given(and(waiting(), [accept("home", 5)])).when(deliver(1, &[(1, 3)])).then(&["lines_delivered"]);
    assert_eq!(state.recipient(), Some(&home("home")));
}

#[test]
fn a_gift_is_accepted_once() {
    let accepted = || given(and(waiting(), [accept("home", 5)]));
    accepted().when(accept("home", 6)).already_so();
    accepted().when(accept("elsewhere", 6)).refused(&Rejection::GiftAccepted);
    accepted().when(decline(6)).refused(&Rejection::GiftAccepted);
    accepted().when(lapse(OVER)).refused(&Rejection::GiftAccepted);
    accepted().when(cancel()).refused(&Rejection::NotPending { phase: Phase::Paid });
}

#[test]
fn nothing_is_sent_before_a_gift_is_accepted() {
    for step in [prepare(1, &[(1, 1)]), ship(1, &[(1, 1)]), deliver(1, &[(1, 1)])] {
        given(waiting()).when(step).refused(&Rejection::GiftNotAccepted);
    }
}

#[test]
fn a_gift_can_be_accepted_until_its_time_is_over_and_lapses_then() {
    given(waiting()).when(accept("home", OVER)).refused(&over(GiftEnding::Lapsed));
    given(waiting()).when(lapse(OVER - 1)).refused(&Rejection::GiftStillWaits { accept_by: accept_by() });
    let (state, _) = given(waiting()).when(lapse(OVER)).then(&["gift_ended"]);
    assert_eq!(state.gift(), Some(&Status::Ended(GiftEnding::Lapsed)));
}

#[test]
fn whoever_ends_a_gift_first_ends_it() {
    let stop = |reason| Command::Cancel(Cancel { reason, at: at(5) });
    let endings = [
        (decline(5), GiftEnding::Declined),
        (lapse(OVER), GiftEnding::Lapsed),
        (cancel(), GiftEnding::Cancelled),
        (stop(CancelReason::Operator), GiftEnding::Cancelled),
    ];
    for (command, ending) in endings {
        let ended = || given(and(waiting(), [command.clone()]));
        assert_eq!(ended().state().gift(), Some(&Status::Ended(ending)));
        ended().when(command.clone()).already_so();
        ended().when(accept("home", 6)).refused(&over(ending));
        if ending != GiftEnding::Declined {
            ended().when(decline(6)).refused(&over(ending));
        }
        if ending != GiftEnding::Lapsed {
            ended().when(lapse(OVER)).refused(&over(ending));
        }
        ended().when(ship(1, &[(1, 1)])).refused(&Rejection::GiftNotAccepted);
    }
}

#[test]
fn a_payment_that_failed_stops_no_paid_gift() {
    let failed = Command::Cancel(Cancel { reason: CancelReason::PaymentFailed, at: at(5) });
    given(waiting()).when(failed).refused(&Rejection::NotPending { phase: Phase::Paid });
}

#[test]
fn a_gift_that_is_not_paid_is_neither_accepted_nor_declined() {
    let unpaid = || given(vec![Command::Place(gift_place())]);
    let refused = Rejection::NotPaid { phase: Phase::PendingPayment };
    unpaid().when(accept("home", 1)).refused(&refused);
    unpaid().when(decline(1)).refused(&refused);
    for end in [cancel(), expire(30)] {
        let ended = || given(vec![Command::Place(gift_place()), end.clone()]);
        assert_eq!(ended().state().gift(), Some(&Status::Ended(GiftEnding::Cancelled)));
        ended().when(accept("home", 31)).refused(&over(GiftEnding::Cancelled));
    }
}

#[test]
fn an_order_that_is_no_gift_is_none() {
    for command in [accept("home", 1), decline(1), lapse(OVER)] {
        given(and(placed(), [mark_paid(0, 1)])).when(command).refused(&Rejection::NotAGift);
    }
    assert_eq!(given(placed()).state().recipient(), place().recipient.as_ref());
}

#[test]
fn a_gift_whose_every_piece_is_cancelled_can_no_longer_be_accepted() {
    let all = [(1, 3), (2, 2), (3, 1)];
    let held = || and(waiting(), [open(1, ClaimKind::Cancel, &all)]);
    given(held()).when(accept("home", 90)).refused(&over(GiftEnding::Cancelled));
    let cancelled = and(held(), [refund(1, 0, 0), complete(1)]);
    let state = given(cancelled.clone()).state();
    assert_eq!(
        (state.phase(), state.gift()),
        (Phase::Cancelled, Some(&Status::Ended(GiftEnding::Cancelled)))
    );
    given(cancelled).when(lapse(OVER)).refused(&over(GiftEnding::Cancelled));
}

#[test]
fn what_is_left_of_a_gift_can_be_accepted_and_cancelled_whole_afterwards() {
    let part = and(waiting(), [open(1, ClaimKind::Cancel, &[(1, 3)]), refund(1, 0, 0), complete(1)]);
    given(part.clone()).when(accept("home", 90)).then(&["gift_accepted"]);
    let rest = [accept("home", 90), open(2, ClaimKind::Cancel, &[(2, 2), (3, 1)]), complete(2)];
    let state = given(and(part, rest)).state();
    assert_eq!((state.phase(), state.gift().map(Status::name)), (Phase::Cancelled, Some("accepted")));
}

#[test]
fn an_order_goes_to_somebody_or_is_a_gift() {
    let both = Place { recipient: place().recipient, ..gift_place() };
    let neither = Place { gift: None, ..gift_place() };
    for place in [both, neither] {
        given(vec![]).when(Command::Place(place)).refused(&Rejection::OneDestination);
    }
}

#[test]
fn a_gift_waits_some_days_and_knows_no_surcharge() {
    for found in [0, policy::GIFT_DAYS_MAX + 1] {
        let gift = gift_place().gift.map(|gift| Gift { accept_within_days: found, ..gift });
        let place = Place { gift, ..gift_place() };
        given(vec![]).when(Command::Place(place)).refused(&Rejection::GiftDays { found });
    }
    let mut remote = place_of(vec![line(1, 1, 1, 10_000)], vec![group(1, 5_000)]);
    remote.groups[0].surcharge = price(2_500);
    let place = Place { recipient: None, gift: gift_place().gift, ..remote };
    given(vec![]).when(Command::Place(place)).refused(&Rejection::GiftSurcharge { group: GroupNo(1) });
}

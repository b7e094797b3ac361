//! Returns of confirmed pieces (직권 반품): what the shopper can't ask for any more, the merchant or an operator can.

use order::Rejection;
use order::command::{Command, OpenClaim};
use order::event::{ClaimedLine, Taken};
use order::state::{Phase, Remaining};
use order::value::{ClaimKind, ClaimablePieces, ConfirmedBy, GroupNo, LineNo};

use crate::given::given;
use crate::market::{
    and, at, claim, close, complete, confirm, confirm_all, delivered, force, of, open, paid, placed, won,
};

fn closed() -> Vec<Command> {
    and(delivered(), [confirm_all(ConfirmedBy::Shopper, 90)])
}

fn opened(events: &[order::Event]) -> &[ClaimedLine] {
    let order::Event::ClaimOpened(body) = &events[0] else { panic!("not opened: {events:?}") };
    &body.lines
}

#[test]
fn confirmed_pieces_of_a_closed_order_are_returned_and_it_stays_closed() {
    let (_, events) = given(closed()).when(force(1, &[(1, 2)])).then(&["claim_opened"]);
    assert_eq!(opened(&events)[0].from, Taken { confirmed: 2, ..Taken::default() });
    let (state, _) = given(and(closed(), [force(1, &[(1, 2)])])).when(complete(1)).then(&["claim_completed"]);
    let buckets = state.line(LineNo(1)).unwrap().1.buckets();
    assert_eq!((buckets.confirmed, buckets.returned, state.phase()), (1, 2, Phase::Closed));
}

#[test]
fn an_order_whose_every_confirmed_piece_is_returned_stays_closed() {
    let past = and(closed(), [force(1, &[(1, 3), (2, 2), (3, 1)])]);
    let (state, _) = given(past).when(complete(1)).then(&["claim_completed"]);
    assert_eq!(state.phase(), Phase::Closed);
}

#[test]
fn confirmed_pieces_go_back_while_others_are_still_on_their_way() {
    let past = and(delivered(), [confirm(&[(1, 2)], 90), force(1, &[(1, 1)])]);
    let (state, _) = given(past).when(complete(1)).then(&["claim_completed"]);
    assert_eq!(state.phase(), Phase::Paid);
    assert_eq!(state.claimable(ClaimKind::Return, LineNo(1)), 1);
}

#[test]
fn a_return_by_force_takes_nothing_unconfirmed() {
    let line = LineNo(1);
    let none = Rejection::NotEnough { line, asked: 1, free: 0 };
    given(delivered()).when(force(1, &[(1, 1)])).refused(&none);
    given(paid()).when(force(1, &[(1, 1)])).refused(&none);
    let past = and(delivered(), [confirm(&[(1, 2)], 90)]);
    given(past).when(force(1, &[(1, 3)])).refused(&Rejection::NotEnough { line, asked: 3, free: 2 });
}

#[test]
fn confirmed_pieces_are_not_claimed_twice_and_come_back_confirmed() {
    let past = and(closed(), [force(1, &[(1, 2)])]);
    given(past.clone()).when(force(2, &[(1, 2)])).refused(&Rejection::Claimed { line: LineNo(1) });
    let (state, _) = given(past).when(close(1)).then(&["claim_closed"]);
    assert_eq!(state, given(and(closed(), [force(1, &[(1, 2)]), close(1)])).state());
    let line = state.line(LineNo(1)).unwrap().1;
    assert_eq!(
        (line.buckets().confirmed, line.confirmed_pieces().count(), line.free_pieces().count()),
        (3, 3, 0)
    );
}

#[test]
fn the_last_confirmation_closes_an_order_beside_an_open_return_by_force() {
    let past = and(delivered(), [confirm(&[(1, 1)], 90), force(1, &[(1, 1)])]);
    let past = and(past, [confirm_all(ConfirmedBy::System, 95)]);
    assert_eq!(given(past.clone()).state().phase(), Phase::Closed);
    given(past.clone()).when(complete(1)).then(&["claim_completed"]);
    given(past).when(close(1)).then(&["claim_closed"]);
}

#[test]
fn only_a_return_takes_confirmed_pieces() {
    for kind in [ClaimKind::Cancel, ClaimKind::Exchange] {
        let pieces = ClaimablePieces::Confirmed;
        let ask = OpenClaim { claim: claim(1), kind, pieces, lines: of(&[(1, 1)]), at: at(100) };
        given(closed()).when(Command::OpenClaim(ask)).refused(&Rejection::ConfirmedOnlyReturn);
    }
}

#[test]
fn asking_again_changes_nothing_and_asking_for_the_other_pieces_differs() {
    let past = and(delivered(), [confirm(&[(1, 2)], 90), force(1, &[(1, 1)])]);
    given(past.clone()).when(force(1, &[(1, 1)])).already_so();
    let differs = Rejection::ClaimDiffers { claim: claim(1) };
    given(past.clone()).when(open(1, ClaimKind::Return, &[(1, 1)])).refused(&differs);
    given(past).when(force(1, &[(1, 2)])).refused(&differs);
}

#[test]
fn an_order_that_was_not_paid_has_nothing_to_return() {
    given([]).when(force(1, &[(1, 1)])).refused(&Rejection::NotFound);
    given(placed()).when(force(1, &[(1, 1)])).refused(&Rejection::NotPaid { phase: Phase::PendingPayment });
}

#[test]
fn events_from_before_keep_their_bytes() {
    let before = r#"{"ordered":0,"preparing":0,"shipped":0,"delivered":2}"#;
    let read: Taken = serde_json::from_str(before).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), before);
    let forced = serde_json::to_value(Taken { confirmed: 2, ..Taken::default() }).unwrap();
    assert_eq!(forced["confirmed"], 2);
}

#[test]
fn a_confirmed_piece_remains_until_a_claim_takes_it() {
    let group = GroupNo(1);
    assert_eq!(given(closed()).state().remaining(group), Remaining { pieces: 5, goods: won(38_500) });
    let held = given(and(closed(), [force(1, &[(1, 3)])])).state();
    assert_eq!(held.remaining(group), Remaining { pieces: 2, goods: won(10_000) });
}

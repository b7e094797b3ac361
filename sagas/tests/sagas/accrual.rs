//! Accrual: confirmed lines are put on a statement, citing the confirmation; completed claims likewise.

use eventstore::Seq;
use order::command::{CompleteClaim, Confirm, OpenClaim};
use order::value::{ClaimKind, ClaimablePieces, ConfirmedBy};
use sagas::accrual::Accrual;
use sagas::{Effect, Errand, Saga};

use crate::given::{Told, check, minute, told};
use crate::market::{self, CLAIM, ORDER, of, order_story};

fn confirmed() -> Vec<Told<sagas::NoTimer>> {
    told(&order_story(confirming()))
}

fn confirming() -> [(i64, order::Command); 3] {
    let lines = [(1, 2), (2, 1), (3, 1)];
    let confirm = Confirm { lines: None, by: ConfirmedBy::Shopper, at: minute(6) };
    [
        (2, market::mark_paid(minute(2))),
        (5, market::deliver(1, &lines, minute(5))),
        (6, order::Command::Confirm(confirm)),
    ]
}

/// The same, and a confirmed piece comes back.
fn taken_back() -> Vec<Told<sagas::NoTimer>> {
    let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
    let open = OpenClaim { claim: CLAIM, kind, pieces, lines: of(&[(1, 1)]), at: minute(7) };
    let complete = CompleteClaim { claim: CLAIM, at: minute(8) };
    let more = [(7, order::Command::OpenClaim(open)), (8, order::Command::CompleteClaim(complete))];
    told(&order_story(confirming().into_iter().chain(more)))
}

#[test]
fn confirmed_lines_accrue_at_the_position_of_their_confirmation() {
    let accrue = Errand::Accrue { order: ORDER, position: Seq(4), at: minute(6) };
    check::<Accrual>(confirmed(), &[Effect::issue(accrue)]);
}

#[test]
fn a_completed_claim_is_settled_at_its_position() {
    let settle = Errand::SettleClaim { order: ORDER, claim: CLAIM, position: Seq(6), at: minute(8) };
    check::<Accrual>(taken_back(), &[Effect::issue(settle)]);
    check::<Accrual>(taken_back()[..5].to_vec(), &[]);
}

#[test]
fn an_exchange_settles_nothing() {
    let lines = [(1, 2), (2, 1), (3, 1)];
    let story = [
        (2, market::mark_paid(minute(2))),
        (5, market::deliver(1, &lines, minute(5))),
        (6, market::open_claim(ClaimKind::Exchange, &[(1, 1)], minute(6))),
        (7, order::Command::CompleteClaim(CompleteClaim { claim: CLAIM, at: minute(7) })),
    ];
    check::<Accrual>(told(&order_story(story)), &[]);
}

#[test]
fn nothing_accrues_before() {
    check::<Accrual>(confirmed()[..3].to_vec(), &[]);
}

#[test]
fn a_refused_accrual_is_not_forgotten() {
    for code in ["statement_closed", "statement_full", "mall_not_found"] {
        assert!(!Accrual::expects("accrue", code), "{code}");
    }
}

/// Every word there is.
pub(crate) fn every_word() -> Vec<Told<sagas::NoTimer>> {
    taken_back()
}

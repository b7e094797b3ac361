//! Accrual: confirmed lines are put on a statement, citing the confirmation.

use eventstore::Seq;
use order::command::Confirm;
use order::value::ConfirmedBy;
use sagas::accrual::Accrual;
use sagas::{Effect, Errand, Saga};

use crate::given::{Told, check, minute, told};
use crate::market::{self, ORDER, order_story};

fn confirmed() -> Vec<Told<sagas::NoTimer>> {
    let lines = [(1, 2), (2, 1), (3, 1)];
    let confirm = Confirm { lines: None, by: ConfirmedBy::Shopper, at: minute(6) };
    told(&order_story([
        (2, market::mark_paid(minute(2))),
        (5, market::deliver(1, &lines, minute(5))),
        (6, order::Command::Confirm(confirm)),
    ]))
}

#[test]
fn confirmed_lines_accrue_at_the_position_of_their_confirmation() {
    let accrue = Errand::Accrue { order: ORDER, position: Seq(4), at: minute(6) };
    check::<Accrual>(confirmed(), &[Effect::issue(accrue)]);
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
    confirmed()
}

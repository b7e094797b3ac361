//! Refund: the gateway is asked once the intent stands.

use sagas::refund::Refund;
use sagas::{Effect, Errand, Saga};

use crate::given::{Told, check, minute, told};
use crate::market::PAYMENT;
use crate::money::{REFUND, refund_failed, refunded, refunding, refunding_for};

#[test]
fn a_started_refund_is_paid() {
    let words = told(&refunding(refunded())[..4]);
    let paid = Errand::PayRefund { payment: PAYMENT, refund: REFUND, at: minute(5) };
    check::<Refund>(words, &[Effect::issue(paid)]);
}

#[test]
fn a_refund_that_is_done_needs_nothing() {
    check::<Refund>(told(&refunding(refunded())), &[]);
}

#[test]
fn a_refused_refund_is_not_forgotten() {
    assert!(!Refund::expects("pay_refund", "refund_not_found"));
}

#[test]
fn a_refund_that_failed_is_for_a_person_unless_a_claim_minds() {
    check::<Refund>(told(&refunding(refund_failed())), &[]);
    let again = Errand::RefundAgain { payment: PAYMENT, refund: REFUND, at: minute(6) };
    check::<Refund>(told(&refunding_for(None, refund_failed())), &[Effect::issue(again)]);
}

/// Every word there is.
pub(crate) fn every_word() -> Vec<Told<sagas::NoTimer>> {
    let refused = Told::Refused("pay_refund", "refund_not_found");
    let failed = told(&refunding_for(None, refund_failed())).pop();
    told(&refunding(refunded())).into_iter().chain([refused]).chain(failed).collect()
}

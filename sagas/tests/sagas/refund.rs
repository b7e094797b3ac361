//! Refund: the gateway is asked once the intent stands.

use sagas::refund::Refund;
use sagas::{Effect, Errand, Saga};

use crate::given::{Told, check, minute, told};
use crate::market::PAYMENT;
use crate::money::{REFUND, refunded, refunding};

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

/// Every word there is.
pub(crate) fn every_word() -> Vec<Told<sagas::NoTimer>> {
    let refused = Told::Refused("pay_refund", "refund_not_found");
    told(&refunding(refunded())).into_iter().chain([refused]).collect()
}

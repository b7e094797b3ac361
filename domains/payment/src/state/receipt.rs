//! A cash receipt (현금영수증) and what is left of it. Never here: whether one is due.

use kernel::{Amount, Timestamp};

use crate::event::{CashReceiptCancelled, CashReceiptIssued};
use crate::value::ReceiptAsk;

/// A cash receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What it is for, and whose it is.
    pub of: ReceiptAsk,
    /// How much it was issued over.
    pub amount: Amount,
    /// How much of it was cancelled.
    pub cancelled: Amount,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When something of it was last cancelled.
    pub cancelled_at: Option<Timestamp>,
}

impl Receipt {
    /// How much of it stays.
    pub fn left(&self) -> Amount {
        self.amount - self.cancelled
    }

    pub(super) fn new(body: &CashReceiptIssued) -> Self {
        let of = ReceiptAsk { purpose: body.purpose, receipt_identifier: body.receipt_identifier.clone() };
        Self { of, amount: body.amount, cancelled: Amount::ZERO, issued_at: body.at, cancelled_at: None }
    }

    pub(super) fn cancel(&mut self, body: &CashReceiptCancelled) {
        self.cancelled += body.amount;
        self.cancelled_at = Some(body.at);
    }
}

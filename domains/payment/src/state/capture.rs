//! One capture and what is left of it, tender by tender. Never here: which refund asked, or why.

use kernel::Amount;

use crate::policy;
use crate::value::{GatewayReference, Method, RefundCause, TenderAmount, TenderNo};

/// Money that came under one gateway reference, and how much of it went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    pub(crate) reference: Option<GatewayReference>,
    pub(crate) cause: RefundCause,
    balances: Vec<Balance>,
}

/// One tender's part of a capture. `in_flight + refunded` never exceeds `captured`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The tender within the payment.
    pub tender: TenderNo,
    /// How it was paid.
    pub method: Method,
    /// How much came.
    pub captured: Amount,
    /// How much is on its way back.
    pub in_flight: Amount,
    /// How much went back.
    pub refunded: Amount,
}

impl Balance {
    /// How much can still be sent back.
    pub fn refundable(&self) -> Amount {
        self.captured - self.in_flight - self.refunded
    }
}

impl Capture {
    /// A new capture; `cause` is why refunds of it happen. Balances are kept in the order of refunding.
    pub(crate) fn new(
        reference: Option<GatewayReference>,
        cause: RefundCause,
        tenders: &[TenderAmount],
    ) -> Self {
        let mut balances: Vec<Balance> = tenders.iter().map(untouched).collect();
        balances.sort_by_key(|balance| (policy::refund_rank(balance.method), balance.tender));
        Self { reference, cause, balances }
    }

    /// Its tenders, in the order of refunding.
    pub fn balances(&self) -> &[Balance] {
        &self.balances
    }

    /// How much came.
    pub fn captured(&self) -> Amount {
        self.balances.iter().map(|balance| balance.captured).sum()
    }

    /// How much went back.
    pub fn refunded(&self) -> Amount {
        self.balances.iter().map(|balance| balance.refunded).sum()
    }

    /// How much can still be sent back.
    pub fn refundable(&self) -> Amount {
        self.balances.iter().map(Balance::refundable).sum()
    }

    /// Spreads an amount over the tenders, each as far as it goes, in the order of refunding.
    pub(crate) fn spread(&self, amount: Amount) -> Vec<TenderAmount> {
        let mut rest = amount;
        let mut parts = Vec::new();
        for balance in &self.balances {
            let part = balance.refundable().min(rest);
            if part > Amount::ZERO {
                parts.push(TenderAmount { tender: balance.tender, method: balance.method, amount: part });
                rest -= part;
            }
        }
        parts
    }

    /// Puts amounts on their way back.
    pub(crate) fn hold(&mut self, tenders: &[TenderAmount]) {
        self.change(tenders, |balance, amount| balance.in_flight += amount);
    }

    /// Amounts on their way back have arrived.
    pub(crate) fn settle(&mut self, tenders: &[TenderAmount]) {
        self.change(tenders, |balance, amount| {
            balance.in_flight -= amount;
            balance.refunded += amount;
        });
    }

    /// Amounts on their way back didn't arrive.
    pub(crate) fn release(&mut self, tenders: &[TenderAmount]) {
        self.change(tenders, |balance, amount| balance.in_flight -= amount);
    }

    fn change(&mut self, tenders: &[TenderAmount], apply: impl Fn(&mut Balance, Amount)) {
        for part in tenders {
            if let Some(balance) = self.balances.iter_mut().find(|balance| balance.tender == part.tender) {
                apply(balance, part.amount);
            }
        }
    }
}

fn untouched(tender: &TenderAmount) -> Balance {
    Balance {
        tender: tender.tender,
        method: tender.method,
        captured: tender.amount,
        in_flight: Amount::ZERO,
        refunded: Amount::ZERO,
    }
}

//! Which fees a refund really moved: those that it can't cover were never paid, so they can't go back later. A delivery fee
//! is owed then, and a later refund covers it.

use kernel::id::MerchantId;
use kernel::{Amount, allocate};

use super::{QuotedGroup, RefundQuote};

/// The fees that a refund moves. `goods - total` is what is kept of them less what is given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeesPaid {
    /// Group by group, those of which nothing moves left out.
    pub delivery: Vec<DeliveryPaid>,
    /// What was kept for the way back; minor units.
    pub return_fee: Amount,
}

/// What moves of one group's delivery fee; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryPaid {
    /// The group's number in the order.
    pub group: u16,
    /// Whose fee it is.
    pub merchant: MerchantId,
    /// What was kept of the fee due after all.
    pub deducted: Amount,
    /// What goes back.
    pub given_back: Amount,
    /// What of the fee due after all the refund can't cover.
    pub uncovered: Amount,
}

impl RefundQuote {
    /// The fees that the refund moves. What it doesn't cover is missing from each in proportion.
    pub fn fees_paid(&self) -> FeesPaid {
        let owed = self.groups.iter().map(|group| group.shipping_deducted).chain([self.return_fee]);
        let weights: Vec<u64> = owed.map(|amount| amount.minor().unsigned_abs()).collect();
        let mut unpaid = allocate(self.unpaid_fee, &weights).into_iter();
        let mut next = || unpaid.next().unwrap_or_default();
        let delivery = self.groups.iter().map(|group| delivery_paid(group, next())).collect::<Vec<_>>();
        let return_fee = self.return_fee - next();
        FeesPaid { delivery: delivery.into_iter().filter(DeliveryPaid::moves).collect(), return_fee }
    }
}

fn delivery_paid(group: &QuotedGroup, unpaid: Amount) -> DeliveryPaid {
    DeliveryPaid {
        group: group.group,
        merchant: group.merchant,
        deducted: group.shipping_deducted - unpaid,
        given_back: group.shipping,
        uncovered: unpaid,
    }
}

impl DeliveryPaid {
    const fn moves(&self) -> bool {
        !(self.deducted.is_zero() && self.given_back.is_zero() && self.uncovered.is_zero())
    }
}

//! Reckoning an item from a confirmed purchase (구매확정) and the contract's terms. Pure; never here: a statement.

use kernel::id::OrderId;
use kernel::{Amount, Quantity, Rate, Timestamp};
use serde::{Deserialize, Serialize};

use crate::item::{ItemKind, Parts, SettlementItem};
use crate::value::{ItemKey, TaxType, Terms};

/// Pieces of an order line that became the merchant's money. A line may be worth more than a price of one piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedLine {
    /// The item's key within the statement.
    pub item: ItemKey,
    /// The order.
    pub order: OrderId,
    /// The order's line.
    pub line: u16,
    /// How many pieces were confirmed.
    pub quantity: Quantity,
    /// How the sale is taxed.
    pub tax: TaxType,
    /// Price of all these pieces before any discount.
    #[serde(rename = "sale_minor")]
    pub sale: Amount,
    /// Discount on them at the merchant's expense.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// Discount on them at the platform's expense.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
    /// Points paid for them.
    #[serde(rename = "points_minor")]
    pub points: Amount,
    /// Delivery fee allocated to them.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// The contract's rate for this line (its category's, say), where it isn't the default.
    pub commission_rate: Option<Rate>,
    /// When the purchase was confirmed.
    pub basis_at: Timestamp,
}

impl ConfirmedLine {
    /// Whether no amount is below zero, and discounts and points take no more than there is: the merchant's of the sale,
    /// all of sale and delivery.
    pub fn is_covered(&self) -> bool {
        let taken = [self.discount_merchant, self.discount_platform, self.points];
        let all_counted = !taken.into_iter().chain([self.sale, self.shipping]).any(Amount::is_negative);
        let total = taken.iter().sum::<Amount>();
        all_counted && self.discount_merchant <= self.sale && total <= self.sale + self.shipping
    }
}

/// The item of a confirmed line. `cites` is the log position of the confirmation.
pub fn accrue(line: ConfirmedLine, terms: &Terms, cites: u64) -> SettlementItem {
    let rate = line.commission_rate.unwrap_or(terms.commission_rate);
    let parts = parts_of(&line, rate, terms.commission_vat_rate);
    SettlementItem {
        item: line.item,
        kind: ItemKind::Sale,
        reverses: None,
        order: line.order,
        line: line.line,
        quantity: line.quantity.get(),
        tax: line.tax,
        parts,
        commission_rate: rate,
        net: parts.net(),
        basis_at: line.basis_at,
        cites,
    }
}

fn parts_of(line: &ConfirmedLine, commission_rate: Rate, commission_vat_rate: Rate) -> Parts {
    let commission = commission_rate.of(line.sale - line.discount_merchant);
    Parts {
        sale: line.sale,
        discount_merchant: line.discount_merchant,
        discount_platform: line.discount_platform,
        points: line.points,
        shipping: line.shipping,
        commission,
        commission_vat: commission_vat_rate.inside(commission),
    }
}

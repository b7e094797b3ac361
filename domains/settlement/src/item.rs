//! One line of a statement (정산 항목): what was sold, what was taken off, what is owed. Never here: how it was reckoned.

use chrono::SecondsFormat;
use kernel::id::OrderId;
use kernel::{Amount, Rate, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{ItemKey, TaxType};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A confirmed purchase, with its share of the delivery fee.
    Sale,
    /// A confirmed purchase that came back (환수); every amount is negative or zero.
    RefundAfterSettlement,
    /// What a claim left with the merchant of delivery and return fees, above zero, or took from it, below.
    ClaimFee,
}

impl ItemKind {
    /// The wire word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::RefundAfterSettlement => "refund_after_settlement",
            Self::ClaimFee => "claim_fee",
        }
    }
}

/// The amounts of an item, or of many, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The price of the pieces before any discount.
    #[serde(rename = "sale_minor")]
    pub sale: Amount,
    /// Taken off at the merchant's expense.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// Taken off at the platform's expense.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
    /// Paid with points, at the platform's expense.
    #[serde(rename = "points_minor")]
    pub points: Amount,
    /// The delivery fee that the shopper paid, due to the merchant.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// The platform's commission, VAT inclusive: rate × (sale − merchant's discount). The delivery fee is not in the base.
    #[serde(rename = "commission_minor")]
    pub commission: Amount,
    /// The VAT inside the commission.
    #[serde(rename = "commission_vat_minor")]
    pub commission_vat: Amount,
}

impl Parts {
    /// What the merchant is owed: sale − merchant's discount + delivery fee − commission.
    pub fn net(&self) -> Amount {
        self.supply() - self.commission
    }

    /// What the merchant supplied, the base of its own VAT: sale − merchant's discount + delivery fee.
    pub fn supply(&self) -> Amount {
        self.sale - self.discount_merchant + self.shipping
    }

    /// What the shopper paid in money.
    pub fn customer_paid(&self) -> Amount {
        self.supply() - self.discount_platform - self.points
    }

    /// The amounts of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            sale: self.sale + other.sale,
            discount_merchant: self.discount_merchant + other.discount_merchant,
            discount_platform: self.discount_platform + other.discount_platform,
            points: self.points + other.points,
            shipping: self.shipping + other.shipping,
            commission: self.commission + other.commission,
            commission_vat: self.commission_vat + other.commission_vat,
        }
    }
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementItem {
    /// Its key within the statement.
    pub item: ItemKey,
    /// What it is.
    pub kind: ItemKind,
    /// The item that it takes back, possibly on an earlier statement.
    pub reverses: Option<ItemKey>,
    /// The order it comes from.
    pub order: OrderId,
    /// The order's line; 0 for a claim's fee, which is of no one line.
    pub line: u16,
    /// How many pieces; 0 for a claim's fee.
    pub quantity: u32,
    /// How the sale is taxed.
    pub tax: TaxType,
    /// The amounts.
    #[serde(flatten)]
    pub parts: Parts,
    /// The commission rate applied.
    pub commission_rate: Rate,
    /// What the merchant is owed for it.
    #[serde(rename = "net_minor")]
    pub net: Amount,
    /// When it became due (기준일): confirmation or return.
    pub basis_at: Timestamp,
    /// The log position of the event that caused it.
    pub cites: u64,
}

impl SettlementItem {
    /// Its canonical text: one JSON object, fields in fixed order, no spaces, no line end. What hashes are made over.
    pub fn canonical(&self) -> String {
        let Parts {
            sale,
            discount_merchant,
            discount_platform,
            points,
            shipping,
            commission,
            commission_vat,
        } = self.parts;
        format!(
            "{{\"item\":{},\"kind\":\"{}\",\"reverses\":{},\"order\":\"{}\",\"line\":{},\"quantity\":{},\
             \"tax\":\"{}\",\"sale_minor\":{sale},\"discount_merchant_minor\":{discount_merchant},\
             \"discount_platform_minor\":{discount_platform},\"points_minor\":{points},\
             \"shipping_minor\":{shipping},\"commission_rate\":\"{}\",\"commission_minor\":{commission},\
             \"commission_vat_minor\":{commission_vat},\"net_minor\":{},\"basis_at\":\"{}\",\"cites\":{}}}",
            quoted(&self.item),
            self.kind.code(),
            self.reverses.as_ref().map_or_else(|| "null".to_owned(), quoted),
            self.order,
            self.line,
            self.quantity,
            self.tax.code(),
            self.commission_rate.fraction(),
            self.net,
            instant(self.basis_at),
            self.cites,
        )
    }
}

/// RFC 3339 in UTC, as exact as the instant.
pub(crate) fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A key as a JSON string. Keys are visible ASCII, so only these two characters need escaping.
fn quoted(key: &ItemKey) -> String {
    format!("\"{}\"", key.as_str().replace('\\', "\\\\").replace('"', "\\\""))
}

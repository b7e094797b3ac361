//! Purchase confirmation (구매확정) as a fact: enough for settlement to accrue without asking the order.

use kernel::id::{MemberId, MerchantId, OrderId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use super::PlacedLine;
use crate::pieces::Run;
use crate::share;
use crate::value::{ConfirmedBy, GroupNo, LineNo, Source};

/// A run of pieces of one line that was confirmed, with its share of each of the line's amounts.
///
/// `sale = discount_merchant + discount_platform + points + paid`, and over all pieces of a line each adds up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmedLine {
    /// The line.
    pub line: LineNo,
    /// Its delivery group.
    pub group: GroupNo,
    /// Who sells it.
    pub merchant: MerchantId,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// The code of its standard category at placement.
    pub category: String,
    /// Whether value added tax is in its price.
    pub taxable: bool,
    /// How the shopper came to it.
    pub source: Source,
    /// How many pieces.
    pub quantity: Quantity,
    /// The number of the first piece, from 0; `order/line/first_piece` names this run for ever.
    pub first_piece: u32,
    /// These pieces at their price.
    #[serde(rename = "sale_minor")]
    pub sale: Amount,
    /// Their discount that the merchant pays for.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// Their discount that the platform pays for.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
    /// The points used on them.
    #[serde(rename = "points_minor")]
    pub points: Amount,
    /// Their share of the shipping fee.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// What was paid for them, without shipping.
    #[serde(rename = "paid_minor")]
    pub paid: Amount,
}

/// Pieces were confirmed; the shopper can no longer return them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesConfirmed {
    /// The order.
    pub order: OrderId,
    /// Where it was placed: the terms of settlement are this mall's.
    pub mall: MallId,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who bought.
    pub member: MemberId,
    /// Which pieces. A line comes more than once where its free pieces have gaps.
    pub lines: Vec<ConfirmedLine>,
    /// When the order was placed: the contract in force then is the one that counts.
    pub placed_at: Timestamp,
    /// Who confirmed.
    pub by: ConfirmedBy,
    /// When.
    pub at: Timestamp,
}

impl ConfirmedLine {
    /// A run of a line's pieces with what it is worth; nothing where the run is empty.
    pub fn of(line: &PlacedLine, run: Run) -> Option<Self> {
        let shares = share::of_line(line, run.first, run.count);
        Some(Self {
            line: line.line,
            group: line.group,
            merchant: line.merchant,
            product: line.product,
            sku: line.sku,
            category: line.category.clone(),
            taxable: line.taxable,
            source: line.source.clone(),
            quantity: Quantity::new(run.count).ok()?,
            first_piece: run.first,
            sale: shares.sale,
            discount_merchant: shares.discount_merchant,
            discount_platform: shares.discount_platform,
            points: shares.points,
            shipping: shares.shipping,
            paid: shares.paid,
        })
    }

    /// The numbers of its pieces.
    pub fn run(&self) -> Run {
        Run { first: self.first_piece, count: self.quantity.get() }
    }
}

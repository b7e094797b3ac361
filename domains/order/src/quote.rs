//! What a cart comes to: priced items and delivery policies become lines, groups (배송 묶음) and totals.
//!
//! The cart's page and checkout both ask here, so they can't differ. Never here: where prices and policies come from.

mod fee;

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{Amount, Price, Quantity, RejectionKind, Text};

use crate::policy::{LINES_MAX, PIECES_PER_LINE_MAX, counts_towards_free_shipping};
use crate::value::{DeliveryGroup, GroupNo, LineNo, OrderLine, Source};

pub use fee::{Charge, FeeRule};

/// An item of a cart with today's price. Amounts are for all its pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of an order's line, documented there")]
pub struct QuotedItem {
    pub merchant: MerchantId,
    pub product: ProductId,
    pub sku: SkuId,
    pub name: Text<200>,
    pub options: Vec<Text<80>>,
    pub category: String,
    pub taxable: bool,
    pub quantity: Quantity,
    pub unit_price: Price,
    pub discount_merchant: Amount,
    pub discount_platform: Amount,
    pub points: Amount,
    pub source: Source,
}

/// How one merchant charges for delivery to this shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryTerms {
    /// The fee of a delivery group.
    pub fee: FeeRule,
    /// What the way back costs at buyer's fault.
    pub return_fee: Price,
}

/// Lines and groups ready for `Place`, and what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quote {
    /// One line per item, in the items' order.
    pub lines: Vec<OrderLine>,
    /// One group per merchant, in the order of their first items.
    pub groups: Vec<DeliveryGroup>,
    /// Goods at their price.
    pub goods_total: Amount,
    /// All discounts.
    pub discount_total: Amount,
    /// All points used.
    pub points_total: Amount,
    /// All fees.
    pub shipping_total: Amount,
    /// What is to be paid.
    pub total: Amount,
}

/// Why items can't be quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// More items than an order has lines.
    #[error("an order has at most {LINES_MAX} lines, not {found}")]
    TooManyItems {
        /// How many there are.
        found: usize,
    },
    /// More pieces than a line of an order has; their price might not fit any sum.
    #[error("a line of an order has at most {PIECES_PER_LINE_MAX} pieces, not {found}")]
    TooManyPieces {
        /// How many there are.
        found: u32,
    },
    /// The caller did not say how this merchant delivers.
    #[error("the delivery terms of merchant {merchant} are not known")]
    NoTerms {
        /// Whose.
        merchant: MerchantId,
    },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::TooManyItems { .. } => "quote_too_many_items",
            Self::TooManyPieces { .. } => "quote_too_many_pieces",
            Self::NoTerms { .. } => "quote_no_delivery_terms",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::TooManyItems { .. } | Self::TooManyPieces { .. } => RejectionKind::Invalid,
            Self::NoTerms { .. } => RejectionKind::Conflict,
        }
    }
}

/// Quotes items. No items, nothing to pay.
pub fn quote(
    items: Vec<QuotedItem>,
    terms: &BTreeMap<MerchantId, DeliveryTerms>,
) -> Result<Quote, Rejection> {
    if items.len() > LINES_MAX {
        return Err(Rejection::TooManyItems { found: items.len() });
    }
    let pieces = items.iter().map(|item| item.quantity.get());
    if let Some(found) = pieces.max().filter(|most| *most > PIECES_PER_LINE_MAX) {
        return Err(Rejection::TooManyPieces { found });
    }
    let numbers = group_numbers(&items);
    let lines: Vec<OrderLine> =
        (1..).zip(items).map(|(number, item)| line(LineNo(number), item, &numbers)).collect();
    let mut groups = numbers
        .iter()
        .map(|(merchant, group)| delivery_group(*group, *merchant, &lines, terms))
        .collect::<Result<Vec<_>, _>>()?;
    groups.sort_by_key(|group| group.group);
    Ok(totals(lines, groups))
}

/// A group for each merchant, numbered from 1 in the order of their first items.
fn group_numbers(items: &[QuotedItem]) -> BTreeMap<MerchantId, GroupNo> {
    let mut seen: BTreeSet<MerchantId> = BTreeSet::new();
    let firsts = items.iter().map(|item| item.merchant).filter(|merchant| seen.insert(*merchant));
    firsts.zip((1..).map(GroupNo)).collect()
}

fn line(line: LineNo, item: QuotedItem, numbers: &BTreeMap<MerchantId, GroupNo>) -> OrderLine {
    OrderLine {
        line,
        group: numbers.get(&item.merchant).copied().unwrap_or(GroupNo(0)),
        merchant: item.merchant,
        product: item.product,
        sku: item.sku,
        name: item.name,
        options: item.options,
        category: item.category,
        taxable: item.taxable,
        quantity: item.quantity,
        unit_price: item.unit_price,
        discount_merchant: item.discount_merchant,
        discount_platform: item.discount_platform,
        points: item.points,
        source: item.source,
    }
}

fn delivery_group(
    group: GroupNo,
    merchant: MerchantId,
    lines: &[OrderLine],
    terms: &BTreeMap<MerchantId, DeliveryTerms>,
) -> Result<DeliveryGroup, Rejection> {
    let terms = terms.get(&merchant).ok_or(Rejection::NoTerms { merchant })?;
    let own = lines.iter().filter(|line| line.group == group);
    let counted = own.map(|line| {
        counts_towards_free_shipping(line.goods(), line.discount_merchant + line.discount_platform)
    });
    let Charge { fee, free_over, waived_fee } = terms.fee.charge(counted.sum());
    Ok(DeliveryGroup { group, merchant, fee, free_over, waived_fee, return_fee: terms.return_fee })
}

fn totals(lines: Vec<OrderLine>, groups: Vec<DeliveryGroup>) -> Quote {
    let sum = |amount: fn(&OrderLine) -> Amount| lines.iter().map(amount).sum::<Amount>();
    let shipping_total: Amount = groups.iter().map(|group| group.fee.amount()).sum();
    Quote {
        goods_total: sum(OrderLine::goods),
        discount_total: sum(|line| line.discount_merchant + line.discount_platform),
        points_total: sum(|line| line.points),
        shipping_total,
        total: sum(OrderLine::paid) + shipping_total,
        lines,
        groups,
    }
}

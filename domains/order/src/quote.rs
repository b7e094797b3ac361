//! What a basket comes to: priced items, coupons, points and delivery policies become lines, groups (배송 묶음) and totals.
//!
//! In this order, each on what the one before left: the items at their price; coupons (`coupons.rs`); the delivery of each
//! group, by its goods after coupons and with the surcharge of a remote area; points (`points.rs`), for goods alone. The
//! value added tax ([`tax`](crate::tax)) is inside what is left and changes nothing. The cart's page, a quote and checkout
//! all ask here, so they can't differ. Never here: where prices and policies come from.

mod coupons;
mod fee;
mod points;
mod rejection;

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{CampaignId, CouponId, MerchantId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Price, Quantity, Rate, Text};

use crate::campaign::Terms;
use crate::policy::{LINES_MAX, PIECES_PER_LINE_MAX, counts_towards_free_shipping};
use crate::purchase_limit::{self, Limits, OverLimit};
use crate::tax::Taxed;
use crate::value::{DeliveryGroup, GroupNo, LineNo, OrderLine, Source, UsedCoupon};

pub use fee::{Charge, FeeRule};
pub use rejection::Rejection;

/// What is to be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    /// Where.
    pub mall: MallId,
    /// The currency of every amount.
    pub currency: Currency,
    /// What, with today's prices.
    pub items: Vec<QuotedItem>,
    /// The coupons that the shopper wants to use.
    pub coupons: Vec<CouponOffer>,
    /// The points that the shopper wants to use.
    pub points: Amount,
    /// The rate of the value added tax inside taxable prices and fees.
    pub vat_rate: Rate,
    /// What limits how much of a product may be bought, and what the shopper has bought.
    pub limits: Limits,
    /// Where the items' categories stand, for coupons that are good for a branch of them.
    pub branches: Branches,
}

/// Branches of the standard classification, by category: its own code and those of all above it. A category that isn't
/// among them stands alone.
pub type Branches = BTreeMap<String, Vec<String>>;

/// A coupon that its member may use now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponOffer {
    /// The coupon.
    pub coupon: CouponId,
    /// Where it comes from.
    pub campaign: CampaignId,
    /// What it is good for.
    pub terms: Terms,
}

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
    pub source: Source,
}

/// How one merchant charges for delivery to this shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryTerms {
    /// The fee of a delivery group.
    pub fee: FeeRule,
    /// What a remote area costs on top, whatever the rule; zero elsewhere.
    pub surcharge: Price,
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
    /// What each coupon took off which line, in the order in which they did.
    pub coupons: Vec<UsedCoupon>,
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
    /// The rate of the value added tax inside it.
    pub vat_rate: Rate,
    /// What is to be paid, by how it is taxed.
    pub tax: Taxed,
    /// The limits of its products.
    pub limits: Limits,
    /// The products of which more is wanted than may be bought: as it stands it can't be ordered.
    pub over_limits: Vec<OverLimit>,
}

/// Quotes a basket. No items, nothing to pay.
pub fn quote(basket: Basket, terms: &BTreeMap<MerchantId, DeliveryTerms>) -> Result<Quote, Rejection> {
    let Basket { mall, currency, items, coupons, points, vat_rate, limits, branches } = basket;
    check_sizes(&items)?;
    let numbers = group_numbers(&items);
    let mut lines: Vec<OrderLine> =
        (1..).zip(items).map(|(number, item)| line(LineNo(number), item, &numbers)).collect();
    let coupons = coupons::apply(&mut lines, coupons, (&mall, currency), &branches)?;
    let mut groups = numbers
        .iter()
        .map(|(merchant, group)| delivery_group(*group, *merchant, &lines, terms))
        .collect::<Result<Vec<_>, _>>()?;
    groups.sort_by_key(|group| group.group);
    points::apply(&mut lines, points)?;
    let over_limits = purchase_limit::over(lines.iter().map(|line| (line.product, line.quantity)), &limits);
    Ok(Quote { limits, over_limits, ..totals(lines, groups, coupons, vat_rate) })
}

fn check_sizes(items: &[QuotedItem]) -> Result<(), Rejection> {
    if items.len() > LINES_MAX {
        return Err(Rejection::TooManyItems { found: items.len() });
    }
    let pieces = items.iter().map(|item| item.quantity.get());
    match pieces.max().filter(|most| *most > PIECES_PER_LINE_MAX) {
        Some(found) => Err(Rejection::TooManyPieces { found }),
        None => Ok(()),
    }
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
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
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
    let Charge { fee, free_over, waived_fee } = terms.fee.charge(counted.sum(), terms.surcharge);
    let surcharge = terms.surcharge.min(fee);
    Ok(DeliveryGroup { group, merchant, fee, surcharge, free_over, waived_fee, return_fee: terms.return_fee })
}

fn totals(
    lines: Vec<OrderLine>,
    groups: Vec<DeliveryGroup>,
    coupons: Vec<UsedCoupon>,
    vat_rate: Rate,
) -> Quote {
    let sum = |amount: fn(&OrderLine) -> Amount| lines.iter().map(amount).sum::<Amount>();
    let shipping_total: Amount = groups.iter().map(|group| group.fee.amount()).sum();
    Quote {
        goods_total: sum(OrderLine::goods),
        discount_total: sum(|line| line.discount_merchant + line.discount_platform),
        points_total: sum(|line| line.points),
        shipping_total,
        total: sum(OrderLine::paid) + shipping_total,
        vat_rate,
        tax: lines
            .iter()
            .map(|line| line.taxed(vat_rate))
            .chain(groups.iter().map(|group| group.taxed(vat_rate)))
            .sum(),
        lines,
        groups,
        coupons,
        limits: Limits::new(),
        over_limits: Vec::new(),
    }
}

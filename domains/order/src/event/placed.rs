//! The placement as a fact: every line with what it was sold for and its share of the shipping fee.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{CouponId, MemberId, MerchantId, OrderId, PaymentId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Price, Quantity, Rate, Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::tax::Taxed;
use crate::value::{
    DeliveryGroup, Gift, GroupNo, LimitedPieces, LineNo, OrderLine, Redeemed, Source, UsedCoupon, is_free,
};

/// The order was placed; it awaits its payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The order.
    pub order: OrderId,
    /// Where it was placed.
    pub mall: MallId,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// Who buys.
    pub member: MemberId,
    /// Who receives it, sealed; a gift's recipient says so later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Sealed>,
    /// The gift that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<Gift>,
    /// A word to the carrier, sealed.
    pub memo: Option<Sealed>,
    /// Its lines.
    pub lines: Vec<PlacedLine>,
    /// Its delivery groups.
    pub groups: Vec<PlacedGroup>,
    /// The coupons whose discounts are in the lines, with their shares of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<UsedCoupon>,
    /// The products in it that limit what a member may buy: their pieces are counted by the member's allowances.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub limited: BTreeSet<ProductId>,
    /// Goods at their price, before discounts and points.
    #[serde(rename = "goods_total_minor")]
    pub goods_total: Amount,
    /// All discounts.
    #[serde(rename = "discount_total_minor")]
    pub discount_total: Amount,
    /// All points used.
    #[serde(rename = "points_total_minor")]
    pub points_total: Amount,
    /// All shipping fees.
    #[serde(rename = "shipping_total_minor")]
    pub shipping_total: Amount,
    /// What is to be paid: goods less discounts and points, plus shipping.
    #[serde(rename = "total_minor")]
    pub total: Amount,
    /// The rate of the value added tax (부가세) inside it; none where no tax was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<Rate>,
    /// The payment that will pay for it.
    pub payment: PaymentId,
    /// Until when it must be paid.
    pub payment_due: Timestamp,
    /// How many days after delivery it confirms itself.
    pub confirm_after_days: u16,
    /// When.
    pub at: Timestamp,
}

impl Placed {
    /// What is to be paid, by how it is taxed; none where no tax was stated.
    pub fn tax(&self) -> Option<Taxed> {
        let lines = self.lines.iter().map(|line| Taxed::with_vat(line.paid, line.taxable, line.vat));
        let fees = self.groups.iter().map(|group| Taxed::with_vat(group.fee.amount(), true, group.vat));
        lines.chain(fees).sum()
    }

    /// The coupons and points that it redeems, if any.
    pub fn redeemed(&self) -> Option<Redeemed> {
        self.redeeming(self.coupon_ids(), self.points_total, Vec::new())
    }

    /// The coupons and points that it lets go of when it ends unpaid, and the pieces that no longer count, if any.
    pub(crate) fn let_go(&self) -> Option<Redeemed> {
        let all = self.lines.iter().map(|line| (line.line, line.quantity));
        self.redeeming(self.coupon_ids(), self.points_total, self.limited_pieces(all))
    }

    /// A part of them, if that is anything.
    pub(crate) fn redeeming(
        &self,
        coupons: Vec<CouponId>,
        points: Amount,
        limited: Vec<LimitedPieces>,
    ) -> Option<Redeemed> {
        let anything = !coupons.is_empty() || !points.is_zero() || !limited.is_empty();
        anything.then(|| Redeemed { member: self.member, mall: self.mall.clone(), coupons, points, limited })
    }

    /// What of these pieces counts towards limits, by product.
    pub(crate) fn limited_pieces(
        &self,
        pieces: impl IntoIterator<Item = (LineNo, Quantity)>,
    ) -> Vec<LimitedPieces> {
        let product_of = |number| self.lines.iter().find(|line| line.line == number).map(|line| line.product);
        let mut sums: BTreeMap<ProductId, u32> = BTreeMap::new();
        for (line, quantity) in pieces {
            if let Some(product) = product_of(line).filter(|product| self.limited.contains(product)) {
                let sum = sums.entry(product).or_default();
                *sum = sum.saturating_add(quantity.get());
            }
        }
        let of = |(product, pieces)| Some(LimitedPieces { product, quantity: Quantity::new(pieces).ok()? });
        sums.into_iter().filter_map(of).collect()
    }

    /// The coupons whose discounts are in it.
    pub(crate) fn coupon_ids(&self) -> Vec<CouponId> {
        self.coupons.iter().map(|used| used.coupon).collect()
    }
}

/// A line as placed. Amounts are for the whole line and are never re-guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedLine {
    /// Its number.
    pub line: LineNo,
    /// Its delivery group.
    pub group: GroupNo,
    /// Who sells it.
    pub merchant: MerchantId,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// The product's name then.
    pub name: Text<200>,
    /// The chosen options then.
    pub options: Vec<Text<80>>,
    /// The code of its standard category then.
    pub category: String,
    /// Whether value added tax is in its price.
    pub taxable: bool,
    /// How many pieces.
    pub quantity: Quantity,
    /// The price of one piece.
    #[serde(rename = "unit_price_minor")]
    pub unit_price: Price,
    /// The discount that the merchant pays for.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// The discount that the platform pays for.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
    /// The points used on it.
    #[serde(rename = "points_minor")]
    pub points: Amount,
    /// Its share of the group's fee.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// What is paid for its goods, after discounts and points, without shipping.
    #[serde(rename = "paid_minor")]
    pub paid: Amount,
    /// The value added tax inside what is paid for its goods; none where no tax was stated.
    #[serde(rename = "vat_minor", default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<Amount>,
    /// How the shopper came to it.
    pub source: Source,
}

impl PlacedLine {
    /// The line as ordered, with its share of the group's fee and the tax inside its goods.
    pub fn new(line: OrderLine, shipping: Amount, vat_rate: Option<Rate>) -> Self {
        let (paid, vat) = (line.paid(), vat_rate.map(|rate| line.taxed(rate).vat));
        Self {
            line: line.line,
            group: line.group,
            merchant: line.merchant,
            product: line.product,
            sku: line.sku,
            name: line.name,
            options: line.options,
            category: line.category,
            taxable: line.taxable,
            quantity: line.quantity,
            unit_price: line.unit_price,
            discount_merchant: line.discount_merchant,
            discount_platform: line.discount_platform,
            points: line.points,
            shipping,
            paid,
            vat,
            source: line.source,
        }
    }
}

/// A delivery group as placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedGroup {
    /// Its number.
    pub group: GroupNo,
    /// The merchant of all its lines.
    pub merchant: MerchantId,
    /// The fee charged for it.
    #[serde(rename = "fee_minor")]
    pub fee: Price,
    /// What of the fee is for a remote area (제주·도서산간).
    #[serde(rename = "surcharge_minor", default, skip_serializing_if = "is_free")]
    pub surcharge: Price,
    /// The value added tax inside the fee; none where no tax was stated.
    #[serde(rename = "vat_minor", default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<Amount>,
    /// The threshold that made it free, if one did.
    #[serde(rename = "free_over_minor")]
    pub free_over: Option<Price>,
    /// The fee that the threshold waived.
    #[serde(rename = "waived_fee_minor")]
    pub waived_fee: Price,
    /// What the way back costs the shopper at buyer's fault.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Price,
    /// The lines that travel in it.
    pub lines: Vec<LineNo>,
}

impl PlacedGroup {
    /// The group as asked for, with its lines and the tax inside its fee.
    pub fn new(group: &DeliveryGroup, lines: Vec<LineNo>, vat_rate: Option<Rate>) -> Self {
        Self {
            group: group.group,
            merchant: group.merchant,
            fee: group.fee,
            surcharge: group.surcharge,
            vat: vat_rate.map(|rate| group.taxed(rate).vat),
            free_over: group.free_over,
            waived_fee: group.waived_fee,
            return_fee: group.return_fee,
            lines,
        }
    }
}

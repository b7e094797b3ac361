//! A quote as the API shows it, with its working: what each line costs, what each coupon takes off it, what points pay of it,
//! and what is left to pay.

use kernel::Rate;
use order::quote::Quote;
use order::value::{DeliveryGroup, OrderLine, UsedCoupon};
use serde::Serialize;
use shipping::RemoteArea;
use utoipa::ToSchema;
use uuid::Uuid;

use super::limit_view::PurchaseLimitView;
use super::tax_view::TaxView;
use crate::malls::Mall;

/// What a basket comes to this very moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteView {
    /// The mall.
    mall: String,
    /// The currency of every amount.
    currency: &'static str,
    /// Where it goes to, as far as the postal code says: the fees hold the surcharge for it.
    destination: QuotedDestination,
    /// Its lines, in the order in which they were named.
    lines: Vec<QuotedLine>,
    /// Its deliveries (배송 묶음), one per merchant.
    deliveries: Vec<QuotedDelivery>,
    /// The coupons, in the order in which they took something off.
    coupons: Vec<QuotedCoupon>,
    /// Goods at their price.
    goods_total_minor: i64,
    /// All that coupons take off.
    discount_total_minor: i64,
    /// All that points pay.
    points_total_minor: i64,
    /// All delivery fees.
    shipping_total_minor: i64,
    /// What is left to pay: the `total_minor` to place the order with.
    total_minor: i64,
    /// The same by how it is taxed; null where the mall states no value added tax.
    tax: Option<TaxView>,
    /// Whether no line is over its limit: an order is refused otherwise.
    can_be_ordered: bool,
}

/// Where an order goes to.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum QuotedDestination {
    /// No postal code was named: what a remote area would cost on top isn't in the fees.
    Unknown,
    /// No remote area.
    Ordinary,
    /// Jeju (제주).
    Jeju,
    /// Another island, or a place hard to reach (도서산간).
    Island,
}

/// A line. `goods = discount + points + paid`.
#[derive(Debug, Serialize, ToSchema)]
struct QuotedLine {
    /// Its number.
    line: u16,
    /// Its delivery's number.
    delivery: u16,
    /// The product.
    product: Uuid,
    /// The variant.
    sku: Uuid,
    /// What the product is called.
    name: String,
    /// The variant's options.
    options: Vec<String>,
    /// Who sells it.
    merchant: Uuid,
    /// How many pieces.
    quantity: u32,
    /// What one piece costs now.
    unit_price_minor: i64,
    /// All pieces at that price.
    goods_minor: i64,
    /// What coupons take off.
    discount_minor: i64,
    /// What points pay.
    points_minor: i64,
    /// What is left to pay, without delivery.
    paid_minor: i64,
    /// Whether it is taxable (과세).
    taxable: bool,
    /// The value added tax inside what is left to pay; null where the mall states none.
    vat_minor: Option<i64>,
    /// What limits how much of its product may be bought; null where nothing does.
    purchase_limit: Option<PurchaseLimitView>,
    /// Whether more of its product is wanted, in all lines, than may be bought.
    over_limit: bool,
}

/// A delivery.
#[derive(Debug, Serialize, ToSchema)]
struct QuotedDelivery {
    /// Its number.
    delivery: u16,
    /// Whose.
    merchant: Uuid,
    /// The fee, with the surcharge.
    fee_minor: i64,
    /// What of it is for a remote area.
    surcharge_minor: i64,
    /// The value added tax inside the fee; null where the mall states none.
    vat_minor: Option<i64>,
    /// From which worth of goods on it was free; null where that is not why.
    free_over_minor: Option<i64>,
}

/// A coupon and what it takes off.
#[derive(Debug, Serialize, ToSchema)]
struct QuotedCoupon {
    /// The coupon.
    coupon: Uuid,
    /// All that it takes off.
    discount_minor: i64,
    /// What of it, off which line.
    lines: Vec<CouponLine>,
}

/// What a coupon takes off a line.
#[derive(Debug, Serialize, ToSchema)]
struct CouponLine {
    /// The line.
    line: u16,
    /// What it takes off.
    discount_minor: i64,
}

impl QuoteView {
    /// A quote of a mall, made for a postal code.
    pub fn new(mall: &Mall, quote: &Quote, postal_code: Option<&str>) -> Self {
        let rate = mall.stated_vat_rate();
        Self {
            mall: mall.mall.to_string(),
            currency: mall.currency.code(),
            destination: QuotedDestination::of(mall, postal_code),
            lines: quote.lines.iter().map(|line| QuotedLine::of(line, quote, rate)).collect(),
            deliveries: quote.groups.iter().map(|group| QuotedDelivery::of(group, rate)).collect(),
            coupons: quote.coupons.iter().map(Into::into).collect(),
            goods_total_minor: quote.goods_total.minor(),
            discount_total_minor: quote.discount_total.minor(),
            points_total_minor: quote.points_total.minor(),
            shipping_total_minor: quote.shipping_total.minor(),
            total_minor: quote.total.minor(),
            tax: rate.map(|_| quote.tax.into()),
            can_be_ordered: quote.over_limits.is_empty(),
        }
    }
}

impl QuotedDestination {
    fn of(mall: &Mall, postal_code: Option<&str>) -> Self {
        match postal_code.map(|code| mall.remote_areas.of(code)) {
            None => Self::Unknown,
            Some(None) => Self::Ordinary,
            Some(Some(RemoteArea::Jeju)) => Self::Jeju,
            Some(Some(RemoteArea::Island)) => Self::Island,
        }
    }
}

impl QuotedLine {
    fn of(line: &OrderLine, quote: &Quote, vat_rate: Option<Rate>) -> Self {
        Self {
            line: line.line.0,
            delivery: line.group.0,
            product: line.product.0,
            sku: line.sku.0,
            name: line.name.to_string(),
            options: line.options.iter().map(ToString::to_string).collect(),
            merchant: line.merchant.0,
            quantity: line.quantity.get(),
            unit_price_minor: line.unit_price.into(),
            goods_minor: line.goods().minor(),
            discount_minor: (line.discount_merchant + line.discount_platform).minor(),
            points_minor: line.points.minor(),
            paid_minor: line.paid().minor(),
            taxable: line.taxable,
            vat_minor: vat_rate.map(|rate| line.taxed(rate).vat.minor()),
            purchase_limit: quote.limits.get(&line.product).map(|limited| (*limited).into()),
            over_limit: quote.over_limits.iter().any(|over| over.product == line.product),
        }
    }
}

impl QuotedDelivery {
    fn of(group: &DeliveryGroup, vat_rate: Option<Rate>) -> Self {
        Self {
            delivery: group.group.0,
            merchant: group.merchant.0,
            fee_minor: group.fee.into(),
            surcharge_minor: group.surcharge.into(),
            vat_minor: vat_rate.map(|rate| group.taxed(rate).vat.minor()),
            free_over_minor: group.free_over.map(Into::into),
        }
    }
}

impl From<&UsedCoupon> for QuotedCoupon {
    fn from(used: &UsedCoupon) -> Self {
        let lines = used.shares.iter().map(|share| CouponLine {
            line: share.line.0,
            discount_minor: (share.discount_merchant + share.discount_platform).minor(),
        });
        Self { coupon: used.coupon.0, discount_minor: used.discount().minor(), lines: lines.collect() }
    }
}

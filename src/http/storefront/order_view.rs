//! An order as its shopper sees it. Never here: who receives it, which is opened for the order's own page only.

use chrono::{DateTime, Utc};
use kernel::Amount;
use order::tax::Taxed;
use projections::orders::query::OrderView;
use projections::orders::row::{Group, Line, Pieces};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::gift_view::GiftStanding;
use super::tax_view::TaxView;

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperOrder {
    /// The order.
    order: Uuid,
    /// Where it was placed.
    mall: String,
    /// `pending_payment`, `paid`, `closed`, `expired` or `cancelled`.
    status: String,
    /// Where the gift (선물하기) stands that it is, if it is one.
    gift: Option<GiftStanding>,
    /// The currency of every amount.
    currency: String,
    /// Goods at their price.
    goods_total_minor: i64,
    /// All discounts.
    discount_total_minor: i64,
    /// All points used.
    points_total_minor: i64,
    /// All delivery fees.
    shipping_total_minor: i64,
    /// What is to be paid, or was.
    total_minor: i64,
    /// The same by how it is taxed; null where no value added tax was stated.
    tax: Option<TaxView>,
    /// Its payment.
    payment: Uuid,
    /// Where the payment stands: `requested`, `capturing`, `awaiting_deposit`, `authorized`, `captured`,
    /// `partially_refunded`, `refunded`, `failed`, `voided` or `expired`.
    payment_status: Option<String>,
    /// How it is paid: `card`, `virtual_account`, …
    payment_methods: Vec<String>,
    /// How much went back.
    refunded_minor: i64,
    /// Until when it must be paid.
    payment_due: DateTime<Utc>,
    /// How many days after delivery it confirms itself.
    confirm_after_days: i32,
    /// Whether it is held from confirming itself.
    confirmation_held: bool,
    /// Until when, if that was said.
    held_until: Option<DateTime<Utc>>,
    /// When it was placed.
    placed_at: DateTime<Utc>,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
    /// When it ended.
    closed_at: Option<DateTime<Utc>>,
    /// Its lines.
    lines: Vec<ShopperOrderLine>,
    /// Its deliveries, one for each merchant.
    deliveries: Vec<ShopperDelivery>,
}

/// A line of an order. Amounts are for all its pieces.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShopperOrderLine {
    /// Its number.
    line: u16,
    /// Its delivery.
    delivery: u16,
    /// Who sells it.
    merchant: Uuid,
    /// The product.
    product: Uuid,
    /// The variant.
    sku: Uuid,
    /// What it was called then.
    name: String,
    /// Its options then.
    options: Vec<String>,
    /// How many pieces.
    quantity: u32,
    /// The price of one piece then.
    unit_price_minor: i64,
    /// Its discounts.
    discount_minor: i64,
    /// The points used on it.
    points_minor: i64,
    /// What is paid for it, without delivery.
    paid_minor: i64,
    /// Whether it is taxable (과세).
    taxable: bool,
    /// The value added tax inside what is paid; null where none was stated.
    vat_minor: Option<i64>,
    /// Where its pieces are; they always add up to the quantity.
    pieces: ShopperPieces,
    /// How many of them open claims hold.
    claimed: i64,
}

/// Where the pieces of a line are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShopperPieces {
    /// Not seen by the merchant yet.
    ordered: i64,
    /// With the merchant.
    preparing: i64,
    /// On their way.
    shipped: i64,
    /// With the shopper.
    delivered: i64,
    /// Kept for good.
    confirmed: i64,
    /// Never sent.
    cancelled: i64,
    /// Sent back.
    returned: i64,
    /// Exchanged.
    exchanged: i64,
}

/// What travels together.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShopperDelivery {
    /// Its number.
    delivery: u16,
    /// Who sends it.
    merchant: Uuid,
    /// Its fee, with the surcharge.
    fee_minor: i64,
    /// What of the fee is for a remote area (제주·도서산간).
    surcharge_minor: i64,
    /// The value added tax inside the fee; null where none was stated.
    vat_minor: Option<i64>,
    /// What the way back costs if the shopper changes their mind.
    return_fee_minor: i64,
}

impl From<OrderView> for ShopperOrder {
    fn from(view: OrderView) -> Self {
        let (tax, gift) = (tax(&view), GiftStanding::of(&view));
        Self {
            order: view.order,
            mall: view.mall,
            status: view.status,
            gift,
            currency: view.currency,
            goods_total_minor: view.goods_total_minor,
            discount_total_minor: view.discount_total_minor,
            points_total_minor: view.points_total_minor,
            shipping_total_minor: view.shipping_total_minor,
            total_minor: view.total_minor,
            tax: tax.map(Into::into),
            payment: view.payment,
            payment_status: view.payment_status.map(|status| status.replace(' ', "_")),
            payment_methods: view.payment_methods.unwrap_or_default(),
            refunded_minor: view.refunded_minor.unwrap_or_default(),
            payment_due: view.payment_due,
            confirm_after_days: view.confirm_after_days,
            confirmation_held: view.confirmation_held,
            held_until: view.held_until,
            placed_at: view.placed_at,
            paid_at: view.paid_at,
            closed_at: view.closed_at,
            lines: view.lines.0.into_iter().map(Into::into).collect(),
            deliveries: view.groups.0.iter().map(Into::into).collect(),
        }
    }
}

/// What is paid for an order by how it is taxed, where that was reckoned.
fn tax(view: &OrderView) -> Option<Taxed> {
    let lines =
        view.lines.0.iter().map(|line| Taxed::with_vat(line.paid_minor, line.taxable, line.vat_minor));
    let fees = view.groups.0.iter().map(|group| Taxed::with_vat(group.fee_minor, true, group.vat_minor));
    lines.chain(fees).sum()
}

impl From<Line> for ShopperOrderLine {
    fn from(line: Line) -> Self {
        Self {
            line: line.line_no,
            delivery: line.group_no,
            merchant: line.merchant.0,
            product: line.product.0,
            sku: line.sku.0,
            name: line.name,
            options: line.options,
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor.minor(),
            discount_minor: (line.discount_merchant_minor + line.discount_platform_minor).minor(),
            points_minor: line.points_minor.minor(),
            paid_minor: line.paid_minor.minor(),
            taxable: line.taxable,
            vat_minor: line.vat_minor.map(Amount::minor),
            pieces: line.pieces.into(),
            claimed: line.pieces.claimed,
        }
    }
}

impl From<Pieces> for ShopperPieces {
    fn from(pieces: Pieces) -> Self {
        let Pieces {
            ordered, preparing, shipped, delivered, confirmed, cancelled, returned, exchanged, ..
        } = pieces;
        Self { ordered, preparing, shipped, delivered, confirmed, cancelled, returned, exchanged }
    }
}

impl From<&Group> for ShopperDelivery {
    fn from(group: &Group) -> Self {
        Self {
            delivery: group.group_no,
            merchant: group.merchant.0,
            fee_minor: group.fee_minor.minor(),
            surcharge_minor: group.surcharge_minor.minor(),
            vat_minor: group.vat_minor.map(Amount::minor),
            return_fee_minor: group.return_fee_minor.minor(),
        }
    }
}

//! An order as operators see it. Never here: who receives it and where, which is personal data.

use chrono::{DateTime, Utc};
use projections::orders::query::OrderView;
use projections::orders::row::{Group, Line, Pieces};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An order as it stands. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedOrder {
    /// The order.
    order: Uuid,
    /// Where it was placed.
    mall: String,
    /// Who bought.
    member: Uuid,
    /// `pending_payment`, `paid`, `closed`, `expired` or `cancelled`.
    status: String,
    /// Where the gift (선물하기) stands that it is, if it is one: `unpaid`, `waiting`, `accepted`, `declined`, `lapsed` or
    /// `cancelled`.
    gift: Option<String>,
    /// Until when the gift can be accepted; null until it is paid.
    accept_by: Option<DateTime<Utc>>,
    /// ISO 4217.
    currency: String,
    /// Goods at their price, before discounts and points.
    goods_total_minor: i64,
    /// All discounts.
    discount_total_minor: i64,
    /// All points used.
    points_total_minor: i64,
    /// All shipping fees.
    shipping_total_minor: i64,
    /// What is to be paid.
    total_minor: i64,
    /// The payment that pays for it.
    payment: Uuid,
    /// Where the payment stands.
    payment_status: Option<String>,
    /// How it is paid.
    payment_methods: Vec<String>,
    /// How much went back.
    refunded_minor: i64,
    /// Until when it must be paid.
    payment_due: DateTime<Utc>,
    /// Whether the shopper holds the automatic confirmation (구매확정보류).
    confirmation_held: bool,
    /// When it was placed.
    placed_at: DateTime<Utc>,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
    /// When it ended.
    closed_at: Option<DateTime<Utc>>,
    /// Its lines.
    lines: Vec<ManagedOrderLine>,
    /// Its delivery groups.
    groups: Vec<ManagedOrderGroup>,
    /// The order's version.
    version: i64,
}

/// A line of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedOrderLine {
    /// Its number within the order.
    line: u16,
    /// Its delivery group.
    group: u16,
    /// Who sells it.
    merchant: Uuid,
    /// The product.
    product: Uuid,
    /// The variant.
    sku: Uuid,
    /// The product's name then.
    name: String,
    /// The chosen options then.
    options: Vec<String>,
    /// The price of one piece.
    unit_price_minor: i64,
    /// What is paid for its goods, without shipping.
    paid_minor: i64,
    /// How many pieces.
    quantity: u32,
    /// Where they are.
    pieces: ManagedPieces,
}

/// Where a line's pieces are.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedPieces {
    /// Not yet seen by the merchant.
    ordered: i64,
    /// Being packed.
    preparing: i64,
    /// On their way.
    shipped: i64,
    /// With the shopper.
    delivered: i64,
    /// Confirmed (구매확정).
    confirmed: i64,
    /// Never sent.
    cancelled: i64,
    /// Sent back.
    returned: i64,
    /// Exchanged.
    exchanged: i64,
    /// Those of them that open claims hold.
    claimed: i64,
}

/// A delivery group (배송 묶음) of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedOrderGroup {
    /// Its number within the order.
    group: u16,
    /// The merchant who sends it.
    merchant: Uuid,
    /// The fee charged for it.
    fee_minor: i64,
}

impl From<OrderView> for ManagedOrder {
    fn from(view: OrderView) -> Self {
        let gift = view.gift().map(str::to_owned);
        Self {
            order: view.order,
            mall: view.mall,
            member: view.member,
            gift,
            accept_by: view.accept_by,
            status: view.status,
            currency: view.currency,
            goods_total_minor: view.goods_total_minor,
            discount_total_minor: view.discount_total_minor,
            points_total_minor: view.points_total_minor,
            shipping_total_minor: view.shipping_total_minor,
            total_minor: view.total_minor,
            payment: view.payment,
            payment_status: view.payment_status,
            payment_methods: view.payment_methods.unwrap_or_default(),
            refunded_minor: view.refunded_minor.unwrap_or_default(),
            payment_due: view.payment_due,
            confirmation_held: view.confirmation_held,
            placed_at: view.placed_at,
            paid_at: view.paid_at,
            closed_at: view.closed_at,
            lines: view.lines.0.into_iter().map(ManagedOrderLine::from).collect(),
            groups: view.groups.0.iter().map(ManagedOrderGroup::from).collect(),
            version: view.position,
        }
    }
}

impl From<Line> for ManagedOrderLine {
    fn from(line: Line) -> Self {
        Self {
            line: line.line_no,
            group: line.group_no,
            merchant: line.merchant.0,
            product: line.product.0,
            sku: line.sku.0,
            name: line.name,
            options: line.options,
            unit_price_minor: line.unit_price_minor.minor(),
            paid_minor: line.paid_minor.minor(),
            quantity: line.quantity,
            pieces: line.pieces.into(),
        }
    }
}

impl From<Pieces> for ManagedPieces {
    fn from(pieces: Pieces) -> Self {
        let Pieces { ordered, preparing, shipped, delivered, confirmed, .. } = pieces;
        let Pieces { cancelled, returned, exchanged, claimed, .. } = pieces;
        Self { ordered, preparing, shipped, delivered, confirmed, cancelled, returned, exchanged, claimed }
    }
}

impl From<&Group> for ManagedOrderGroup {
    fn from(group: &Group) -> Self {
        Self { group: group.group_no, merchant: group.merchant.0, fee_minor: group.fee_minor.minor() }
    }
}

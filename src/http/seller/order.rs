//! An order as a merchant sees it: its own lines and delivery groups, and nothing of what others sell in it.

use chrono::{DateTime, Utc};
use kernel::id::MerchantId;
use projections::orders::{Group, Line, OrderView, Pieces};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An order that buys from you. Amounts are minor units of `currency`, each for the whole line.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnOrder {
    /// The order.
    pub order: Uuid,
    /// Its mall.
    pub mall: String,
    /// `pending_payment`, `paid`, `closed`, `expired` or `cancelled`.
    pub status: String,
    /// The gift (선물하기) that it is, if it is one: nothing is to be sent before its recipient has accepted it.
    pub gift: Option<OwnOrderGift>,
    /// ISO 4217.
    pub currency: String,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Your lines.
    pub lines: Vec<OwnOrderLine>,
    /// Your delivery groups (배송 묶음).
    pub groups: Vec<OwnOrderGroup>,
}

/// Where a gift stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnOrderGift {
    /// `unpaid`; `waiting`, for its recipient to accept it; `accepted`: shipments were asked for; or, where it is cancelled:
    /// `declined`, `lapsed` or `cancelled`.
    pub state: String,
    /// Until when it can be accepted; null until it is paid.
    pub accept_by: Option<DateTime<Utc>>,
}

/// A line of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnOrderLine {
    /// Its number within the order.
    pub line: u16,
    /// Its delivery group.
    pub group: u16,
    /// The product.
    pub product: Uuid,
    /// The variant.
    pub sku: Uuid,
    /// The product's name then.
    pub name: String,
    /// The chosen options then.
    pub options: Vec<String>,
    /// Its standard category then.
    pub category: String,
    /// Whether VAT is in its price.
    pub taxable: bool,
    /// How many pieces.
    pub quantity: u32,
    /// The price of one piece.
    pub unit_price_minor: i64,
    /// The discount that you pay for.
    pub discount_merchant_minor: i64,
    /// The discount that the platform pays for.
    pub discount_platform_minor: i64,
    /// The points used on it.
    pub points_minor: i64,
    /// Its share of the group's fee.
    pub shipping_minor: i64,
    /// What is paid for its goods, without shipping.
    pub paid_minor: i64,
    /// Where its pieces are.
    pub pieces: OwnPieces,
}

/// Where the pieces of a line are: the buckets but the last add up to the quantity.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPieces {
    /// Waiting for you.
    pub ordered: i64,
    /// In a shipment that you have seen.
    pub preparing: i64,
    /// On their way.
    pub shipped: i64,
    /// With the shopper.
    pub delivered: i64,
    /// Kept for good (구매확정).
    pub confirmed: i64,
    /// Never sent.
    pub cancelled: i64,
    /// Back with you.
    pub returned: i64,
    /// Exchanged.
    pub exchanged: i64,
    /// Held by open claims, whatever bucket they are in.
    pub claimed: i64,
}

/// A delivery group of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnOrderGroup {
    /// Its number within the order.
    pub group: u16,
    /// The fee charged for it.
    pub fee_minor: i64,
    /// What the way back costs the shopper at buyer's fault.
    pub return_fee_minor: i64,
}

impl OwnOrder {
    /// A merchant's part of an order; none where it has none.
    pub(super) fn of(view: OrderView, merchant: MerchantId) -> Option<Self> {
        let accept_by = view.accept_by;
        let gift = view.gift().map(|state| OwnOrderGift { state: state.to_owned(), accept_by });
        let own = view.lines.0.into_iter().filter(|line| line.merchant == merchant);
        let lines: Vec<_> = own.map(OwnOrderLine::from).collect();
        let groups = view.groups.0.into_iter().filter(|group| group.merchant == merchant);
        (!lines.is_empty()).then(|| Self {
            order: view.order,
            mall: view.mall,
            status: view.status,
            gift,
            currency: view.currency,
            placed_at: view.placed_at,
            paid_at: view.paid_at,
            closed_at: view.closed_at,
            lines,
            groups: groups.map(OwnOrderGroup::from).collect(),
        })
    }
}

impl From<Line> for OwnOrderLine {
    fn from(line: Line) -> Self {
        Self {
            line: line.line_no,
            group: line.group_no,
            product: line.product.0,
            sku: line.sku.0,
            name: line.name,
            options: line.options,
            category: line.category,
            taxable: line.taxable,
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor.minor(),
            discount_merchant_minor: line.discount_merchant_minor.minor(),
            discount_platform_minor: line.discount_platform_minor.minor(),
            points_minor: line.points_minor.minor(),
            shipping_minor: line.shipping_minor.minor(),
            paid_minor: line.paid_minor.minor(),
            pieces: line.pieces.into(),
        }
    }
}

impl From<Pieces> for OwnPieces {
    fn from(pieces: Pieces) -> Self {
        Self {
            ordered: pieces.ordered,
            preparing: pieces.preparing,
            shipped: pieces.shipped,
            delivered: pieces.delivered,
            confirmed: pieces.confirmed,
            cancelled: pieces.cancelled,
            returned: pieces.returned,
            exchanged: pieces.exchanged,
            claimed: pieces.claimed,
        }
    }
}

impl From<Group> for OwnOrderGroup {
    fn from(group: Group) -> Self {
        Self {
            group: group.group_no,
            fee_minor: group.fee_minor.minor(),
            return_fee_minor: group.return_fee_minor.minor(),
        }
    }
}

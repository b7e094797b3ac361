//! The rows of the order tables. A field is a column of the same name; amounts are minor units.

use chrono::{DateTime, Utc};
use kernel::id::{MemberId, MerchantId, OrderId, PaymentId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Sealed};
use payment::Method;
use serde::{Deserialize, Serialize};

/// What a commit does to the order tables.
#[derive(Debug)]
pub enum Row {
    /// An order begins.
    Placed(Box<Placement>),
    /// Its head changes.
    Changed(HeadChange),
    /// Pieces of a line move.
    Moved(LineMove),
    /// A payment begins.
    PaymentRequested(Payment),
    /// A payment changes.
    PaymentChanged(PaymentChange),
}

/// An order with its lines and groups.
#[derive(Debug)]
pub struct Placement {
    pub(super) head: Head,
    pub(super) lines: Vec<Line>,
    pub(super) groups: Vec<Group>,
}

#[derive(Debug)]
pub(super) struct Head {
    pub(super) mall: MallId,
    pub(super) member: MemberId,
    pub(super) currency: Currency,
    pub(super) goods_total_minor: Amount,
    pub(super) discount_total_minor: Amount,
    pub(super) points_total_minor: Amount,
    pub(super) shipping_total_minor: Amount,
    pub(super) total_minor: Amount,
    pub(super) payment: PaymentId,
    pub(super) payment_due: DateTime<Utc>,
    pub(super) confirm_after_days: u16,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) recipient: Option<Sealed>,
    pub(super) memo: Option<Sealed>,
    pub(super) gift_card: Option<Sealed>,
    pub(super) change: HeadChange,
}

/// What changes in an order's head; `None` stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct HeadChange {
    pub(super) order_id: OrderId,
    pub(super) status: Option<String>,
    pub(super) paid_at: Option<DateTime<Utc>>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) confirmation_held: Option<bool>,
    pub(super) held_until: Option<DateTime<Utc>>,
    pub(super) gift_status: Option<&'static str>,
    pub(super) accept_by: Option<DateTime<Utc>>,
    pub(super) position: i64,
}

/// A line as placed, and where its pieces are. All amounts are for the whole line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// The order.
    pub order_id: OrderId,
    /// Its number within the order.
    pub line_no: u16,
    /// Its delivery group (배송 묶음).
    pub group_no: u16,
    /// Who sells it.
    pub merchant: MerchantId,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// The product's name then.
    pub name: String,
    /// The chosen options then.
    pub options: Vec<String>,
    /// The code of its standard category then.
    pub category: String,
    /// Whether value added tax is in its price.
    pub taxable: bool,
    /// How the shopper came to it.
    pub source: order::value::Source,
    /// How many pieces.
    pub quantity: u32,
    /// The price of one piece.
    pub unit_price_minor: Amount,
    /// The discount that the merchant pays for.
    pub discount_merchant_minor: Amount,
    /// The discount that the platform pays for.
    pub discount_platform_minor: Amount,
    /// The points used on it.
    pub points_minor: Amount,
    /// Its share of the group's fee.
    pub shipping_minor: Amount,
    /// What is paid for its goods, without shipping.
    pub paid_minor: Amount,
    /// The value added tax inside that; none where no tax was stated.
    pub vat_minor: Option<Amount>,
    /// Where its pieces are.
    #[serde(flatten)]
    pub pieces: Pieces,
}

/// Pieces by bucket: how many there are, or by how much that changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the order's buckets")]
pub struct Pieces {
    pub ordered: i64,
    pub preparing: i64,
    pub shipped: i64,
    pub delivered: i64,
    pub confirmed: i64,
    pub cancelled: i64,
    pub returned: i64,
    pub exchanged: i64,
    /// Held by open claims, whatever bucket they are in; no bucket of its own.
    pub claimed: i64,
}

/// Pieces of a line that move.
#[derive(Debug, Clone, Serialize)]
pub struct LineMove {
    pub(super) order_id: OrderId,
    pub(super) line_no: u16,
    #[serde(flatten)]
    pub(super) pieces: Pieces,
}

/// A delivery group (배송 묶음) of an order with its fees.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    /// The order.
    pub order_id: OrderId,
    /// Its number within the order.
    pub group_no: u16,
    /// The merchant of all its lines.
    pub merchant: MerchantId,
    /// The fee charged for it.
    pub fee_minor: Amount,
    /// What of the fee is for a remote area.
    pub surcharge_minor: Amount,
    /// The value added tax inside the fee; none where no tax was stated.
    pub vat_minor: Option<Amount>,
    /// The threshold that made it free, if one did.
    pub free_over_minor: Option<Amount>,
    /// The fee that the threshold waived.
    pub waived_fee_minor: Amount,
    /// What the way back costs the shopper at buyer's fault.
    pub return_fee_minor: Amount,
}

/// That an order buys from a merchant.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Supplier {
    pub(super) merchant: MerchantId,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) order_id: OrderId,
}

/// A payment as requested.
#[derive(Debug, Serialize)]
pub struct Payment {
    pub(super) order_id: OrderId,
    pub(super) methods: Vec<Method>,
    pub(super) amount_minor: Amount,
    #[serde(flatten)]
    pub(super) change: PaymentChange,
}

/// What changes in a payment; `None` stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct PaymentChange {
    pub(super) payment: PaymentId,
    pub(super) status: Option<String>,
    pub(super) refunded_minor: Option<Amount>,
    pub(super) position: i64,
}

impl HeadChange {
    /// An order that is as it was, at a new position.
    pub(super) const fn none(order_id: OrderId, position: i64) -> Self {
        Self {
            order_id,
            status: None,
            paid_at: None,
            closed_at: None,
            confirmation_held: None,
            held_until: None,
            gift_status: None,
            accept_by: None,
            position,
        }
    }
}

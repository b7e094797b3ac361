//! Orders with their lines and groups: one, a shopper's, a merchant's.

use chrono::{DateTime, Utc};
use kernel::id::{MemberId, MerchantId, OrderId};
use serde::Serialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::orders::row::{Group, Line};
use crate::page::{Cursor, Page, rows_to_fetch};

/// An order as it stands. Amounts are minor units of `currency`.
#[derive(Debug, Clone, Serialize)]
pub struct OrderView {
    /// The order.
    pub order: Uuid,
    /// Where it was placed.
    pub mall: String,
    /// Who bought.
    pub member: Uuid,
    /// `pending_payment`, `paid`, `closed`, `expired` or `cancelled`.
    pub status: String,
    /// ISO 4217.
    pub currency: String,
    /// Goods at their price, before discounts and points.
    pub goods_total_minor: i64,
    /// All discounts.
    pub discount_total_minor: i64,
    /// All points used.
    pub points_total_minor: i64,
    /// All shipping fees.
    pub shipping_total_minor: i64,
    /// What is to be paid.
    pub total_minor: i64,
    /// The payment that pays for it.
    pub payment: Uuid,
    /// Where the payment stands, as [`payment::state::Phase`] writes it; `None` until it is requested.
    pub payment_status: Option<String>,
    /// How it is paid: `card`, `points`, …; `None` until it is requested.
    pub payment_methods: Option<Vec<String>>,
    /// How much of the payment went back; `None` until it is requested.
    pub refunded_minor: Option<i64>,
    /// Until when it must be paid.
    pub payment_due: DateTime<Utc>,
    /// How many days after delivery it confirms itself.
    pub confirm_after_days: i32,
    /// Whether the shopper holds the automatic confirmation (구매확정보류).
    pub confirmation_held: bool,
    /// Until when, if that was said; the hold may have run out.
    pub held_until: Option<DateTime<Utc>>,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// When it ended: closed, expired or cancelled.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who receives it, sealed; none of a gift.
    pub recipient: Option<String>,
    /// The buyer's word to the carrier, sealed.
    pub memo: Option<String>,
    /// Where the gift stands that it is, by its own events: see [`OrderView::gift`].
    pub gift_status: Option<String>,
    /// What the gift's buyer says of it, sealed.
    pub gift_card: Option<String>,
    /// Until when (exclusive) the gift can be accepted, once it is paid.
    pub accept_by: Option<DateTime<Utc>>,
    /// The order's version: the position of its last commit.
    pub position: i64,
    /// Its lines; in a merchant's list only the merchant's.
    pub lines: Json<Vec<Line>>,
    /// Its delivery groups; in a merchant's list only the merchant's.
    pub groups: Json<Vec<Group>>,
}

impl OrderView {
    /// Where the gift (선물하기) stands that it is, if it is one: `unpaid`, `waiting`, `accepted`, `declined`, `lapsed` or
    /// `cancelled`. With an order that ended, its gift did, whatever it waited for.
    pub fn gift(&self) -> Option<&str> {
        let status = self.gift_status.as_deref()?;
        let over = matches!(self.status.as_str(), "expired" | "cancelled");
        Some(if over && matches!(status, "unpaid" | "waiting") { "cancelled" } else { status })
    }

    pub(super) const fn cursor(&self) -> Cursor {
        Cursor { at: self.placed_at, id: self.order }
    }
}

/// Selects [`OrderView`]s. `$1` is the merchant whose lines are shown; null shows all.
macro_rules! select_orders {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            OrderView,
            r#"SELECT head.order_id AS "order", head.mall, head.member, head.status, head.currency,
                      head.goods_total_minor, head.discount_total_minor, head.points_total_minor,
                      head.shipping_total_minor, head.total_minor, head.payment,
                      payment.status AS "payment_status?", payment.methods AS "payment_methods?",
                      payment.refunded_minor AS "refunded_minor?", head.payment_due, head.confirm_after_days,
                      head.confirmation_held, head.held_until, head.placed_at, head.paid_at, head.closed_at,
                      head.recipient, head.memo, head.gift_status, head.gift_card, head.accept_by,
                      head.position,
                      COALESCE((SELECT jsonb_agg(to_jsonb(line) ORDER BY line.line_no) FROM order_line AS line
                                WHERE line.order_id = head.order_id
                                  AND ($1::uuid IS NULL OR line.merchant = $1)), '[]') AS "lines!: Json<Vec<Line>>",
                      COALESCE((SELECT jsonb_agg(to_jsonb(part) ORDER BY part.group_no) FROM order_group AS part
                                WHERE part.order_id = head.order_id
                                  AND ($1::uuid IS NULL OR part.merchant = $1)), '[]') AS "groups!: Json<Vec<Group>>"
               FROM order_head AS head LEFT JOIN order_payment AS payment ON payment.payment = head.payment "#
                + $tail,
            $($argument),+
        )
    };
}
pub(super) use select_orders;

/// One order, whole; `None` where there is none.
pub async fn order(pool: &PgPool, order: OrderId) -> sqlx::Result<Option<OrderView>> {
    select_orders!("WHERE head.order_id = $2", None::<Uuid>, order.0).fetch_optional(pool).await
}

/// A shopper's orders, the newest first.
pub async fn of_member(
    pool: &PgPool,
    member: MemberId,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<OrderView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let orders = select_orders!(
        "WHERE head.member = $2 AND (head.placed_at, head.order_id) < ($3, $4)
         ORDER BY head.placed_at DESC, head.order_id DESC LIMIT $5",
        None::<Uuid>,
        member.0,
        after.at,
        after.id,
        rows_to_fetch(limit)
    );
    Ok(Page::cut(orders.fetch_all(pool).await?, limit, OrderView::cursor))
}

/// The orders that buy from a merchant, the newest first, each with the merchant's own lines and groups only. The
/// head's totals are the whole order's.
pub async fn of_merchant(
    pool: &PgPool,
    merchant: MerchantId,
    status: Option<&str>,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<OrderView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let orders = select_orders!(
        "JOIN order_merchant AS supplier ON supplier.order_id = head.order_id
         WHERE supplier.merchant = $1 AND ($2::text IS NULL OR head.status = $2)
           AND (supplier.placed_at, supplier.order_id) < ($3, $4)
         ORDER BY supplier.placed_at DESC, supplier.order_id DESC LIMIT $5",
        Some(merchant.0),
        status,
        after.at,
        after.id,
        rows_to_fetch(limit)
    );
    Ok(Page::cut(orders.fetch_all(pool).await?, limit, OrderView::cursor))
}

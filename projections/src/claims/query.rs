//! Questions about claims: one, an order's, a shopper's, a merchant's, and the operators' queue.
//!
//! Whose claim it is stands in the answer: the caller checks.

use chrono::{DateTime, Utc};
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId};
use serde::Serialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::row::ClaimLine;
use crate::page::{Cursor, Page, rows_to_fetch};

/// The most claims told of one order.
pub const OF_ORDER_MAX: i64 = 1_000;

/// A claim as it stands. Amounts are minor units of `currency`.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    /// The claim.
    pub claim: Uuid,
    /// The order it is about.
    pub order: Uuid,
    /// The payment that the money goes back through.
    pub payment: Uuid,
    /// The order's mall.
    pub mall: String,
    /// The shopper.
    pub member: Uuid,
    /// ISO 4217.
    pub currency: String,
    /// `cancel` or `return`.
    pub kind: String,
    /// Why it was made.
    pub reason: String,
    /// Who answers for it: `buyer`, `merchant`, `platform` or `carrier`.
    pub fault: String,
    /// Who asked, by role.
    pub requested_by: String,
    /// Whether a merchant had accepted the shipment; always for a return.
    pub accepted: bool,
    /// How far it has come, as [`claim::state::Phase::name`] says.
    pub phase: String,
    /// Quoted: paid for the claimed pieces.
    pub goods_minor: i64,
    /// Quoted: delivery fees that go back.
    pub shipping_minor: i64,
    /// Quoted: what the way back costs the buyer.
    pub return_fee_minor: i64,
    /// Quoted: delivery fees due after all.
    pub shipping_deducted_minor: i64,
    /// Quoted: what goes back in the end.
    pub total_minor: i64,
    /// Quoted: fees that the refund doesn't cover.
    pub unpaid_fee_minor: i64,
    /// The refund started last.
    pub refund: Option<Uuid>,
    /// What went back.
    pub refunded_minor: i64,
    /// The pick-up asked for last.
    pub pickup: Option<Uuid>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Why it waits (보류), if it does.
    pub hold_reason: Option<String>,
    /// Who must act.
    pub hold_duty: Option<String>,
    /// By when.
    pub hold_due: Option<DateTime<Utc>>,
    /// When it was made.
    pub requested_at: DateTime<Utc>,
    /// When it ended: completed, rejected or withdrawn.
    pub closed_at: Option<DateTime<Utc>>,
    /// The claim's version: the position of its last commit.
    pub position: i64,
    /// The claimed pieces; in a merchant's list only the merchant's.
    pub lines: Json<Vec<ClaimLine>>,
}

impl ClaimView {
    const fn cursor(&self) -> Cursor {
        Cursor { at: self.requested_at, id: self.claim }
    }
}

/// Selects [`ClaimView`]s. `$1` is the merchant whose lines are shown; null shows all.
macro_rules! select_claims {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            ClaimView,
            r#"SELECT known.claim, known.order_id AS "order", known.payment, known.mall, known.member, known.currency,
                      known.kind, known.reason, known.fault, known.requested_by, known.accepted, known.phase,
                      known.goods_minor, known.shipping_minor, known.return_fee_minor,
                      known.shipping_deducted_minor, known.total_minor, known.unpaid_fee_minor, known.refund,
                      known.refunded_minor, known.pickup, known.refusal, known.hold_reason, known.hold_duty,
                      known.hold_due, known.requested_at, known.closed_at, known.position,
                      COALESCE((SELECT jsonb_agg(to_jsonb(line) ORDER BY line.line_no, line.first_piece)
                                FROM claim_line AS line WHERE line.claim = known.claim
                                  AND ($1::uuid IS NULL OR line.merchant = $1)), '[]') AS "lines!: Json<Vec<ClaimLine>>"
               FROM claim AS known "#
                + $tail,
            $($argument),+
        )
    };
}

/// One claim, whole; `None` where there is none.
pub async fn claim(pool: &PgPool, claim: ClaimId) -> sqlx::Result<Option<ClaimView>> {
    select_claims!("WHERE known.claim = $2", None::<Uuid>, claim.0).fetch_optional(pool).await
}

/// All claims on an order, the oldest first.
pub async fn of_order(pool: &PgPool, order: OrderId) -> sqlx::Result<Vec<ClaimView>> {
    select_claims!(
        "WHERE known.order_id = $2 ORDER BY known.requested_at, known.claim LIMIT $3",
        None::<Uuid>,
        order.0,
        OF_ORDER_MAX
    )
    .fetch_all(pool)
    .await
}

/// A shopper's claims, the newest first.
pub async fn of_member(
    pool: &PgPool,
    member: MemberId,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<ClaimView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let claims = select_claims!(
        "WHERE known.member = $2 AND (known.requested_at, known.claim) < ($3, $4)
         ORDER BY known.requested_at DESC, known.claim DESC LIMIT $5",
        None::<Uuid>,
        member.0,
        after.at,
        after.id,
        rows_to_fetch(limit)
    );
    Ok(Page::cut(claims.fetch_all(pool).await?, limit, ClaimView::cursor))
}

/// The claims that concern a merchant, the newest first, each with the merchant's own lines only. The amounts are the
/// whole claim's.
pub async fn of_merchant(
    pool: &PgPool,
    merchant: MerchantId,
    phase: Option<&str>,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<ClaimView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let claims = select_claims!(
        "JOIN claim_merchant AS concerned ON concerned.claim = known.claim
         WHERE concerned.merchant = $1 AND ($2::text IS NULL OR known.phase = $2)
           AND (concerned.requested_at, concerned.claim) < ($3, $4)
         ORDER BY concerned.requested_at DESC, concerned.claim DESC LIMIT $5",
        Some(merchant.0),
        phase,
        after.at,
        after.id,
        rows_to_fetch(limit)
    );
    Ok(Page::cut(claims.fetch_all(pool).await?, limit, ClaimView::cursor))
}

/// The operators' queue, the oldest first: the claims in a phase, or all that are not over.
pub async fn queue(
    pool: &PgPool,
    phase: Option<&str>,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<ClaimView>> {
    let after = after.unwrap_or_else(Cursor::oldest);
    let rows = rows_to_fetch(limit);
    let claims = match phase {
        Some(phase) => {
            select_claims!(
                "WHERE known.phase = $2 AND (known.requested_at, known.claim) > ($3, $4)
                 ORDER BY known.requested_at, known.claim LIMIT $5",
                None::<Uuid>,
                phase,
                after.at,
                after.id,
                rows
            )
            .fetch_all(pool)
            .await?
        }
        None => {
            select_claims!(
                "WHERE known.closed_at IS NULL AND (known.requested_at, known.claim) > ($2, $3)
                 ORDER BY known.requested_at, known.claim LIMIT $4",
                None::<Uuid>,
                after.at,
                after.id,
                rows
            )
            .fetch_all(pool)
            .await?
        }
    };
    Ok(Page::cut(claims, limit, ClaimView::cursor))
}

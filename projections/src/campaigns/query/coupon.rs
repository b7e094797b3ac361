//! Coupons: what each is good for, as its campaign says, and where it stands at an instant.

use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::{CampaignId, MemberId};
use order::campaign::{Benefit, Scope};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::{Cursor, Page, rows_to_fetch};

/// Where a coupon stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    /// It can't be used yet.
    Upcoming,
    /// It can be used.
    Usable,
    /// An order that waits for its payment holds it.
    Held,
    /// An order used it up.
    Used,
    /// It was not used in time, or taken back.
    Ended,
}

impl CouponState {
    /// As the queries write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Usable => "usable",
            Self::Held => "held",
            Self::Used => "used",
            Self::Ended => "ended",
        }
    }
}

/// A coupon as it stands. Amounts are minor units of its currency.
#[derive(Debug, Clone)]
pub struct CouponView {
    /// The coupon.
    pub coupon: Uuid,
    /// Its campaign.
    pub campaign: Uuid,
    /// Whose it is.
    pub member: Uuid,
    /// The member's first of the campaign, second, and so on.
    pub nth: i64,
    /// The mall that it can be used in.
    pub mall: String,
    /// Whose campaign it is; the platform's where there is none.
    pub merchant: Option<Uuid>,
    /// What the campaign is called.
    pub name: String,
    /// The currency of its amounts.
    pub currency: String,
    /// What it takes off.
    pub benefit: Json<Benefit>,
    /// The least that the goods it covers must come to.
    pub minimum_spend_minor: i64,
    /// Which goods it covers.
    pub scope: Json<Scope>,
    /// Whether it may be used together with other stackable coupons.
    pub stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    pub back_at_cancel: bool,
    /// Where it stands, as [`CouponState`] writes it.
    pub state: String,
    /// Whether it was taken back.
    pub revoked: bool,
    /// The order that holds or used it.
    pub order: Option<Uuid>,
    /// What it takes off that order.
    pub discount_minor: i64,
    /// How often it came back from a cancelled order.
    pub given_back: i64,
    /// Its first instant.
    pub valid_from: DateTime<Utc>,
    /// The first instant after its end.
    pub valid_until: DateTime<Utc>,
    /// When it was handed out.
    pub issued_at: DateTime<Utc>,
    /// When it was used up.
    pub used_at: Option<DateTime<Utc>>,
    /// Its version: the position of its last commit.
    pub position: i64,
}

impl CouponView {
    const fn cursor(&self) -> Cursor {
        Cursor { at: self.issued_at, id: self.coupon }
    }
}

/// Selects [`CouponView`]s as they stand at `$1`.
macro_rules! select_coupons {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            CouponView,
            r#"SELECT standing.coupon, standing.campaign, standing.member, standing.nth, origin.mall, origin.merchant,
                      origin.name, origin.currency, origin.benefit AS "benefit: Json<Benefit>",
                      origin.minimum_spend_minor, origin.scope AS "scope: Json<Scope>", origin.stackable,
                      origin.back_at_cancel, standing.state AS "state!", standing.phase = 'revoked' AS "revoked!",
                      standing.order_id AS "order", standing.discount_minor, standing.given_back, standing.valid_from,
                      standing.valid_until, standing.issued_at, standing.used_at, standing.position
               FROM (SELECT *, CASE WHEN phase IN ('held', 'used') THEN phase
                                    WHEN phase = 'revoked' OR valid_until <= $1 THEN 'ended'
                                    WHEN valid_from > $1 THEN 'upcoming'
                                    ELSE 'usable' END AS state FROM coupon) AS standing
               JOIN campaign AS origin ON origin.campaign = standing.campaign "#
                + $tail,
            $($argument),+
        )
    };
}

/// A member's coupons of a mall at an instant, in any state or in one; the last handed out first.
pub async fn of_member(
    pool: &PgPool,
    (mall, member): (&MallId, MemberId),
    (state, at): (Option<CouponState>, DateTime<Utc>),
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<CouponView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let coupons = select_coupons!(
        "WHERE standing.member = $2 AND origin.mall = $3 AND ($4::text IS NULL OR standing.state = $4)
           AND (standing.issued_at, standing.coupon) < ($5, $6)
         ORDER BY standing.issued_at DESC, standing.coupon DESC LIMIT $7",
        at,
        member.0,
        mall.as_str(),
        state.map(CouponState::name),
        after.at,
        after.id,
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(coupons, limit, CouponView::cursor))
}

/// A campaign's coupons at an instant, in any state or in one; the last handed out first.
pub async fn of_campaign(
    pool: &PgPool,
    campaign: CampaignId,
    (state, at): (Option<CouponState>, DateTime<Utc>),
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<CouponView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let coupons = select_coupons!(
        "WHERE standing.campaign = $2 AND ($3::text IS NULL OR standing.state = $3)
           AND (standing.issued_at, standing.coupon) < ($4, $5)
         ORDER BY standing.issued_at DESC, standing.coupon DESC LIMIT $6",
        at,
        campaign.0,
        state.map(CouponState::name),
        after.at,
        after.id,
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(coupons, limit, CouponView::cursor))
}

//! Campaigns: what each says, where it stands at an instant, and what its coupons come to.

use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::{CampaignId, MemberId, MerchantId};
use order::campaign::{Benefit, Funding, Scope};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::{Cursor, Page, rows_to_fetch};

/// Where a campaign stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Its period has not begun.
    Upcoming,
    /// It hands out coupons, as long as there are any.
    Running,
    /// It hands out none for now.
    Paused,
    /// Its period is over.
    Over,
    /// It was ended for good.
    Ended,
}

impl CampaignState {
    /// As the queries write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Over => "over",
            Self::Ended => "ended",
        }
    }
}

/// A campaign as it stands. Amounts are minor units of its currency.
#[derive(Debug, Clone)]
pub struct CampaignView {
    /// The campaign.
    pub campaign: Uuid,
    /// The mall that its coupons can be used in.
    pub mall: String,
    /// Whose it is; the platform's where there is none.
    pub merchant: Option<Uuid>,
    /// What shoppers call it.
    pub name: String,
    /// The currency of its amounts.
    pub currency: String,
    /// What a coupon takes off.
    pub benefit: Json<Benefit>,
    /// The least that the goods it covers must come to.
    pub minimum_spend_minor: i64,
    /// Which goods it covers.
    pub scope: Json<Scope>,
    /// Who bears what it takes off.
    pub funding: Json<Funding>,
    /// Whether it may be used together with other stackable coupons.
    pub stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    pub back_at_cancel: bool,
    /// `download`, `code` or `grant`.
    pub distribution: String,
    /// The code that leads to it, if one does.
    pub code: Option<String>,
    /// How many coupons there are in all, if that is limited.
    pub total: Option<i64>,
    /// How many one member can have.
    pub per_member: i64,
    /// From when on coupons can be had and used.
    pub begins_at: DateTime<Utc>,
    /// The first instant after that.
    pub ends_at: DateTime<Utc>,
    /// A coupon ends so many times 24 hours after its issue.
    pub valid_days: Option<i32>,
    /// Where it stands, as [`CampaignState`] writes it.
    pub state: String,
    /// How many coupons were handed out.
    pub issued: i64,
    /// How many of them orders hold.
    pub held: i64,
    /// How many were used up.
    pub used: i64,
    /// How often one came back from a cancelled order.
    pub given_back: i64,
    /// How many were taken back.
    pub revoked: i64,
    /// What the used ones took off.
    pub discount_minor: i64,
    /// When it was launched.
    pub launched_at: DateTime<Utc>,
    /// Its version: the position of its last commit.
    pub position: i64,
}

impl CampaignView {
    const fn cursor(&self) -> Cursor {
        Cursor { at: self.launched_at, id: self.campaign }
    }
}

/// Selects [`CampaignView`]s as they stand at `$1`.
macro_rules! select_campaigns {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            CampaignView,
            r#"SELECT campaign, mall, merchant, name, currency, benefit AS "benefit: Json<Benefit>",
                      minimum_spend_minor, scope AS "scope: Json<Scope>", funding AS "funding: Json<Funding>",
                      stackable, back_at_cancel, distribution, code, total, per_member, begins_at, ends_at, valid_days,
                      state AS "state!", issued, held, used, given_back, revoked, discount_minor, launched_at, position
               FROM (SELECT *, CASE WHEN phase = 'ended' THEN 'ended'
                                    WHEN ends_at <= $1 THEN 'over'
                                    WHEN phase = 'paused' THEN 'paused'
                                    WHEN begins_at > $1 THEN 'upcoming'
                                    ELSE 'running' END AS state FROM campaign) AS standing "#
                + $tail,
            $($argument),+
        )
    };
}

/// One campaign at an instant; `None` where there is none.
pub async fn campaign(
    pool: &PgPool,
    campaign: CampaignId,
    at: DateTime<Utc>,
) -> sqlx::Result<Option<CampaignView>> {
    select_campaigns!("WHERE campaign = $2", at, campaign.0).fetch_optional(pool).await
}

/// Which campaigns; every condition that is said must hold.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Of this mall.
    pub mall: Option<MallId>,
    /// Of this merchant.
    pub merchant: Option<MerchantId>,
    /// Of the platform, or of any merchant.
    pub of_platform: Option<bool>,
    /// Standing here.
    pub state: Option<CampaignState>,
}

/// The campaigns looked for, the last launched first.
pub async fn search(
    pool: &PgPool,
    wanted: &Search,
    at: DateTime<Utc>,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<CampaignView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let campaigns = select_campaigns!(
        "WHERE ($2::text IS NULL OR mall = $2) AND ($3::uuid IS NULL OR merchant = $3)
           AND ($4::boolean IS NULL OR (merchant IS NULL) = $4) AND ($5::text IS NULL OR state = $5)
           AND (launched_at, campaign) < ($6, $7)
         ORDER BY launched_at DESC, campaign DESC LIMIT $8",
        at,
        wanted.mall.as_ref().map(MallId::as_str),
        wanted.merchant.map(|merchant| merchant.0),
        wanted.of_platform,
        wanted.state.map(CampaignState::name),
        after.at,
        after.id,
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(campaigns, limit, CampaignView::cursor))
}

/// The campaigns of a mall that hand a coupon to anybody at an instant and, as far as is known here, still have one for a
/// member; the last launched first.
pub async fn to_take(
    pool: &PgPool,
    (mall, member): (&MallId, MemberId),
    at: DateTime<Utc>,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<CampaignView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let campaigns = select_campaigns!(
        "WHERE mall = $2 AND phase = 'running' AND distribution = 'download' AND state = 'running'
           AND (total IS NULL OR issued < total)
           AND (SELECT COUNT(*) FROM coupon WHERE coupon.member = $3 AND coupon.campaign = standing.campaign) < per_member
           AND (launched_at, campaign) < ($4, $5)
         ORDER BY launched_at DESC, campaign DESC LIMIT $6",
        at,
        mall.as_str(),
        member.0,
        after.at,
        after.id,
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(campaigns, limit, CampaignView::cursor))
}

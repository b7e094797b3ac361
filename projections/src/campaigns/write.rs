//! Writing the campaign tables: a batch is gathered in memory, then each table takes one statement per kind of change.
//!
//! A campaign's counts follow from its coupons, in the statement that writes them: by how each stood before and stands after.

use sqlx::PgConnection;

use super::row::{Campaign, CampaignChange, Coupon, CouponChange, Row};
use crate::touched::{Touched, parameter};

/// Writes the changes of a batch.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let (mut campaigns, mut coupons) = (Touched::none(), Touched::none());
    for row in rows {
        match row {
            Row::Launched(campaign) => campaigns.add(*campaign),
            Row::CampaignChanged(change) => campaigns.change(change),
            Row::Issued(coupon) => coupons.add(coupon),
            Row::CouponChanged(change) => coupons.change(change),
        }
    }
    write_campaigns(db, &campaigns).await?;
    issue(db, &coupons).await?;
    change(db, &coupons).await
}

async fn write_campaigns(
    db: &mut PgConnection,
    campaigns: &Touched<Campaign, CampaignChange>,
) -> sqlx::Result<()> {
    if let Some(new) = parameter(campaigns.new_rows())? {
        sqlx::query!(
            "INSERT INTO campaign SELECT * FROM json_populate_recordset(NULL::campaign, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = campaigns.changes()? {
        sqlx::query!(
            "UPDATE campaign AS kept
             SET phase = COALESCE(change.phase, kept.phase),
                 issued = COALESCE(change.issued, kept.issued),
                 code = CASE WHEN change.code_changes THEN change.code ELSE kept.code END,
                 position = COALESCE(change.position, kept.position)
             FROM json_to_recordset($1::text::json) AS change (campaign uuid, phase text, issued bigint,
                 code_changes boolean, code text, position bigint)
             WHERE kept.campaign = change.campaign",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Coupons that are new; one may have been used since, all within the batch.
async fn issue(db: &mut PgConnection, coupons: &Touched<Coupon, CouponChange>) -> sqlx::Result<()> {
    if let Some(new) = parameter(coupons.new_rows())? {
        sqlx::query!(
            "WITH added AS (
                 INSERT INTO coupon SELECT * FROM json_populate_recordset(NULL::coupon, $1::text::json)
                 RETURNING campaign, phase, given_back, discount_minor
             ), counted AS (
                 SELECT campaign,
                     COUNT(*) FILTER (WHERE phase = 'held') AS held,
                     COUNT(*) FILTER (WHERE phase = 'used') AS used,
                     COUNT(*) FILTER (WHERE phase = 'revoked') AS revoked,
                     SUM(given_back) AS given_back,
                     COALESCE(SUM(discount_minor) FILTER (WHERE phase = 'used'), 0) AS discount_minor
                 FROM added GROUP BY campaign
             )
             UPDATE campaign AS kept
             SET held = kept.held + counted.held, used = kept.used + counted.used,
                 revoked = kept.revoked + counted.revoked, given_back = kept.given_back + counted.given_back,
                 discount_minor = kept.discount_minor + counted.discount_minor
             FROM counted WHERE kept.campaign = counted.campaign",
            new
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Every part of the statement sees the table as it was before it, `after` alone what it becomes.
async fn change(db: &mut PgConnection, coupons: &Touched<Coupon, CouponChange>) -> sqlx::Result<()> {
    if let Some(changes) = coupons.changes()? {
        sqlx::query!(
            "WITH change AS (
                 SELECT * FROM json_populate_recordset(NULL::coupon, $1::text::json)
             ), before AS (
                 SELECT former.coupon, former.phase, former.discount_minor
                 FROM coupon AS former JOIN change ON change.coupon = former.coupon
             ), after AS (
                 UPDATE coupon AS kept
                 SET phase = COALESCE(change.phase, kept.phase),
                     order_id = CASE WHEN change.phase IS NULL THEN kept.order_id ELSE change.order_id END,
                     used_at = CASE WHEN change.phase IS NULL THEN kept.used_at ELSE change.used_at END,
                     discount_minor = COALESCE(change.discount_minor, kept.discount_minor),
                     given_back = kept.given_back + change.given_back,
                     position = COALESCE(change.position, kept.position)
                 FROM change WHERE kept.coupon = change.coupon
                 RETURNING kept.coupon, kept.campaign, kept.phase, kept.discount_minor,
                     change.given_back AS came_back
             ), moved AS (
                 SELECT after.campaign,
                     SUM((after.phase = 'held')::integer - (before.phase = 'held')::integer) AS held,
                     SUM((after.phase = 'used')::integer - (before.phase = 'used')::integer) AS used,
                     SUM((after.phase = 'revoked')::integer - (before.phase = 'revoked')::integer) AS revoked,
                     SUM(after.came_back) AS given_back,
                     SUM(CASE WHEN after.phase = 'used' THEN after.discount_minor ELSE 0 END
                         - CASE WHEN before.phase = 'used' THEN before.discount_minor ELSE 0 END) AS discount_minor
                 FROM after JOIN before ON before.coupon = after.coupon GROUP BY after.campaign
             )
             UPDATE campaign AS kept
             SET held = kept.held + moved.held, used = kept.used + moved.used,
                 revoked = kept.revoked + moved.revoked, given_back = kept.given_back + moved.given_back,
                 discount_minor = kept.discount_minor + moved.discount_minor
             FROM moved WHERE kept.campaign = moved.campaign",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

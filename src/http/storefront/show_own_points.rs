//! `GET /storefront/v1/malls/{mall}/points`: a shopper's own points (적립금) in a mall.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Amount, MallId, Timestamp};
use member::points::Part;
use member::{Member, PointAccount, points};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::past::points::PointLot;
use crate::http::{Json, Path, Problem, Shopper, Version};
use crate::malls::Mall;

/// How far ahead it is said what ends.
const SOON: TimeDelta = TimeDelta::days(30);
/// The most lots that are listed, the first to end first.
const LOTS_SHOWN: usize = 100;

/// A shopper's own points. One point is one minor unit of the mall's currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPoints {
    /// The mall.
    mall: String,
    /// The currency that points are worth.
    currency: String,
    /// Those that can be used now.
    usable_minor: i64,
    /// Those that unpaid orders hold.
    held_minor: i64,
    /// Those that can be used now and end within 30 days.
    expiring_minor: i64,
    /// The end of those 30 days.
    expiring_until: DateTime<Utc>,
    /// Those that can be used now by when they were earned, the first to end first: at most 100.
    lots: Vec<PointLot>,
    /// Which share of what is paid for goods a confirmed purchase earns now, by the grade: between 0 and 1; null where the
    /// mall gives none.
    #[schema(value_type = Option<String>, example = "0.01")]
    rate: Option<String>,
}

/// Show my points in a mall.
#[utoipa::path(
    get,
    path = "/malls/{mall}/points",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    responses((status = 200, body = OwnPoints)),
)]
pub async fn show_own_points(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
) -> Result<(Version, Json<OwnPoints>), Problem> {
    let mall = app.mall(&mall)?;
    let account = app.point_account(&mall.mall, shopper.member)?;
    let read = app.log.read_latest::<PointAccount>(&account).await?;
    let member = app.log.read_latest::<Member>(&shopper.member).await?.state;
    let grade = member.grade().ok_or_else(Problem::not_found)?;
    let now = app.clock.now();
    let rate = mall.points_of(grade, now).map(|(rate, _)| rate.fraction().to_string());
    Ok((Version(read.version), Json(shown(mall, &read.state, now, rate))))
}

fn shown(mall: &Mall, state: &points::State, now: Timestamp, rate: Option<String>) -> OwnPoints {
    let soon = now.checked_add_signed(SOON).unwrap_or(Timestamp::MAX_UTC);
    let usable: Vec<Part> = state.lots().filter(|part| part.lot.expires_at > now).collect();
    let expiring: Amount =
        usable.iter().filter(|part| part.lot.expires_at <= soon).map(|part| part.amount).sum();
    OwnPoints {
        mall: mall.mall.to_string(),
        currency: mall.currency.to_string(),
        usable_minor: state.usable(now).minor(),
        held_minor: state.held().minor(),
        expiring_minor: expiring.minor(),
        expiring_until: soon,
        lots: usable.into_iter().take(LOTS_SHOWN).map(PointLot::from).collect(),
        rate,
    }
}

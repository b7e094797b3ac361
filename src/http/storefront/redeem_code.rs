//! `POST /storefront/v1/malls/{mall}/coupons`: a coupon for a code.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::MallId;
use order::campaign::code::CampaignCode;
use order::coupon::Coupon;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::campaigns::Giver;
use crate::service::{Refusal, ServiceError};

/// A code, as it was typed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemCode {
    /// In capitals or not, with blanks around it or not.
    #[schema(max_length = 100, example = "spring-26")]
    code: String,
}

/// Take a coupon of the campaign that a code leads to.
#[utoipa::path(
    post,
    path = "/malls/{mall}/coupons",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    request_body = RedeemCode,
    responses(
        (status = 201, body = Written),
        (status = 404, description = "`not_found`: no campaign has this code"),
        (status = 409, description = "`campaign_exhausted`, `campaign_member_limit`, `campaign_not_running`, \
            `campaign_not_begun`, `campaign_over`"),
    ),
)]
pub async fn redeem_code(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    write: Write<RedeemCode>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let code = normal(&write.body.code).ok_or(ServiceError::from(Refusal::NotFound("code")))?;
    let campaign = app.campaign_of_code(&mall, code).await?;
    let given = app.give_coupon(&context, (campaign, shopper.member), Giver::Code).await?;
    Ok((StatusCode::CREATED, Written::reply::<Coupon>(&given.coupon, given.coupon.0, &given.outcome)))
}

/// The code that somebody means who types this; what can't be one is none.
fn normal(typed: &str) -> Option<CampaignCode> {
    CampaignCode::new(typed.trim().nfkc().collect::<String>().to_uppercase()).ok()
}

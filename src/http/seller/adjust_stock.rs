//! `POST /seller/v1/stock/{sku}/adjustments`: correcting a count.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Text;
use kernel::id::SkuId;
use product::Stock;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, MerchantCaller, Path, Position, Problem, Version, Write, Written};
use crate::service::ownership::Own;

/// A correction of a count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockAdjustment {
    /// How many more, or fewer if negative; never more fewer than are available.
    delta: i64,
    /// Why, at most 200 characters.
    #[schema(value_type = String, max_length = 200)]
    reason: Text<200>,
}

/// Correct the count of sellable pieces.
#[utoipa::path(
    post,
    path = "/stock/{sku}/adjustments",
    params(
        ("sku" = Uuid, Path, description = "The variant."),
        ("If-Match" = Option<String>, Header, description = "The version of the stock that you counted."),
    ),
    request_body = StockAdjustment,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`stock_below_reserved`"),
        (status = 412, description = "`version_mismatch`"),
        (status = 422, description = "`stock_over_limit`"),
    ),
)]
pub async fn adjust_stock(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(sku): Path<SkuId>,
    seen: IfMatch,
    write: Write<StockAdjustment>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, sku).seen(seen.0);
    let StockAdjustment { delta, reason } = write.body;
    let outcome = app.adjust_own_stock(&context, own, delta, reason).await?;
    Ok((StatusCode::CREATED, Written::reply::<Stock>(&sku, sku.0, &outcome)))
}

//! `POST /seller/v1/stock/{sku}/receipts`: pieces that arrived.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Quantity;
use kernel::id::SkuId;
use product::Stock;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, MerchantCaller, Path, Position, Problem, Version, Write, Written};
use crate::service::ownership::Own;

/// Pieces that arrived.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReceipt {
    /// How many: 1 to 1,000,000.
    #[schema(value_type = u32, minimum = 1, maximum = 1_000_000)]
    quantity: Quantity,
}

/// Take pieces in.
#[utoipa::path(
    post,
    path = "/stock/{sku}/receipts",
    params(
        ("sku" = Uuid, Path, description = "The variant."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = StockReceipt,
    responses(
        (status = 201, body = Written),
        (status = 422, description = "`stock_over_limit`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn receive_stock(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(sku): Path<SkuId>,
    seen: IfMatch,
    write: Write<StockReceipt>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, sku).seen(seen.0);
    let outcome = app.receive_own_stock(&context, own, write.body.quantity).await?;
    Ok((StatusCode::CREATED, Written::reply::<Stock>(&sku, sku.0, &outcome)))
}

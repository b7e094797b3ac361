//! The route table: every address of this house on one page. Never here: anything that an endpoint does.
//!
//! An endpoint is one file under its surface's folder (`http/storefront/place_order.rs`) with one handler under
//! `#[utoipa::path]`, a `mod` line in the surface's file and a line here.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::storefront;
use crate::app::App;

/// Every surface under its prefix.
pub fn table() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/storefront/v1", for_shoppers())
        .nest("/seller/v1", for_merchants())
        .nest("/admin/v1", for_operators())
        .nest("/finance/v1", for_finance())
        .nest("/webhooks", for_gateways())
}

/// For shoppers.
fn for_shoppers() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(storefront::register_member::register_member))
}

/// For merchants.
fn for_merchants() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

/// For operators.
fn for_operators() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

/// For finance: exports.
fn for_finance() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

/// For gateways, which tell by webhook what became of a call.
fn for_gateways() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

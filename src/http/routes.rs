//! The route table: every address of this house on one page. Never here: anything that an endpoint does.
//!
//! An endpoint is one file under its surface's folder (`http/storefront/place_order.rs`) with one handler under
//! `#[utoipa::path]`, a `mod` line in the surface's file and a line here.

use utoipa_axum::router::OpenApiRouter;

/// Every surface under its prefix.
pub fn table<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
        .nest("/storefront/v1", storefront())
        .nest("/seller/v1", seller())
        .nest("/admin/v1", admin())
        .nest("/finance/v1", finance())
        .nest("/webhooks", webhooks())
}

/// For shoppers.
fn storefront<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
}

/// For merchants.
fn seller<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
}

/// For operators.
fn admin<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
}

/// For finance: exports.
fn finance<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
}

/// For gateways, which tell by webhook what became of a call.
fn webhooks<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    OpenApiRouter::new()
}

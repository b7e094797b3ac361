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
    OpenApiRouter::new()
        .routes(routes!(storefront::register_member::register_member))
        .routes(routes!(storefront::show_own_account::show_own_account))
        .routes(routes!(storefront::change_own_password::change_own_password))
        .routes(routes!(storefront::log_in_member::log_in_member))
        .routes(routes!(storefront::refresh_member_session::refresh_member_session))
        .routes(routes!(storefront::log_out_member::log_out_member))
        .routes(routes!(storefront::browse_categories::browse_categories))
        .routes(routes!(storefront::browse_products::browse_products))
        .routes(routes!(storefront::show_product_page::show_product_page))
        .routes(routes!(storefront::show_cart::show_cart, storefront::empty_cart::empty_cart))
        .routes(routes!(storefront::add_to_cart::add_to_cart))
        .routes(routes!(
            storefront::change_cart_item::change_cart_item,
            storefront::remove_cart_item::remove_cart_item
        ))
        .routes(routes!(storefront::merge_carts::merge_carts))
        .routes(routes!(storefront::place_order::place_order))
        .routes(routes!(storefront::list_own_orders::list_own_orders))
        .routes(routes!(storefront::show_own_order::show_own_order))
        .routes(routes!(storefront::pay_order::pay_order))
        .routes(routes!(storefront::cancel_order::cancel_order))
        .routes(routes!(storefront::confirm_purchase::confirm_purchase))
        .routes(routes!(
            storefront::hold_confirmation::hold_confirmation,
            storefront::release_confirmation::release_confirmation
        ))
        .routes(routes!(storefront::track_order::track_order))
        .routes(routes!(storefront::request_own_claim::request_own_claim))
        .routes(routes!(storefront::list_own_claims::list_own_claims))
        .routes(routes!(storefront::show_own_claim::show_own_claim))
        .routes(routes!(storefront::withdraw_claim::withdraw_claim))
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

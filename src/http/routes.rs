//! The route table: every address of this house on one page. Never here: anything that an endpoint does.
//!
//! An endpoint is one file under its surface's folder (`http/storefront/place_order.rs`) with one handler under
//! `#[utoipa::path]`, a `mod` line in the surface's file and a line here.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{seller, storefront, webhooks};
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
        .routes(routes!(seller::apply::apply))
        .routes(routes!(seller::log_in::log_in))
        .routes(routes!(seller::refresh_session::refresh_session))
        .routes(routes!(seller::log_out::log_out))
        .routes(routes!(seller::show_merchant::show_merchant))
        .routes(routes!(seller::issue_api_key::issue_api_key, seller::list_api_keys::list_api_keys))
        .routes(routes!(seller::revoke_api_key::revoke_api_key))
        .routes(routes!(seller::request_bank_account_change::request_bank_account_change))
        .routes(routes!(
            seller::set_delivery_policy::set_delivery_policy,
            seller::show_delivery_policy::show_delivery_policy
        ))
        .routes(routes!(seller::draft_product::draft_product, seller::list_products::list_products))
        .routes(routes!(seller::show_product::show_product, seller::edit_product::edit_product))
        .routes(routes!(seller::submit_product::submit_product))
        .routes(routes!(seller::suspend_product::suspend_product))
        .routes(routes!(seller::resume_product::resume_product))
        .routes(routes!(seller::discontinue_product::discontinue_product))
        .routes(routes!(seller::set_price::set_price))
        .routes(routes!(seller::set_prices::set_prices))
        .routes(routes!(seller::list_categories::list_categories))
        .routes(routes!(seller::list_stock::list_stock))
        .routes(routes!(seller::receive_stock::receive_stock))
        .routes(routes!(seller::adjust_stock::adjust_stock))
        .routes(routes!(seller::list_orders::list_orders))
        .routes(routes!(seller::show_order::show_order))
        .routes(routes!(seller::cancel_lines::cancel_lines))
        .routes(routes!(seller::list_shipments::list_shipments))
        .routes(routes!(seller::show_shipment::show_shipment))
        .routes(routes!(seller::accept_shipment::accept_shipment))
        .routes(routes!(seller::dispatch_shipment::dispatch_shipment))
        .routes(routes!(seller::explain_delay::explain_delay))
        .routes(routes!(seller::report_scan::report_scan))
        .routes(routes!(seller::list_claims::list_claims))
        .routes(routes!(seller::show_claim::show_claim))
        .routes(routes!(seller::approve_claim::approve_claim))
        .routes(routes!(seller::accept_claim::accept_claim))
        .routes(routes!(seller::reject_claim::reject_claim))
        .routes(routes!(seller::inspect_claim::inspect_claim))
        .routes(routes!(seller::hold_claim::hold_claim))
        .routes(routes!(seller::resume_claim::resume_claim))
        .routes(routes!(seller::list_statements::list_statements))
        .routes(routes!(seller::show_statement::show_statement))
        .routes(routes!(seller::list_statement_items::list_statement_items))
        .routes(routes!(seller::confirm_statement::confirm_statement))
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
    OpenApiRouter::new().routes(routes!(webhooks::carrier::take_scan))
}

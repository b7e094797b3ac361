//! The route table: every address of this house on one page. Never here: anything that an endpoint does.
//!
//! An endpoint is one file under its surface's folder (`http/storefront/place_order.rs`) with one handler under
//! `#[utoipa::path]`, a `mod` line in the surface's file and a line here.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{admin, finance, seller, storefront, webhooks};
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
        .routes(routes!(storefront::list_coupons_to_take::list_coupons_to_take))
        .routes(routes!(storefront::take_coupon::take_coupon))
        .routes(routes!(storefront::redeem_code::redeem_code, storefront::list_own_coupons::list_own_coupons))
        .routes(routes!(storefront::show_own_points::show_own_points))
        .routes(routes!(storefront::own_points_history::own_points_history))
        .routes(routes!(storefront::quote_order::quote_order))
        .routes(routes!(storefront::place_order::place_order))
        .routes(routes!(storefront::list_own_orders::list_own_orders))
        .routes(routes!(storefront::show_own_order::show_own_order))
        .routes(routes!(storefront::own_order_history::own_order_history))
        .routes(routes!(storefront::pay_order::pay_order))
        .routes(routes!(storefront::return_to_payment::return_to_payment))
        .routes(routes!(storefront::own_cash_receipt::own_cash_receipt))
        .routes(routes!(storefront::cancel_order::cancel_order))
        .routes(routes!(storefront::confirm_purchase::confirm_purchase))
        .routes(routes!(
            storefront::hold_confirmation::hold_confirmation,
            storefront::release_confirmation::release_confirmation
        ))
        .routes(routes!(storefront::track_order::track_order))
        .routes(routes!(storefront::show_gift::show_gift))
        .routes(routes!(storefront::accept_gift::accept_gift))
        .routes(routes!(storefront::decline_gift::decline_gift))
        .routes(routes!(storefront::request_own_claim::request_own_claim))
        .routes(routes!(storefront::list_own_claims::list_own_claims))
        .routes(routes!(storefront::show_own_claim::show_own_claim))
        .routes(routes!(storefront::own_claim_history::own_claim_history))
        .routes(routes!(storefront::withdraw_claim::withdraw_claim))
}

/// For merchants.
fn for_merchants() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(seller::apply::apply))
        .routes(routes!(seller::log_in::log_in))
        .routes(routes!(seller::refresh_session::refresh_session))
        .routes(routes!(seller::log_out::log_out))
        .routes(routes!(seller::change_password::change_password))
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
        .routes(routes!(seller::limit_purchases::limit_purchases))
        .routes(routes!(seller::set_price::set_price))
        .routes(routes!(seller::set_prices::set_prices))
        .routes(routes!(seller::launch_campaign::launch_campaign, seller::list_campaigns::list_campaigns))
        .routes(routes!(seller::show_campaign::show_campaign))
        .routes(routes!(seller::steer_campaign::steer_campaign))
        .routes(routes!(seller::list_categories::list_categories))
        .routes(routes!(seller::list_stock::list_stock))
        .routes(routes!(seller::show_stock::show_stock))
        .routes(routes!(seller::stock_history::stock_history))
        .routes(routes!(seller::receive_stock::receive_stock))
        .routes(routes!(seller::adjust_stock::adjust_stock))
        .routes(routes!(seller::list_orders::list_orders))
        .routes(routes!(seller::show_order::show_order))
        .routes(routes!(seller::order_history::order_history))
        .routes(routes!(seller::cancel_lines::cancel_lines))
        .routes(routes!(seller::return_confirmed::return_confirmed))
        .routes(routes!(seller::list_shipments::list_shipments))
        .routes(routes!(seller::show_shipment::show_shipment))
        .routes(routes!(seller::accept_shipment::accept_shipment))
        .routes(routes!(seller::dispatch_shipment::dispatch_shipment))
        .routes(routes!(seller::explain_delay::explain_delay))
        .routes(routes!(seller::report_scan::report_scan))
        .routes(routes!(seller::list_claims::list_claims))
        .routes(routes!(seller::show_claim::show_claim))
        .routes(routes!(seller::claim_history::claim_history))
        .routes(routes!(seller::approve_claim::approve_claim))
        .routes(routes!(seller::accept_claim::accept_claim))
        .routes(routes!(seller::reject_claim::reject_claim))
        .routes(routes!(seller::inspect_claim::inspect_claim))
        .routes(routes!(seller::hold_claim::hold_claim))
        .routes(routes!(seller::resume_claim::resume_claim))
        .routes(routes!(seller::list_statements::list_statements))
        .routes(routes!(seller::show_statement::show_statement))
        .routes(routes!(seller::statement_history::statement_history))
        .routes(routes!(seller::list_statement_items::list_statement_items))
        .routes(routes!(seller::confirm_statement::confirm_statement))
}

/// For operators.
fn for_operators() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(admin::log_in::log_in))
        .routes(routes!(admin::refresh_session::refresh_session))
        .routes(routes!(admin::log_out::log_out))
        .routes(routes!(admin::change_password::change_password))
        .routes(routes!(admin::list_operators::list_operators, admin::create_operator::create_operator))
        .routes(routes!(admin::set_operator_roles::set_operator_roles))
        .routes(routes!(admin::disable_operator::disable_operator))
        .routes(routes!(admin::enable_operator::enable_operator))
        .routes(routes!(admin::list_merchants::list_merchants))
        .routes(routes!(admin::show_merchant::show_merchant))
        .routes(routes!(admin::approve_merchant::approve_merchant))
        .routes(routes!(admin::reject_merchant::reject_merchant))
        .routes(routes!(admin::suspend_merchant::suspend_merchant))
        .routes(routes!(admin::resume_merchant::resume_merchant))
        .routes(routes!(admin::agree_contract::agree_contract))
        .routes(routes!(admin::bank_accounts::bank_accounts))
        .routes(routes!(admin::approve_bank_account::approve_bank_account))
        .routes(routes!(admin::reject_bank_account::reject_bank_account))
        .routes(routes!(admin::define_category::define_category))
        .routes(routes!(admin::edit_category::edit_category))
        .routes(routes!(admin::retire_category::retire_category))
        .routes(routes!(
            admin::show_display_tree::show_display_tree,
            admin::add_display_category::add_display_category
        ))
        .routes(routes!(
            admin::edit_display_category::edit_display_category,
            admin::remove_display_category::remove_display_category
        ))
        .routes(routes!(admin::review_queue::review_queue))
        .routes(routes!(admin::approve_product::approve_product))
        .routes(routes!(admin::reject_product::reject_product))
        .routes(routes!(admin::suspend_product::suspend_product))
        .routes(routes!(admin::resume_product::resume_product))
        .routes(routes!(admin::search_orders::search_orders))
        .routes(routes!(admin::show_order::show_order))
        .routes(routes!(admin::order_history::order_history))
        .routes(routes!(admin::show_cash_receipt::show_cash_receipt))
        .routes(routes!(admin::launch_campaign::launch_campaign, admin::list_campaigns::list_campaigns))
        .routes(routes!(admin::show_campaign::show_campaign))
        .routes(routes!(admin::steer_campaign::steer_campaign))
        .routes(routes!(
            admin::grant_coupon::grant_coupon,
            admin::list_campaign_coupons::list_campaign_coupons
        ))
        .routes(routes!(admin::show_stock::show_stock))
        .routes(routes!(admin::stock_history::stock_history))
        .routes(routes!(admin::claim_queue::claim_queue))
        .routes(routes!(admin::show_claim::show_claim))
        .routes(routes!(admin::claim_history::claim_history))
        .routes(routes!(admin::grant_claim::grant_claim))
        .routes(routes!(admin::reject_claim::reject_claim))
        .routes(routes!(admin::return_confirmed::return_confirmed))
        .routes(routes!(admin::refund_claim::refund_claim))
        .routes(routes!(admin::request_pickup::request_pickup))
        .merge(for_operators_of_members())
        .merge(for_operators_of_the_machinery())
}

/// For operators: members, their grades and points.
fn for_operators_of_members() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(admin::list_members::list_members))
        .routes(routes!(admin::set_grade::set_grade))
        .routes(routes!(admin::grade_history::grade_history))
        .routes(routes!(admin::show_points::show_points, admin::grant_points::grant_points))
        .routes(routes!(admin::points_history::points_history))
        .routes(routes!(admin::revoke_points::revoke_points))
}

/// For operators: sagas, timers, read models, the sandbox.
fn for_operators_of_the_machinery() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(admin::list_parked::list_parked))
        .routes(routes!(admin::retry_parked::retry_parked))
        .routes(routes!(admin::retry_all_parked::retry_all_parked))
        .routes(routes!(admin::resolve_parked::resolve_parked))
        .routes(routes!(admin::compensate_parked::compensate_parked))
        .routes(routes!(admin::list_postponed::list_postponed))
        .routes(routes!(admin::list_unheard::list_unheard))
        .routes(routes!(admin::hear_unheard::hear_unheard))
        .routes(routes!(admin::list_timers::list_timers))
        .routes(routes!(admin::list_projections::list_projections))
        .routes(routes!(admin::show_clock::show_clock))
        .routes(routes!(admin::advance_clock::advance_clock))
        .routes(routes!(admin::deposit::deposit))
        .routes(routes!(admin::authenticate::authenticate))
}

/// For finance: exports.
fn for_finance() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(finance::list_statements::list_statements))
        .routes(routes!(finance::show_statement::show_statement))
        .routes(routes!(finance::statement_history::statement_history))
        .routes(routes!(finance::list_items::list_items))
        .routes(routes!(finance::explain_item::explain_item))
        .routes(routes!(finance::export_statement::export_statement))
        .routes(routes!(finance::retry_payout::retry_payout))
        .routes(routes!(finance::trial_balance::trial_balance))
        .routes(routes!(finance::ledger::ledger))
        .routes(routes!(finance::changes::changes))
        .routes(routes!(finance::list_cash_receipts::list_cash_receipts))
        .routes(routes!(finance::export_cash_receipts::export_cash_receipts))
        .routes(routes!(finance::whole_cash_receipt::whole_cash_receipt))
}

/// For gateways, which tell by webhook what became of a call.
fn for_gateways() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(webhooks::payment::payment))
        .routes(routes!(webhooks::stripe::stripe))
        .routes(routes!(webhooks::carrier::take_scan))
}

//! Endpoints for shoppers, under /storefront/v1: one file each. The addresses stand in [`super::routes`].

mod came_by;
mod cart_caller;
mod cart_view;
mod claim_view;
mod gift_body;
mod gift_view;
mod item_to_buy;
mod limit_view;
mod member_tokens;
mod order_payment;
mod order_view;
mod points_entry;
mod quote_view;
mod recipient_body;
mod shipment_view;
mod tax_view;

pub mod change_own_password;
pub mod log_in_member;
pub mod log_out_member;
pub mod refresh_member_session;
pub mod register_member;
pub mod show_own_account;

pub mod browse_categories;
pub mod browse_products;
pub mod show_product_page;

pub mod add_to_cart;
pub mod change_cart_item;
pub mod empty_cart;
pub mod merge_carts;
pub mod remove_cart_item;
pub mod show_cart;

pub mod list_coupons_to_take;
pub mod list_own_coupons;
pub mod redeem_code;
pub mod take_coupon;

pub mod own_points_history;
pub mod show_own_points;

pub mod cancel_order;
pub mod confirm_purchase;
pub mod hold_confirmation;
pub mod list_own_orders;
pub mod own_cash_receipt;
pub mod own_order_history;
pub mod pay_order;
pub mod place_order;
pub mod quote_order;
pub mod release_confirmation;
pub mod return_to_payment;
pub mod show_own_order;
pub mod track_order;

pub mod accept_gift;
pub mod decline_gift;
pub mod show_gift;

pub mod list_own_claims;
pub mod own_claim_history;
pub mod request_own_claim;
pub mod show_own_claim;
pub mod withdraw_claim;

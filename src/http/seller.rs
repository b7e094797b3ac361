//! Endpoints for merchants, under /seller/v1: one file each. The addresses stand in [`super::routes`].
//!
//! A merchant sees and changes only what is its own; another's thing is answered like one that doesn't exist.

pub mod apply;
pub mod change_password;
pub mod log_in;
pub mod log_out;
pub mod refresh_session;
pub mod session;

pub mod issue_api_key;
pub mod list_api_keys;
pub mod request_bank_account_change;
pub mod revoke_api_key;
pub mod show_merchant;

pub mod delivery_policy;
pub mod set_delivery_policy;
pub mod show_delivery_policy;

pub mod discontinue_product;
pub mod draft_product;
pub mod edit_product;
pub mod limit_purchases;
pub mod list_categories;
pub mod list_products;
pub mod product;
pub mod resume_product;
pub mod set_price;
pub mod set_prices;
pub mod show_product;
pub mod submit_product;
pub mod suspend_product;

pub mod launch_campaign;
pub mod list_campaigns;
pub mod show_campaign;
pub mod steer_campaign;

pub mod adjust_stock;
pub mod list_stock;
pub mod receive_stock;
pub mod show_stock;
pub mod stock_history;

pub mod list_orders;
pub mod order;
pub mod order_history;
pub mod show_order;

pub mod accept_shipment;
pub mod dispatch_shipment;
pub mod explain_delay;
pub mod list_shipments;
pub mod report_scan;
pub mod shipment;
pub mod show_shipment;

pub mod accept_claim;
pub mod approve_claim;
pub mod cancel_lines;
pub mod claim;
pub mod claim_history;
pub mod hold_claim;
pub mod inspect_claim;
pub mod list_claims;
pub mod reject_claim;
pub mod resume_claim;
pub mod return_confirmed;
pub mod show_claim;

pub mod confirm_statement;
pub mod list_statement_items;
pub mod list_statements;
pub mod show_statement;
pub mod statement;
pub mod statement_history;

use super::{Json, Position, Problem, Version, Written};

/// What a write to a merchant's thing answers.
type Changed = Result<(Position, Version, Json<Written>), Problem>;

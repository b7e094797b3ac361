//! Endpoints for operators, under /admin/v1: one file each. The addresses stand in [`super::routes`].

pub mod change_password;
pub mod log_in;
pub mod log_out;
pub mod refresh_session;
mod session;

pub mod create_operator;
pub mod disable_operator;
pub mod enable_operator;
pub mod list_operators;
pub mod set_operator_roles;

pub mod agree_contract;
pub mod approve_bank_account;
pub mod approve_merchant;
pub mod bank_accounts;
mod contract;
pub mod list_merchants;
pub mod managed_merchant;
mod reasoned;
pub mod reject_bank_account;
pub mod reject_merchant;
pub mod resume_merchant;
pub mod show_merchant;
pub mod suspend_merchant;

mod category_written;
pub mod define_category;
pub mod edit_category;
mod patched;
pub mod retire_category;

pub mod add_display_category;
pub mod edit_display_category;
pub mod remove_display_category;
pub mod show_display_tree;

pub mod approve_product;
pub mod reject_product;
pub mod resume_product;
pub mod review_queue;
pub mod suspend_product;

pub mod managed_order;
pub mod order_history;
pub mod search_orders;
pub mod show_cash_receipt;
pub mod show_order;

pub mod grant_coupon;
pub mod launch_campaign;
pub mod list_campaign_coupons;
pub mod list_campaigns;
pub mod show_campaign;
pub mod steer_campaign;

pub mod grade_history;
pub mod list_members;
pub mod set_grade;

pub mod grant_points;
pub mod points_history;
pub mod revoke_points;
pub mod show_points;

pub mod claim_history;
pub mod claim_queue;
pub mod grant_claim;
pub mod managed_claim;
pub mod refund_claim;
pub mod reject_claim;
pub mod request_pickup;
pub mod return_confirmed;
pub mod show_claim;

pub mod show_stock;
pub mod stock_history;

pub mod compensate_parked;
pub mod hear_unheard;
mod held_command;
pub mod list_parked;
pub mod list_postponed;
pub mod list_timers;
pub mod list_unheard;
pub mod resolve_parked;
pub mod retry_all_parked;
pub mod retry_parked;

pub mod list_projections;

pub mod advance_clock;
pub mod authenticate;
pub mod deposit;
mod sandbox;
pub mod show_clock;

use super::{Json, Position, Version, Written};

/// What a write to one aggregate answers.
type Changed = (Position, Version, Json<Written>);

//! Endpoints for finance (statements, ledger, exports), under /finance/v1: one file each. The addresses stand in
//! [`super::routes`]. The callers are operators with the role `finance`.

mod booked_item;
mod booked_line;
pub mod booked_statement;
mod file;

pub mod explain_item;
pub mod export_statement;
pub mod list_items;
pub mod list_statements;
pub mod retry_payout;
pub mod show_statement;
pub mod statement_history;

pub mod export_cash_receipts;
pub mod list_cash_receipts;

pub mod changes;
pub mod ledger;
pub mod trial_balance;
pub mod whole_cash_receipt;

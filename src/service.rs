//! What the application can do, one file per area: each use reads what it needs, asks the deciders, commits once.
//!
//! HTTP endpoints, the command line, imports and sagas all come through here. Never here: a rule that belongs to one
//! context (it is in that context's decider), or anything about HTTP.

pub mod back_office;
pub mod bank_accounts;
pub mod campaigns;
pub mod cart;
pub mod cash_receipts;
pub mod catalog;
pub mod categories;
pub mod checkout;
pub mod claim_handling;
pub mod claims;
pub mod confirmed_returns;
pub mod dispatch;
pub mod earning;
pub mod error;
pub mod exports;
pub mod fulfilment;
pub mod gifts;
pub mod issue;
pub mod members;
pub mod merchandise;
pub mod merchants;
pub mod notices;
pub mod operators;
pub mod operators_word;
pub mod ownership;
pub mod parked;
pub mod passwords;
pub mod payments;
pub mod personal;
pub mod points;
pub mod product_edit;
mod purchase_limits;
pub mod purchases;
pub mod quoting;
pub mod receipt_lists;
pub mod redemption;
pub mod refunding;
pub mod refunds;
pub mod request;
pub mod saga_standings;
pub mod sessions;
pub mod settling;
pub mod statements;
pub mod tracking;
pub mod waiting;
pub mod workings;

pub use error::{Refusal, ServiceError};

//! Finance: statements and the ledger behind them.

mod carries;
mod claims;
mod exports;
mod ledger;
mod payouts;
pub mod settled;
mod statements;

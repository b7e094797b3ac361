//! Finance: statements and the ledger behind them.

mod carries;
mod claims;
mod exports;
mod ledger;
mod payouts;
mod settled;
mod statements;

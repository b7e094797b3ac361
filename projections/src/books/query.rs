//! What the API and the exports ask of the books. Reads only.

mod item;
mod ledger;
mod receipt;
mod statement;

pub use item::{BookedItem, Explained, ItemCursor, SettledMerchant};
pub use item::{explain, export_rows, items, settled_by_merchant};
pub use ledger::{AccountBalance, LedgerCursor, LedgerFilter, LedgerLine};
pub use ledger::{ledger, ledger_after, trial_balance};
pub use receipt::{Receipt, ReceiptCursor, ReceiptFilter, receipts, receipts_to_export};
pub use statement::{Carry, Statement, StatementCursor, StatementFilter};
pub use statement::{carries, statement, statements, statements_of_period};

//! The ledger: double entry, append-only. Accounts, entries that balance by construction, and the trial balance.
//!
//! Never here: which business fact makes which entry (see [`posting`](crate::posting)).

mod account;
mod entry;
mod trial_balance;

pub use account::{Account, Side};
pub use entry::{Entry, EntryError, EntryKind, EntryLine, Source};
pub use trial_balance::{Balance, TrialBalance};

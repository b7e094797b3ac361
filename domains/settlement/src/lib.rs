//! Settlement (정산): what a merchant is owed, why, and when it was paid. Statements, and the ledger behind them.
//!
//! One aggregate, [`Statement`] (정산서), per merchant, mall and period:
//!
//! ```text
//!  (absent) ─accrue/claim/carry in──▶ Open ─close─▶ Closed ─confirm─▶ Confirmed ─request payout─┐
//!                                     ▲  │                                                     │
//!                 accrue, claim,  ────┘──┘             nothing due, little, or withheld ◀──────┤
//!                 carry in                                        │                            ▼
//!                                                            CarriedOver            PayoutRequested ─record─▶ Paid
//!                                                                                      │         ▲
//!                                                                               failure│         │retry
//!                                                                                      ▼         │
//!                                                                                     PayoutFailed
//! ```
//!
//! Invariants: debits equal credits in every [`ledger::Entry`]; an item's parts add up; a closed statement's hash
//! never changes; a correction is a new item, never an edit. Never here: IO, a clock, other contexts' events,
//! bank account numbers.

pub mod accrual;
pub mod chain;
pub mod claim_fee;
pub mod command;
pub mod cycle;
pub mod decide;
pub mod event;
pub mod export;
pub mod item;
pub mod ledger;
pub mod policy;
pub mod posting;
pub mod rejection;
pub mod reversal;
pub mod state;
pub mod totals;
pub mod value;

pub use command::Command;
pub use decide::Statement;
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Phase, State};

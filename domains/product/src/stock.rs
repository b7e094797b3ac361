//! The stock (재고) of one SKU: how many pieces are there, and for which orders some of them are kept.
//!
//! Never here: prices, or why an order wants pieces. The log deduplicates by command id, so the same pieces received
//! under two command ids are two receipts; likewise a reservation, since two lines of an order may share a SKU.

pub mod command;
pub mod decide;
pub mod event;
mod fold;
pub mod policy;
pub mod rejection;
pub mod state;
pub mod value;

pub use command::Command;
pub use decide::Stock;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
pub use value::{Condition, Item, Levels};

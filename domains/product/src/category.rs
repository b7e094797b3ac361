//! A category of the standard classification: each one an aggregate that names its parent.
//!
//! Never here: display categories (another context), or rules over several categories. That a move makes no cycle, and
//! that a parent exists and isn't retired, is the application's check over the read model: one category can't see it.

pub mod command;
pub mod decide;
pub mod event;
pub mod rejection;
pub mod state;
pub mod value;

pub use command::Command;
pub use decide::Category;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
pub use value::{CategoryCode, CategoryCodeError};

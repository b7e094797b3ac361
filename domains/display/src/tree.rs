//! The tree of display categories of one mall, apart from the standard classification.
//!
//! Never here: products. A category names the standard categories whose products it shows; read models join the rest.

pub mod command;
pub mod decide;
pub mod event;
mod fold;
pub mod policy;
pub mod rejection;
pub mod state;
pub mod value;

pub use command::Command;
pub use decide::DisplayTree;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
pub use value::{DisplayCategory, SourceCode};

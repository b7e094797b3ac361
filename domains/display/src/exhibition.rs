//! An exhibition (기획전): products in sections, shown in a mall for a period.
//!
//! Never here: whether a product can be bought; a read model leaves out those that can't.

pub mod command;
pub mod decide;
pub mod event;
pub mod policy;
pub mod rejection;
pub mod state;
pub mod value;

pub use command::Command;
pub use decide::Exhibition;
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Content, Phase, State};
pub use value::{ExhibitionId, Section};

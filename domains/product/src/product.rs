//! The product: what a merchant sells, with its options, prices and review. One module per idea, in reading order.
//!
//! Never here: numbers of pieces (see [`stock`](crate::stock)) or which display categories show it.
pub mod command;
pub mod decide;
pub mod event;
mod fold;
pub mod policy;
pub mod rejection;
pub mod state;
pub mod value;

pub use command::Command;
pub use decide::Product;
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Phase, State};
pub use value::{Details, MemberMaximum, OptionAxis, Party, PurchaseLimits, Sale, Sku, Tax};

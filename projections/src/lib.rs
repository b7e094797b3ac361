//! Read models: everything here can be thrown away and built again from the log.
//!
//! A [`Projection`] maps commits to rows (pure) and rows to SQL (thin). [`runner`] follows the log and moves the
//! checkpoint in the same transaction as the rows; [`build`] lets a new shape grow beside the old one and take over.
//! Never here: a decision, a write to the log.

pub mod books;
pub mod build;
pub mod campaigns;
pub mod catalog;
pub mod checkpoint;
pub mod checksum;
pub mod claims;
mod column;
pub mod comparison;
pub mod deliveries;
pub mod error;
pub mod intervention;
pub mod lag;
pub mod metrics;
pub mod news;
pub mod orders;
pub mod page;
mod patch;
pub mod people;
pub mod projection;
mod reader;
pub mod runner;
mod touched;
mod worker;

pub use build::Build;
pub use comparison::{Comparison, ComparisonError, compare};
pub use error::ProjectionError;
pub use lag::{Lag, lag};
pub use page::{Cursor, Page};
pub use projection::Projection;
pub use runner::run;

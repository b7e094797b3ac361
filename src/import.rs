//! Imports: other marketplaces' records, driven through the very commands that the APIs use.
//!
//! Never here: a way around a decider. What a rule refuses is a finding of the import's report.

pub mod olist;

pub use olist::report::Report;
pub use olist::{ImportWorld, import_olist, write_results};

//! The rules of the house, as tests. Each failure names the place and says what to do.
//!
//! What clippy knows (functions over 60 lines, panics, missing docs) is left to clippy. Nothing here needs a server.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod source;

mod files;
mod golden;
mod knows;
mod operations;
mod read_models;
mod withheld;
mod words;

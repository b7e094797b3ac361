//! The back office.

mod catalogue;
mod claims;
mod merchants;
mod operators;
mod orders;
mod points;
mod sandbox;
mod sessions;
mod waiting;
mod workings;

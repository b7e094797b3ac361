//! The people's tables against a real PostgreSQL, fed by real deciders; each test has a database of its own.
//!
//! Each module says `cfg(test)`, so that clippy knows its helpers for tests too: these may panic.

#[cfg(test)]
#[path = "../catalog/house.rs"]
mod house;

#[cfg(test)]
mod people;

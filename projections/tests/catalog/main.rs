//! The catalogue against a real PostgreSQL, fed by real deciders; each test has a database of its own.
//!
//! Each module says `cfg(test)`, so that clippy knows its helpers for tests too: these may panic.

#[cfg(test)]
mod house;
#[cfg(test)]
mod market;

#[cfg(test)]
mod managing;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod shelves;
#[cfg(test)]
mod showing;

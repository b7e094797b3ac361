//! The coordinator on a log in memory and a real PostgreSQL, with a saga of its own.
//!
//! Each test has a database of its own; the server comes from the environment that `scripts/test` sets.

#[cfg(test)]
mod bell;
#[cfg(test)]
mod gong;
#[cfg(test)]
mod house;
#[cfg(test)]
mod issuer;

#[cfg(test)]
mod operator;
#[cfg(test)]
mod parking;
#[cfg(test)]
mod poison;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod timers;
#[cfg(test)]
mod waiting;

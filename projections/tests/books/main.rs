//! The books, from commits by real deciders in an in-memory log to answers from a real PostgreSQL.

#[cfg(test)]
mod exports;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod money;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod world;

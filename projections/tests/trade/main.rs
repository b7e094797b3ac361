//! The read models of trade (orders, deliveries, claims, campaigns) against a real PostgreSQL and an in-memory log.
//!
//! Histories are made by the deciders. Nothing sleeps: a test waits for the position it wrote. Each test has a
//! database of its own on the server of `JANGTEO_DATABASE_URL`.

#[cfg(test)]
mod handing_out;
#[cfg(test)]
mod house;
#[cfg(test)]
mod story;
#[cfg(test)]
mod words;

#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod comparison;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod orders;

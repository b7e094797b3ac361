//! The runner itself, with read models made for it, against a real PostgreSQL and an in-memory log.
//!
//! Nothing sleeps: a test waits for a checkpoint or a note. Each test has a database of its own on the server of
//! `JANGTEO_DATABASE_URL`.

#[cfg(test)]
mod house;
#[cfg(test)]
mod models;

#[cfg(test)]
mod interventions;
#[cfg(test)]
mod lag;
#[cfg(test)]
mod poison;
#[cfg(test)]
mod rebuild;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod revision;
#[cfg(test)]
mod workers;

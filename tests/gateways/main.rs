//! The vault, the sandbox gateway and the sandbox bank on a real PostgreSQL, each test in a database of its own. The
//! server is the one of `JANGTEO_DATABASE_URL`, whose user may make databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

mod bank;
mod captures;
mod database;
mod gateway;
mod receiver;
mod refunds;
mod vault;
mod webhooks;

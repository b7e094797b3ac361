//! The vault, the snapshots, the sandbox gateway, Stripe's and the sandbox bank on a real PostgreSQL, each test in a database of its own. The
//! server is the one of `JANGTEO_DATABASE_URL`, whose user may make databases.

#[cfg(test)]
mod away;
#[cfg(test)]
mod bank;
#[cfg(test)]
mod captures;
#[cfg(test)]
#[path = "../support/cutter.rs"]
mod cutter;
#[cfg(test)]
mod database;
#[cfg(test)]
#[path = "../support/stripe.rs"]
#[expect(dead_code, reason = "only who serves HTTP is told by webhook")]
mod double;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod refunds;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod stripe;
#[cfg(test)]
mod vault;
#[cfg(test)]
mod webhooks;

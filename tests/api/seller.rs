//! The seller API. Operators' and shoppers' acts are played through the services: their APIs have tests of their own.

mod account;
mod campaigns;
mod claims;
mod confirmed_returns;
pub mod market;
mod orders;
mod products;
mod refusals;
mod routes;
mod shipments;
mod statements;
mod stock;

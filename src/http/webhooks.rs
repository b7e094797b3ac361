//! Endpoints that gateways call, under /webhooks: one file each. The addresses stand in [`super::routes`].

pub mod carrier;
pub mod payment;
pub mod signed;
pub mod stripe;

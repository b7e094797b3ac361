//! What gateways tell.

mod carrier;
mod payment;

//! What gateways tell.

mod payment;

//! Endpoints for shoppers, under /storefront/v1: one file each. The addresses stand in [`super::routes`].

pub mod register_member;

//! The storefront API.

mod members;

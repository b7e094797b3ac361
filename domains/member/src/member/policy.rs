//! The limits of a member's account, each with its name.

/// The most addresses in one address book.
pub const ADDRESSES_MAX: usize = 20;

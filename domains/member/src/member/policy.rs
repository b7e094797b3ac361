//! The limits of a member's account, each with its name.

/// The most addresses in one address book.
pub const ADDRESSES_MAX: usize = 20;
/// How many grades of a member are remembered with their instants; the oldest is forgotten first.
pub const GRADES_REMEMBERED: usize = 100;

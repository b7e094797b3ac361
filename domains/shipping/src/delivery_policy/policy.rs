//! The rules of delivery policies that may change, each with a name.

/// Longest promise from payment to dispatch, in days.
pub const MAX_DISPATCH_DAYS: u16 = 60;
/// Days from payment to dispatch for a merchant who never said.
pub const DEFAULT_DISPATCH_DAYS: u16 = 3;

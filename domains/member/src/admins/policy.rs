//! The limits of the admins, each with its name.

/// The most enabled admins at a time.
pub const ADMINS_MAX: usize = 1_000;

//! The limits of a session, each with its name.

/// How many exchanged secrets a session remembers. An older one is merely unknown: refused, but no longer seen as theft.
pub const EARLIER_HASHES_MAX: usize = 1_000;

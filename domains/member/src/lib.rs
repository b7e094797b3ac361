//! The member context.

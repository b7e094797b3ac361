//! The claim context.

//! The shipping context.

//! The product context.

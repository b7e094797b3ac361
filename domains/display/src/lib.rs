//! The display context.

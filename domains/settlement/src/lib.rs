//! The settlement context.

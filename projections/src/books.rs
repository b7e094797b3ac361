//! books (read model).

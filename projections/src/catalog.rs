//! catalog (read model).

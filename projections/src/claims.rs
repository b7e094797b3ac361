//! claims (read model).

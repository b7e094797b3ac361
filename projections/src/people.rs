//! people (read model).

//! orders (read model).

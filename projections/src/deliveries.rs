//! deliveries (read model).

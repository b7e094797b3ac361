//! To come: carts.

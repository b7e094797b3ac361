//! Endpoints for merchants, under /seller/v1: one file each. The addresses stand in [`super::routes`].

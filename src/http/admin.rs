//! Endpoints for operators, under /admin/v1: one file each. The addresses stand in [`super::routes`].

//! Endpoints for finance (exports), under /finance/v1: one file each. The addresses stand in [`super::routes`].

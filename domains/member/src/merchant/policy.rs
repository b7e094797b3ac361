//! The limits of a merchant, each with its name.

/// The most API keys that are good at the same time.
pub const API_KEYS_LIVE_MAX: usize = 20;
/// The most API keys ever issued; each is remembered, so that a revoked one never comes back.
pub const API_KEYS_ISSUED_MAX: usize = 5_000;
/// The most categories with a rate of their own in one contract.
pub const CATEGORY_RATES_MAX: usize = 500;
/// The most contracts agreed one after the other; each is kept, since orders are settled by the one of their time.
pub const CONTRACTS_MAX: usize = 1_000;

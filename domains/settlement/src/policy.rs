//! Rules of settlement that may change, each with a name. Never here: what a contract says (that is in `Terms`).

/// The most lines one `Accrue` may name.
pub const LINES_MAX: usize = 100;

/// The most returned lines one `SettleClaim` may name: a line comes once for each run in which its pieces were confirmed.
pub const RETURNED_LINES_MAX: usize = 1_000;

/// The most items one statement may hold; a merchant beyond it needs a shorter cycle.
pub const ITEMS_MAX: usize = 100_000;

/// The most former statements whose balance one statement may take over.
pub const CARRIES_MAX: usize = 100;

/// The most payouts tried for one statement, the first included.
pub const PAYOUT_ATTEMPTS_MAX: usize = 100;

/// The longest item key, in characters.
pub const ITEM_KEY_LENGTH_MAX: usize = 120;

/// The longest idempotency key towards the bank, in characters.
pub const PAYOUT_KEY_LENGTH_MAX: usize = 120;

/// The longest reference that a bank may give a transfer, in characters.
pub const BANK_REFERENCE_LENGTH_MAX: usize = 64;

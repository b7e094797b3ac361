//! The limits of an account and how long points stay good, each with its name. Never here: how they are applied.
//!
//! What an account remembers stays bounded: the lots and holds by refusal, the orders and earnings by forgetting the
//! oldest. A hold leaves at most one lot that it touches unfinished, so the parts of all holds and uses grow with what
//! is earned and restored, not with the lots times the orders.

use std::time::Duration;

use kernel::{Amount, Price, Timestamp};

/// The most lots with points, held ones included, beyond which nothing more is earned. A restore is never refused
/// for it.
pub const LOTS_MAX: usize = 1_000;
/// The most points, held ones included, beyond which nothing more is earned: as many as one hold can name.
pub const BALANCE_MAX: Amount = Amount::from_minor(Price::MAX);
/// The most orders that points are held for at the same time.
pub const HOLDS_MAX: usize = 100;
/// How many orders that used points are remembered: five a week for more than seven years. Beyond it the oldest that
/// was restored whole is forgotten, or else the oldest; nothing of a forgotten one can be restored any more.
pub const USES_MAX: usize = 2_000;
/// The most restores of one order, as many as its payment has refunds.
pub const RESTORES_PER_ORDER_MAX: usize = 1_000;
/// How many earnings are remembered. Beyond it the oldest of which no points are left or held is forgotten: it can't be
/// taken back any more, and only the log knows that its command was handled.
pub const EARNINGS_MAX: usize = 5_000;
/// The most reasons for which one earning is taken back.
pub const REVOCATIONS_PER_LOT_MAX: usize = 100;
/// How long restored points are good at least: 30 days.
pub const RESTORED_VALID: Duration = Duration::from_hours(30 * 24);

/// When points that are restored now end at the earliest.
pub fn restored_until(at: Timestamp) -> Timestamp {
    let seconds = at.timestamp().saturating_add_unsigned(RESTORED_VALID.as_secs());
    Timestamp::from_timestamp(seconds, at.timestamp_subsec_nanos()).unwrap_or(Timestamp::MAX_UTC)
}

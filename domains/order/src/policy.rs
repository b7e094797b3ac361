//! The rules of an order that may change, each with a name. Never here: how they are applied.

use chrono::TimeDelta;
use kernel::{Amount, Timestamp};

use crate::event::Taken;
use crate::state::Line;
use crate::value::ClaimKind;

/// The most lines of an order, and the most that one command can name.
pub const LINES_MAX: usize = 100;
/// The most pieces of one line, in an order as in a cart. It also keeps every sum far inside an `i64`.
pub const PIECES_PER_LINE_MAX: u32 = 999;
/// The most options named on a line.
pub const OPTIONS_MAX: usize = 10;
/// The longest code of a standard category, in bytes.
pub const CATEGORY_BYTES_MAX: usize = 64;
/// The most claims that one order remembers, open and over.
pub const CLAIMS_MAX: usize = 500;
/// The most shipments that one order remembers.
pub const SHIPMENTS_MAX: usize = 500;
/// The latest automatic confirmation after delivery, in days.
pub const CONFIRM_AFTER_DAYS_MAX: u16 = 90;
/// The most different items of a cart.
pub const CART_ITEMS_MAX: usize = 100;

/// The longest that the confirmation can be held with an end named.
pub const HOLD_MAX: TimeDelta = TimeDelta::days(90);

/// Which pieces of a line a claim of this kind could take now.
///
/// A cancel takes what has not left: `ordered` pieces first, then `preparing` ones. A return or an exchange takes
/// what was delivered and is not confirmed. None takes what another open claim holds.
pub fn claimable(kind: ClaimKind, line: &Line) -> Taken {
    let free = line.free();
    match kind {
        ClaimKind::Cancel => Taken { ordered: free.ordered, preparing: free.preparing, ..Taken::default() },
        ClaimKind::Return | ClaimKind::Exchange => Taken { delivered: free.delivered, ..Taken::default() },
    }
}

/// Whether an order may expire: its time to pay is over.
pub fn may_expire(payment_due: Timestamp, at: Timestamp) -> bool {
    at >= payment_due
}

/// Whether a hold keeps the order from confirming itself at an instant.
pub fn holds(until: Option<Timestamp>, at: Timestamp) -> bool {
    until.is_none_or(|until| at < until)
}

/// What counts towards free shipping: goods after discounts, points being a way to pay for them.
pub fn counts_towards_free_shipping(goods: Amount, discounts: Amount) -> Amount {
    goods - discounts
}

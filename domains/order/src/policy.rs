//! The rules of an order that may change, each with a name. Never here: how they are applied.

use chrono::TimeDelta;
use kernel::{Amount, Timestamp};

use crate::event::Taken;
use crate::state::Line;
use crate::value::{ClaimKind, ClaimablePieces};

/// The most lines of an order, and the most that one command can name.
pub const LINES_MAX: usize = 100;
/// The most pieces of one line, in an order as in a cart. It also keeps every sum far inside an `i64`.
pub const PIECES_PER_LINE_MAX: u32 = 999;
/// The most options named on a line.
pub const OPTIONS_MAX: usize = 10;
/// The longest code of a standard category, in bytes.
pub const CATEGORY_BYTES_MAX: usize = 64;
/// The most coupons of one order.
pub const COUPONS_MAX: usize = 20;
/// The most claims that one order remembers, open and over.
pub const CLAIMS_MAX: usize = 500;
/// The most shipments that one order remembers.
pub const SHIPMENTS_MAX: usize = 500;
/// The latest automatic confirmation after delivery, in days.
pub const CONFIRM_AFTER_DAYS_MAX: u16 = 90;
/// How many days a gift waits for its recipient where its mall says nothing else.
pub const GIFT_DAYS: u16 = 7;
/// The most days that a gift can wait.
pub const GIFT_DAYS_MAX: u16 = 30;
/// The most different items of a cart.
pub const CART_ITEMS_MAX: usize = 100;

/// The longest that the confirmation can be held with an end named.
pub const HOLD_MAX: TimeDelta = TimeDelta::days(90);

/// Which pieces of a line a claim of this kind could take now.
///
/// A cancel takes what has not left: `ordered` pieces first, then `preparing` ones. A return or an exchange takes
/// what was delivered and is not confirmed; a return may ask for confirmed pieces instead. None takes what another
/// open claim holds.
pub fn claimable(kind: ClaimKind, pieces: ClaimablePieces, line: &Line) -> Taken {
    within_reach(kind, pieces, line.free())
}

/// The part of some pieces that a claim of this kind can take at all.
pub const fn within_reach(kind: ClaimKind, pieces: ClaimablePieces, of: Taken) -> Taken {
    let none = Taken { ordered: 0, preparing: 0, shipped: 0, delivered: 0, confirmed: 0 };
    match (kind, pieces) {
        (ClaimKind::Cancel, ClaimablePieces::Unconfirmed) => {
            Taken { ordered: of.ordered, preparing: of.preparing, ..none }
        }
        (ClaimKind::Return | ClaimKind::Exchange, ClaimablePieces::Unconfirmed) => {
            Taken { delivered: of.delivered, ..none }
        }
        (ClaimKind::Return, ClaimablePieces::Confirmed) => Taken { confirmed: of.confirmed, ..none },
        (ClaimKind::Cancel | ClaimKind::Exchange, ClaimablePieces::Confirmed) => none,
    }
}

/// Whether an order may expire: its time to pay is over.
pub fn may_expire(payment_due: Timestamp, at: Timestamp) -> bool {
    at >= payment_due
}

/// Until when (exclusive) a gift that was paid then can be accepted.
pub fn accept_by(paid_at: Timestamp, days: u16) -> Timestamp {
    paid_at.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(Timestamp::MAX_UTC)
}

/// Whether a gift may still be accepted: its time to be is not over.
pub fn may_accept(accept_by: Timestamp, at: Timestamp) -> bool {
    at < accept_by
}

/// Whether a hold keeps the order from confirming itself at an instant.
pub fn holds(until: Option<Timestamp>, at: Timestamp) -> bool {
    until.is_none_or(|until| at < until)
}

/// What counts towards free shipping: goods after discounts, points being a way to pay for them.
pub fn counts_towards_free_shipping(goods: Amount, discounts: Amount) -> Amount {
    goods - discounts
}

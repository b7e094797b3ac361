//! What happened to an order. The bodies say everything that other contexts need; they see nothing else of it.
//!
//! These shapes are forever: add fields with a default, never rename or reuse one.

mod body;
mod claimed;
mod confirmed;
mod gift;
mod placed;

pub use body::{
    Cancelled, Closed, ConfirmationHeld, Expired, HoldReleased, LinesDelivered, LinesLost, LinesPrepared,
    LinesShipped, MovedLine, Paid, Taken,
};
pub use claimed::{ClaimClosed, ClaimCompleted, ClaimOpened, ClaimRefundStarted, ClaimedLine};
pub use confirmed::{ConfirmedLine, LinesConfirmed};
pub use gift::{GiftAccepted, GiftEnded};
pub use placed::{Placed, PlacedGroup, PlacedLine};

/// A past fact of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was placed.
    Placed(Placed),
    /// It was paid.
    Paid(Paid),
    /// It was not paid in time.
    Expired(Expired),
    /// It was stopped before it was paid, or every piece of it was cancelled.
    Cancelled(Cancelled),
    /// A gift was accepted by its recipient.
    GiftAccepted(GiftAccepted),
    /// A gift won't be accepted any more.
    GiftEnded(GiftEnded),
    /// Pieces were accepted by the merchant.
    LinesPrepared(LinesPrepared),
    /// Pieces left.
    LinesShipped(LinesShipped),
    /// Pieces arrived.
    LinesDelivered(LinesDelivered),
    /// Pieces that had left won't arrive.
    LinesLost(LinesLost),
    /// Pieces were confirmed.
    LinesConfirmed(LinesConfirmed),
    /// The automatic confirmation was held.
    ConfirmationHeld(ConfirmationHeld),
    /// The hold was taken back.
    HoldReleased(HoldReleased),
    /// A claim reserved pieces.
    ClaimOpened(ClaimOpened),
    /// A claim's money is to go back.
    ClaimRefundStarted(ClaimRefundStarted),
    /// A claim gave its pieces back.
    ClaimClosed(ClaimClosed),
    /// A claim's pieces became final.
    ClaimCompleted(ClaimCompleted),
    /// Every piece is final.
    Closed(Closed),
}

kernel::domain_event! { Event {
    Placed => "placed" 1,
    Paid => "paid" 1,
    Expired => "expired" 1,
    Cancelled => "cancelled" 1,
    GiftAccepted => "gift_accepted" 1,
    GiftEnded => "gift_ended" 1,
    LinesPrepared => "lines_prepared" 1,
    LinesShipped => "lines_shipped" 1,
    LinesDelivered => "lines_delivered" 1,
    LinesLost => "lines_lost" 1,
    LinesConfirmed => "lines_confirmed" 1,
    ConfirmationHeld => "confirmation_held" 1,
    HoldReleased => "hold_released" 1,
    ClaimOpened => "claim_opened" 1,
    ClaimRefundStarted => "claim_refund_started" 1,
    ClaimClosed => "claim_closed" 1,
    ClaimCompleted => "claim_completed" 1,
    Closed => "closed" 1,
} }

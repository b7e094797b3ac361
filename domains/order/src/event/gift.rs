//! What became of a gift (선물하기): accepted by its recipient, or ended without that.

use kernel::id::OrderId;
use kernel::{Sealed, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::GiftEnding;

/// Its recipient accepted the gift and said where it goes: from now on it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftAccepted {
    /// The order.
    pub order: OrderId,
    /// Name, phone and address of who receives it, sealed under the buyer's key like any order's.
    pub recipient: Sealed,
    /// The recipient's word to the carrier, sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<Sealed>,
    /// When.
    pub at: Timestamp,
}

/// The gift won't be accepted any more: what is left of the order is to be cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftEnded {
    /// The order.
    pub order: OrderId,
    /// How.
    pub ending: GiftEnding,
    /// When.
    pub at: Timestamp,
}

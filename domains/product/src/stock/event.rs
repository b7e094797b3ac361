//! What happened to a stock. Every fact carries the resulting levels, so that a read model needs no fold.
//!
//! Wire names and field names are forever; `item` and `levels` are flat in the JSON. Never here: a rule.

use kernel::id::{ClaimId, OrderId};
use kernel::{Quantity, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{Condition, Item, Levels};

/// A fact about one SKU's stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The SKU is counted from now on.
    Opened(Opened),
    /// Pieces arrived from the merchant.
    Received(Received),
    /// Pieces are kept for an order.
    Reserved(Reserved),
    /// Pieces kept for an order have left.
    Committed(Committed),
    /// Pieces kept for an order are for sale again.
    Released(Released),
    /// Pieces came back from a claim.
    Restocked(Restocked),
    /// The count was corrected.
    Adjusted(Adjusted),
}

kernel::domain_event! { Event {
    Opened => "opened" 1,
    Received => "received" 1,
    Reserved => "reserved" 1,
    Committed => "committed" 1,
    Released => "released" 1,
    Restocked => "restocked" 1,
    Adjusted => "adjusted" 1,
} }

impl Event {
    /// Which pieces it is about.
    pub const fn item(&self) -> Item {
        match self {
            Self::Opened(body) => body.item,
            Self::Received(body) => body.item,
            Self::Reserved(body) => body.item,
            Self::Committed(body) => body.item,
            Self::Released(body) => body.item,
            Self::Restocked(body) => body.item,
            Self::Adjusted(body) => body.item,
        }
    }

    /// How many there are after it.
    pub const fn levels(&self) -> Levels {
        match self {
            Self::Opened(body) => body.levels,
            Self::Received(body) => body.levels,
            Self::Reserved(body) => body.levels,
            Self::Committed(body) => body.levels,
            Self::Released(body) => body.levels,
            Self::Restocked(body) => body.levels,
            Self::Adjusted(body) => body.levels,
        }
    }
}

/// The SKU is counted from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Pieces arrived from the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// How many.
    pub quantity: Quantity,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Pieces are kept for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// For which order.
    pub order: OrderId,
    /// How many more.
    pub quantity: Quantity,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Pieces kept for an order have left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// For which order.
    pub order: OrderId,
    /// How many.
    pub quantity: Quantity,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Pieces kept for an order are for sale again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// For which order.
    pub order: OrderId,
    /// How many.
    pub quantity: Quantity,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Pieces came back from a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restocked {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// From which claim.
    pub claim: ClaimId,
    /// How many.
    pub quantity: Quantity,
    /// How they came back.
    pub condition: Condition,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// The count was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    /// Which pieces.
    #[serde(flatten)]
    pub item: Item,
    /// How many more (or fewer, if negative).
    pub delta: i64,
    /// Why.
    pub reason: Text<200>,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

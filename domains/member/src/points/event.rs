//! What happened to a member's points. Names and bodies are forever. Never here: a rule.
//!
//! Every fact carries the resulting levels and the parts of lots that it moves, so that a read model needs no fold;
//! `account` and `levels` are flat in the JSON.

use kernel::id::OrderId;
use kernel::{Amount, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Earning, Levels, LotId, Parts, PointAccountId, RestoreId, Revocation};

/// A fact about a member's points in one mall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Points were earned.
    Earned(Earned),
    /// Points are kept for an order.
    Held(Held),
    /// The points kept for an order are spent.
    Used(Used),
    /// The points kept for an order are free again.
    Released(Released),
    /// Spent points came back.
    Restored(Restored),
    /// Points went past their end.
    Expired(Expired),
    /// An earning was taken back.
    Revoked(Revoked),
}

kernel::domain_event! { Event {
    Earned => "earned" 1,
    Held => "held" 1,
    Used => "used" 1,
    Released => "released" 1,
    Restored => "restored" 1,
    Expired => "expired" 1,
    Revoked => "revoked" 1,
} }

impl Event {
    /// How many points there are after it.
    pub const fn levels(&self) -> Levels {
        match self {
            Self::Earned(body) => body.levels,
            Self::Held(body) => body.levels,
            Self::Used(body) => body.levels,
            Self::Released(body) => body.levels,
            Self::Restored(body) => body.levels,
            Self::Expired(body) => body.levels,
            Self::Revoked(body) => body.levels,
        }
    }
}

/// Points were earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earned {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// The lot that they are.
    pub lot: LotId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When they end.
    pub expires_at: Timestamp,
    /// Why.
    pub reason: Earning,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Points are kept for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// For which order.
    pub order: OrderId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// From which lots.
    pub parts: Parts,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// The points kept for an order are spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// By which order.
    pub order: OrderId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// The points kept for an order are free again, unless their lot has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// By which order.
    pub order: OrderId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// To which lots.
    pub parts: Parts,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Spent points came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// From which order.
    pub order: OrderId,
    /// The restore.
    pub restore: RestoreId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// The lots that they were used of.
    pub from: Parts,
    /// The lots that they are of now: the same, or ones of their own that end later.
    pub to: Parts,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// Points went past their end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of which lots.
    pub parts: Parts,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

/// An earning was taken back, as far as points of it were left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Whose points, and where.
    #[serde(flatten)]
    pub account: PointAccountId,
    /// Which earning.
    pub lot: LotId,
    /// Why.
    pub reason: Revocation,
    /// How many were taken.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How many more were asked for and could not be taken: they were held, used or expired.
    #[serde(rename = "uncollected_minor")]
    pub uncollected: Amount,
    /// Of which lots.
    pub parts: Parts,
    /// How many there are now.
    #[serde(flatten)]
    pub levels: Levels,
    /// When.
    pub at: Timestamp,
}

//! What can be asked of a member's points. Never here: any rule.

use kernel::id::{MemberId, OrderId};
use kernel::{MallId, Price, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Earning, LotId, RestoreId, Revocation};

/// Something asked of a member's points in one mall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Give points.
    Earn(Earn),
    /// Keep points for an order.
    Hold(Hold),
    /// Spend the points kept for an order.
    Use(Use),
    /// Give the points kept for an order back.
    Release(Release),
    /// Give spent points back.
    Restore(Restore),
    /// Let points go that are past their end.
    Expire(Expire),
    /// Take an earning back.
    Revoke(Revoke),
}

/// Give points. The first ones open the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earn {
    /// Whose.
    pub member: MemberId,
    /// Where.
    pub mall: MallId,
    /// The lot that they are, derived from what earned them.
    pub lot: LotId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Price,
    /// When they end; later than `at`.
    pub expires_at: Timestamp,
    /// Why.
    pub reason: Earning,
    /// When.
    pub at: Timestamp,
}

/// Keep points for an order, from the lots that end first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// For which order.
    pub order: OrderId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Price,
    /// When.
    pub at: Timestamp,
}

/// Spend the points kept for an order, past their end or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Which order's.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Give the points kept for an order back to their lots: it was given up before it was paid.
///
/// Points whose lot ended meanwhile can't be used any more; the next [`Expire`] takes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Which order's.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Give spent points back, the last used first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// Which order's.
    pub order: OrderId,
    /// The restore, derived from the refund.
    pub restore: RestoreId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Price,
    /// When.
    pub at: Timestamp,
}

/// Let points go that are past their end and aren't held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// When.
    pub at: Timestamp,
}

/// Take an earning back, as far as points of it are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// Which.
    pub lot: LotId,
    /// How many.
    #[serde(rename = "amount_minor")]
    pub amount: Price,
    /// Why.
    pub reason: Revocation,
    /// When.
    pub at: Timestamp,
}

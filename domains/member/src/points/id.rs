//! What names an account, a lot of points and a restore. Never here: how a caller derives the ids that it hands in.

use kernel::MallId;
use kernel::id::MemberId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What names an account: a member may have points in several malls, each in its currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PointAccountId {
    /// Whose.
    pub member: MemberId,
    /// Where.
    pub mall: MallId,
}

/// `<member>-<mall>`; a member's id is always 36 characters long, so two accounts never share a name.
impl std::fmt::Display for PointAccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.member, self.mall)
    }
}

/// What was earned at one time; derived by the caller from what earned it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LotId(pub Uuid);

impl std::fmt::Display for LotId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl From<Uuid> for LotId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl std::str::FromStr for LotId {
    type Err = uuid::Error;
    fn from_str(id: &str) -> Result<Self, Self::Err> {
        id.parse().map(Self)
    }
}

/// One time that used points go back; derived by the caller from the refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RestoreId(pub Uuid);

impl std::fmt::Display for RestoreId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl From<Uuid> for RestoreId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

//! What can be asked of an e-mail address' claim. Never here: any rule.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EmailHash, Holder};

/// Something asked of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Take the address.
    Claim(Claim),
    /// Give the address back.
    Release(Release),
}

/// Take the address for a holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The address.
    pub email_hash: EmailHash,
    /// Who takes it.
    pub holder: Holder,
    /// When.
    pub at: Timestamp,
}

/// Give the address back, so that others can take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Who holds it.
    pub holder: Holder,
    /// When.
    pub at: Timestamp,
}

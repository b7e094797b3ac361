//! What can be asked of a delivery policy.

use kernel::id::MerchantId;
use kernel::{MallId, Price, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{FeeRule, RemoteSurcharges};

/// What can be asked of a delivery policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Charge and promise this from now on.
    Set(Set),
}

/// Charge and promise this from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Whose policy.
    pub merchant: MerchantId,
    /// Where; its currency is that of the fees.
    pub mall: MallId,
    /// How the delivery fee is found.
    pub fee: FeeRule,
    /// What a return at the buyer's fault costs, one way.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Price,
    /// What delivery to a remote area costs on top.
    #[serde(default, skip_serializing_if = "RemoteSurcharges::are_none")]
    pub remote_surcharges: RemoteSurcharges,
    /// Days from payment to dispatch; at most [`super::policy::MAX_DISPATCH_DAYS`].
    pub dispatch_days: u16,
    /// When.
    pub at: Timestamp,
}

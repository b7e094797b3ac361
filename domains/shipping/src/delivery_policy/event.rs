//! What happened to a delivery policy, as it stays in the log for ever.

use kernel::id::MerchantId;
use kernel::{MallId, Price, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{FeeRule, RemoteSurcharges};

/// What happened to a delivery policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The merchant charges and promises this from now on.
    Set(PolicySet),
}

kernel::domain_event! { Event { Set => "set" 1 } }

/// The merchant charges and promises this from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySet {
    /// Whose policy.
    pub merchant: MerchantId,
    /// Where; its currency is that of the fees. None in a log from before policies had a mall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mall: Option<MallId>,
    /// How the delivery fee is found.
    pub fee: FeeRule,
    /// What a return at the buyer's fault costs, one way.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Price,
    /// What delivery to a remote area costs on top.
    #[serde(default, skip_serializing_if = "RemoteSurcharges::are_none")]
    pub remote_surcharges: RemoteSurcharges,
    /// Days from payment to dispatch.
    pub dispatch_days: u16,
    /// When.
    pub at: Timestamp,
}

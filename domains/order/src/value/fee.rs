//! What a claim's refund moves of a group's delivery fee. Never here: why; the claim quotes that.

use kernel::Amount;
use serde::{Deserialize, Serialize};

use super::GroupNo;

/// The part of a delivery fee that the shopper pays or gets back with a claim's refund; minor units, none below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFee {
    /// Whose delivery.
    pub group: GroupNo,
    /// What the refund kept of the fee that is due after all.
    #[serde(rename = "deducted_minor")]
    pub deducted: Amount,
    /// What it gave back of the fee paid before.
    #[serde(rename = "given_back_minor")]
    pub given_back: Amount,
}

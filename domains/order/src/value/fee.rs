//! What a claim's refund moves of a group's delivery fee. Never here: why; the claim quotes that.

use kernel::Amount;
use serde::{Deserialize, Serialize};

use super::GroupNo;

/// The part of a delivery fee that the shopper pays or gets back with a claim's refund; minor units; what moves is not below zero.
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
    /// What more of the fee that is due after all is owed from now on, since the refund couldn't cover it; below zero where
    /// it covered what was owed before.
    #[serde(rename = "owed_minor", default, skip_serializing_if = "is_nothing")]
    pub owed: Amount,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_nothing(amount: &Amount) -> bool {
    amount.is_zero()
}

//! What a claim leaves with the merchant of the fees that the shopper paid: an item of its own. Pure.
//!
//! Never here: how much a claim leaves; that follows from its refund, which the claim quoted.

use kernel::id::OrderId;
use kernel::{Amount, Rate, Timestamp};
use serde::{Deserialize, Serialize};

use crate::item::{ItemKind, Parts, SettlementItem};
use crate::value::{ItemKey, TaxType};

/// The delivery and return fees that a claim leaves with the merchant, or takes from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimFee {
    /// The item's key within the statement.
    pub item: ItemKey,
    /// The order.
    pub order: OrderId,
    /// How the fee is taxed: as the goods that travelled.
    pub tax: TaxType,
    /// Minor units; below zero where fees go back that the merchant had, or never got.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When the claim was completed.
    pub basis_at: Timestamp,
}

/// The item of a claim's fee, free of commission like any delivery fee. `cites` is the log position of the completion.
pub fn fee_item(fee: ClaimFee, cites: u64) -> SettlementItem {
    let parts = Parts { shipping: fee.amount, ..Parts::default() };
    SettlementItem {
        item: fee.item,
        kind: ItemKind::ClaimFee,
        reverses: None,
        order: fee.order,
        line: 0,
        quantity: 0,
        tax: fee.tax,
        parts,
        commission_rate: Rate::ZERO,
        net: parts.net(),
        basis_at: fee.basis_at,
        cites,
    }
}

//! What may be asked of a statement. Every id and instant is made by the caller. Never here: a decision.

use kernel::id::{PayoutId, StatementId};
use kernel::{Amount, Price, Timestamp};
use serde::{Deserialize, Serialize};

use crate::accrual::ConfirmedLine;
use crate::claim_fee::ClaimFee;
use crate::reversal::ReturnedLine;
use crate::value::{BankReference, Heading, PayoutFailure, PayoutKey, Terms};

/// A command to a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Add confirmed purchases; opens the statement where need be.
    Accrue(Accrue),
    /// Settle a completed claim; opens the statement where need be.
    SettleClaim(SettleClaim),
    /// Take over the balance of a former statement; opens the statement where need be.
    CarryIn(CarryIn),
    /// No more items: the period is over.
    Close(Close),
    /// The figures are agreed.
    Confirm(Confirm),
    /// Pay out, or carry over what is too little to pay.
    RequestPayout(RequestPayout),
    /// The bank paid.
    RecordPayout(RecordPayout),
    /// The bank didn't pay.
    RecordPayoutFailure(RecordPayoutFailure),
    /// Try once more after a failure.
    RetryPayout(RetryPayout),
}

/// Add confirmed purchases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accrue {
    /// Which statement.
    pub statement: StatementId,
    /// What it is for.
    pub heading: Heading,
    /// The contract in force at order time.
    pub terms: Terms,
    /// At most [`LINES_MAX`](crate::policy::LINES_MAX). One whose key is there already is skipped.
    pub lines: Vec<ConfirmedLine>,
    /// The log position of the confirmation.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

/// Settle a completed claim: take the confirmed purchases among its pieces back, and add the fee that it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleClaim {
    /// Which statement.
    pub statement: StatementId,
    /// What it is for.
    pub heading: Heading,
    /// At most [`RETURNED_LINES_MAX`](crate::policy::RETURNED_LINES_MAX). One whose key is there already is skipped.
    pub returned: Vec<ReturnedLine>,
    /// The fee, if one is left. Of nothing, nothing is recorded.
    pub fee: Option<ClaimFee>,
    /// The log position of the claim's completion.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

/// Take over the balance of a former statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarryIn {
    /// Which statement.
    pub statement: StatementId,
    /// What it is for.
    pub heading: Heading,
    /// The former statement.
    pub from: StatementId,
    /// Its balance: negative where the merchant owes. Of nothing, nothing is recorded.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// No more items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// Which statement.
    pub statement: StatementId,
    /// When: not before the period is over.
    pub at: Timestamp,
}

/// The figures are agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Which statement.
    pub statement: StatementId,
    /// When.
    pub at: Timestamp,
}

/// Pay out what is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestPayout {
    /// Which statement.
    pub statement: StatementId,
    /// The payout to make.
    pub payout: PayoutId,
    /// The idempotency key towards the bank.
    pub key: PayoutKey,
    /// The least that is paid out; less is carried over.
    #[serde(rename = "minimum_minor")]
    pub minimum: Price,
    /// Whether nothing is paid out at all for now, as to a suspended merchant: it is carried over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// The log position of the confirmation of the statement.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

/// The bank paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordPayout {
    /// Which statement.
    pub statement: StatementId,
    /// Which payout.
    pub payout: PayoutId,
    /// The bank's reference of the transfer.
    pub bank_reference: BankReference,
    /// The log position of the request that the bank answered.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

/// The bank didn't pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordPayoutFailure {
    /// Which statement.
    pub statement: StatementId,
    /// Which payout.
    pub payout: PayoutId,
    /// Why.
    pub reason: PayoutFailure,
    /// The log position of the request that the bank answered.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

/// Try once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryPayout {
    /// Which statement.
    pub statement: StatementId,
    /// A new payout, never one tried before.
    pub payout: PayoutId,
    /// A new idempotency key towards the bank.
    pub key: PayoutKey,
    /// The log position of the failure.
    pub cites: u64,
    /// When.
    pub at: Timestamp,
}

//! What can be asked of a merchant. Never here: any rule.

use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use kernel::{Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{BusinessNumber, Contract};
use crate::{EmailHash, PasswordHash, SecretHash};

/// Something asked of a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Ask to sell.
    Apply(Apply),
    /// Take the merchant on.
    Approve(Approve),
    /// Turn the merchant down.
    Reject(Reject),
    /// Agree on the next contract.
    AgreeContract(AgreeContract),
    /// Stop the merchant from selling.
    Suspend(Suspend),
    /// Let the merchant sell again.
    Resume(Resume),
    /// Part for good.
    Close(Close),
    /// Issue an API key.
    IssueApiKey(IssueApiKey),
    /// End an API key.
    RevokeApiKey(RevokeApiKey),
    /// Set another password.
    SetPassword(SetPassword),
    /// Ask for another bank account.
    RequestBankAccountChange(RequestBankAccountChange),
    /// Approve the bank account asked for.
    ApproveBankAccountChange(ApproveBankAccountChange),
    /// Turn down the bank account asked for.
    RejectBankAccountChange(RejectBankAccountChange),
}

/// Ask to sell; the e-mail address is claimed in the same append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// The new merchant.
    pub merchant: MerchantId,
    /// The shop's public name.
    pub name: Text<80>,
    /// The business registration number, with its country.
    pub business_number: BusinessNumber,
    /// The e-mail address.
    pub email_hash: EmailHash,
    /// Who to speak to: name, e-mail address, phone.
    pub contact: Sealed,
    /// Where settlements are paid to.
    pub bank_account: Sealed,
    /// The password; none for an imported merchant, who must set one.
    pub password_hash: Option<PasswordHash>,
    /// When.
    pub at: Timestamp,
}

/// Take the merchant on, under a first contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    /// Who approves.
    pub operator: OperatorId,
    /// The contract, in force no earlier than `at`.
    pub contract: Contract,
    /// When.
    pub at: Timestamp,
}

/// Turn the merchant down for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Who turns down.
    pub operator: OperatorId,
    /// Why, for the applicant to read.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// Agree on the next contract; never retroactive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreeContract {
    /// The contract, in force no earlier than `at` and later than the last one.
    pub contract: Contract,
    /// When.
    pub at: Timestamp,
}

/// Stop the merchant from selling for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// Why, for the merchant to read.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// Let a suspended merchant sell again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// When.
    pub at: Timestamp,
}

/// Part for good; the e-mail address is released in the same append and all API keys end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// When.
    pub at: Timestamp,
}

/// Issue an API key; the edge shows it once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueApiKey {
    /// The new key.
    pub key: ApiKeyId,
    /// Its hash.
    pub secret_hash: SecretHash,
    /// What the merchant calls it.
    pub label: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// End an API key for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeApiKey {
    /// Which.
    pub key: ApiKeyId,
    /// When.
    pub at: Timestamp,
}

/// Set another password; every session but this one is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it is set, which goes on; every other one is over.
    #[serde(default)]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// Ask for another bank account; in place of an earlier request that still waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestBankAccountChange {
    /// Where settlements shall be paid to.
    pub bank_account: Sealed,
    /// When.
    pub at: Timestamp,
}

/// Approve the bank account asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproveBankAccountChange {
    /// Who approves.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// Turn down the bank account asked for; settlements go on being paid where they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectBankAccountChange {
    /// Who turns down.
    pub operator: OperatorId,
    /// Why, for the merchant to read.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

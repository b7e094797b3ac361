//! What happened to a merchant. Names and bodies are forever; personal data is sealed.

use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use kernel::{Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{BusinessNumber, Contract};
use crate::{EmailHash, PasswordHash, SecretHash};

/// A fact about a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A merchant asked to sell.
    Applied(Applied),
    /// The merchant was taken on.
    Approved(Approved),
    /// The merchant was turned down for good.
    Rejected(Rejected),
    /// The next contract was agreed on.
    ContractAgreed(ContractAgreed),
    /// The merchant may not sell for now.
    Suspended(Suspended),
    /// The merchant sells again.
    Resumed(Resumed),
    /// The merchant left for good; its API keys ended with it.
    Closed(Closed),
    /// An API key was issued.
    ApiKeyIssued(ApiKeyIssued),
    /// An API key ended for good.
    ApiKeyRevoked(ApiKeyRevoked),
    /// Another password was set.
    PasswordSet(PasswordSet),
    /// Another bank account was asked for; it isn't paid to yet.
    BankAccountChangeRequested(BankAccountChangeRequested),
    /// Settlements are paid to another bank account from now on.
    BankAccountChangeApproved(BankAccountChangeApproved),
    /// The bank account asked for was turned down.
    BankAccountChangeRejected(BankAccountChangeRejected),
}

kernel::domain_event! { Event {
    Applied => "applied" 1,
    Approved => "approved" 1,
    Rejected => "rejected" 1,
    ContractAgreed => "contract_agreed" 1,
    Suspended => "suspended" 1,
    Resumed => "resumed" 1,
    Closed => "closed" 1,
    ApiKeyIssued => "api_key_issued" 1,
    ApiKeyRevoked => "api_key_revoked" 1,
    PasswordSet => "password_set" 1,
    BankAccountChangeRequested => "bank_account_change_requested" 1,
    BankAccountChangeApproved => "bank_account_change_approved" 1,
    BankAccountChangeRejected => "bank_account_change_rejected" 1,
} }

/// A merchant asked to sell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The merchant.
    pub merchant: MerchantId,
    /// The shop's public name.
    pub name: Text<80>,
    /// The business registration number, with its country.
    pub business_number: BusinessNumber,
    /// The e-mail address.
    pub email_hash: EmailHash,
    /// Who to speak to.
    pub contact: Sealed,
    /// Where settlements are paid to.
    pub bank_account: Sealed,
    /// The password; none for an imported merchant.
    pub password_hash: Option<PasswordHash>,
    /// When.
    pub at: Timestamp,
}

/// The merchant was taken on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The merchant.
    pub merchant: MerchantId,
    /// Who approved.
    pub operator: OperatorId,
    /// The first contract.
    pub contract: Contract,
    /// When.
    pub at: Timestamp,
}

/// The merchant was turned down for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The merchant.
    pub merchant: MerchantId,
    /// The e-mail address that became free.
    pub email_hash: EmailHash,
    /// Who turned down.
    pub operator: OperatorId,
    /// Why.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// The next contract was agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractAgreed {
    /// The merchant.
    pub merchant: MerchantId,
    /// The contract.
    pub contract: Contract,
    /// When.
    pub at: Timestamp,
}

/// The merchant may not sell for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// The merchant.
    pub merchant: MerchantId,
    /// Why.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// The merchant sells again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The merchant.
    pub merchant: MerchantId,
    /// When.
    pub at: Timestamp,
}

/// The merchant left for good; its API keys ended with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The merchant.
    pub merchant: MerchantId,
    /// The e-mail address that became free.
    pub email_hash: EmailHash,
    /// When.
    pub at: Timestamp,
}

/// An API key was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyIssued {
    /// The merchant.
    pub merchant: MerchantId,
    /// The key.
    pub key: ApiKeyId,
    /// Its hash.
    pub secret_hash: SecretHash,
    /// What the merchant calls it.
    pub label: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// An API key ended for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyRevoked {
    /// The merchant.
    pub merchant: MerchantId,
    /// Which.
    pub key: ApiKeyId,
    /// When.
    pub at: Timestamp,
}

/// Another password was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordSet {
    /// The merchant.
    pub merchant: MerchantId,
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it was set, which goes on; every other one is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// Another bank account was asked for; it isn't paid to yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccountChangeRequested {
    /// The merchant.
    pub merchant: MerchantId,
    /// Where settlements shall be paid to.
    pub bank_account: Sealed,
    /// When.
    pub at: Timestamp,
}

/// Settlements are paid to another bank account from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccountChangeApproved {
    /// The merchant.
    pub merchant: MerchantId,
    /// Where settlements are paid to.
    pub bank_account: Sealed,
    /// Who approved.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// The bank account asked for was turned down; settlements go on being paid where they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccountChangeRejected {
    /// The merchant.
    pub merchant: MerchantId,
    /// Who turned down.
    pub operator: OperatorId,
    /// Why.
    pub reason: Text<500>,
    /// When.
    pub at: Timestamp,
}

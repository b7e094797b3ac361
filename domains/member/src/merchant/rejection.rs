//! Why something asked of a merchant is refused.

use kernel::RejectionKind;

use super::policy;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such merchant.
    #[error("there is no such merchant")]
    NotFound,
    /// The merchant's id is in use.
    #[error("this merchant has applied already: apply under a new id")]
    AlreadyApplied,
    /// The application was decided on.
    #[error("this merchant was approved already; agree a new contract, suspend or close it instead")]
    AlreadyDecided,
    /// The application waits.
    #[error("this merchant is not approved yet")]
    NotApproved,
    /// The merchant was turned down.
    #[error("this merchant's application was rejected: apply anew")]
    Rejected,
    /// The merchant left.
    #[error("this merchant is closed")]
    Closed,
    /// The contract would change the past.
    #[error("a contract is never retroactive: let it take effect now or later")]
    ContractRetroactive,
    /// The first contract would leave the merchant selling without one.
    #[error("a first contract begins with the approval, not later")]
    ContractNotInForce,
    /// The contract would come into force before the last one.
    #[error("a contract must take effect later than the one agreed before it")]
    ContractNotLater,
    /// Too many rates in one contract.
    #[error("a contract has at most {} category rates", policy::CATEGORY_RATES_MAX)]
    TooManyCategoryRates,
    /// Too many contracts.
    #[error("a merchant agrees at most {} contracts", policy::CONTRACTS_MAX)]
    TooManyContracts,
    /// There was never such a key.
    #[error("there is no such API key")]
    ApiKeyNotFound,
    /// The key's id is in use.
    #[error("an API key with this id exists already: issue it under a new id")]
    ApiKeyExists,
    /// The key ended for good.
    #[error("this API key was revoked: issue one under a new id")]
    ApiKeyRevoked,
    /// Too many keys are good.
    #[error("at most {} API keys are good at a time: revoke one first", policy::API_KEYS_LIVE_MAX)]
    TooManyApiKeys,
    /// Too many keys were issued.
    #[error("all {} API keys of this merchant were used up: ask an operator", policy::API_KEYS_ISSUED_MAX)]
    ApiKeysExhausted,
    /// No change of the bank account waits.
    #[error("no change of the bank account waits for approval")]
    NoBankAccountChange,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "merchant_not_found",
            Self::AlreadyApplied => "merchant_already_applied",
            Self::AlreadyDecided => "merchant_already_decided",
            Self::NotApproved => "merchant_not_approved",
            Self::Rejected => "merchant_rejected",
            Self::Closed => "merchant_closed",
            Self::ContractRetroactive => "contract_retroactive",
            Self::ContractNotInForce => "contract_not_in_force",
            Self::ContractNotLater => "contract_not_later",
            Self::TooManyCategoryRates => "contract_too_many_category_rates",
            Self::TooManyContracts => "contract_too_many",
            Self::ApiKeyNotFound => "api_key_not_found",
            Self::ApiKeyExists => "api_key_exists",
            Self::ApiKeyRevoked => "api_key_revoked",
            Self::TooManyApiKeys => "api_key_too_many",
            Self::ApiKeysExhausted => "api_key_exhausted",
            Self::NoBankAccountChange => "bank_account_change_not_requested",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound | Self::ApiKeyNotFound => RejectionKind::NotFound,
            Self::ContractRetroactive | Self::ContractNotInForce | Self::TooManyCategoryRates => {
                RejectionKind::Invalid
            }
            Self::AlreadyApplied
            | Self::AlreadyDecided
            | Self::NotApproved
            | Self::Rejected
            | Self::Closed
            | Self::ContractNotLater
            | Self::TooManyContracts
            | Self::ApiKeyExists
            | Self::ApiKeyRevoked
            | Self::TooManyApiKeys
            | Self::ApiKeysExhausted
            | Self::NoBankAccountChange => RejectionKind::Conflict,
        }
    }
}

//! A merchant as operators see one. Never here: the contact, or a bank account (see `bank_accounts`, for
//! finance only): they are personal data.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

use projections::people::query;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A merchant with the contract in force now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedMerchant {
    /// Which one.
    merchant: Uuid,
    /// The shop's name.
    name: String,
    /// `applied`, `approved`, `suspended`, `closed` or `rejected`.
    phase: String,
    /// Why it was suspended or turned down.
    reason: Option<String>,
    /// Where its business is registered, ISO 3166-1 alpha-2.
    country: String,
    /// Its business registration number.
    business_number: String,
    /// When it applied.
    applied_at: DateTime<Utc>,
    /// Whether another bank account waits for approval.
    bank_account_change_pending: bool,
    /// The contract in force; none before the first.
    contract: Option<ContractInForce>,
    /// The merchant's version, for `If-Match`.
    version: i64,
}

/// A contract in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractInForce {
    /// The commission by default, VAT included, as a share.
    default_rate: String,
    /// The commission of some standard categories: code to share.
    category_rates: BTreeMap<String, String>,
    /// `daily`, `weekly`, `twice_monthly` or `monthly`.
    cycle: String,
    /// Since when.
    effective_from: DateTime<Utc>,
}

impl From<query::Merchant> for ManagedMerchant {
    fn from(row: query::Merchant) -> Self {
        let contract = ContractInForce::of(&row);
        Self {
            merchant: row.merchant,
            name: row.name,
            phase: row.phase,
            reason: row.reason,
            country: row.country,
            business_number: row.business_number,
            applied_at: row.applied_at,
            bank_account_change_pending: row.bank_account_change_pending,
            contract,
            version: row.position,
        }
    }
}

impl ContractInForce {
    fn of(row: &query::Merchant) -> Option<Self> {
        let rates = row.category_rates.clone().and_then(|rates| serde_json::from_value(rates).ok());
        Some(Self {
            default_rate: row.default_rate?.normalize().to_string(),
            category_rates: rates.unwrap_or_default(),
            cycle: row.cycle.clone()?,
            effective_from: row.contract_since?,
        })
    }
}

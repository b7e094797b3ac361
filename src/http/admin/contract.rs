//! The terms of a merchant's contract, as an operator writes them.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

use kernel::{Rate, Text};
use member::merchant::{Contract, SettlementCycle};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is agreed with a merchant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractTerms {
    /// The commission by default, VAT included: a share between 0 and 1 with at most six decimals.
    #[schema(value_type = String, example = "0.1")]
    default_rate: Rate,
    /// The commission of some standard categories: code to share.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    category_rates: BTreeMap<Text<64>, Rate>,
    /// How often statements close: `daily`, `weekly`, `twice_monthly` or `monthly`.
    #[schema(value_type = String, example = "monthly")]
    cycle: SettlementCycle,
    /// From when on; now, where nothing is said. Never before now; a first contract never later.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    effective_from: Option<DateTime<Utc>>,
}

impl ContractTerms {
    /// The contract, as agreed at an instant.
    pub(super) fn agreed_at(self, at: DateTime<Utc>) -> Contract {
        let Self { default_rate, category_rates, cycle, effective_from } = self;
        Contract { default_rate, category_rates, cycle, effective_from: effective_from.unwrap_or(at) }
    }
}

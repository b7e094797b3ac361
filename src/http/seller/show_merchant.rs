//! `GET /seller/v1/merchant`: how one stands here.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use member::Merchant;
use projections::Projection;
use projections::checkpoint;
use projections::people::{People, query};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Problem, Version};

/// A merchant as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnMerchant {
    /// Who.
    pub merchant: Uuid,
    /// The shop's public name.
    pub name: String,
    /// `applied`, `approved`, `suspended`, `closed` or `rejected`.
    pub phase: String,
    /// Why it was suspended or turned down.
    pub reason: Option<String>,
    /// Where its business is registered, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its business registration number.
    pub business_number: String,
    /// When it applied.
    pub applied_at: DateTime<Utc>,
    /// Whether another bank account waits for approval.
    pub bank_account_change_pending: bool,
    /// Why the bank account asked for last was turned down.
    pub bank_account_rejection: Option<String>,
    /// The contract in force; none before the first.
    pub contract: Option<ContractInForce>,
}

/// A commission contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractInForce {
    /// The commission, VAT included, as a fraction: `0.1` is ten percent.
    #[schema(example = "0.1")]
    pub default_rate: String,
    /// The commissions of some standard categories.
    pub category_rates: BTreeMap<String, String>,
    /// `daily`, `weekly`, `twice_monthly` or `monthly`.
    pub cycle: String,
    /// Since when it is in force.
    pub effective_from: DateTime<Utc>,
}

/// How you stand here, and your contract in force.
#[utoipa::path(get, path = "/merchant", operation_id = "show_own_merchant", responses((status = 200, body = OwnMerchant)))]
pub async fn show_merchant(
    State(app): State<App>,
    caller: MerchantCaller,
    not_before: NotBefore,
) -> Result<(Version, Json<OwnMerchant>), Problem> {
    not_before.wait(&app.positions, &[People::NAME]).await?;
    let found = query::merchant(&app.pool, caller.merchant, app.clock.now()).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    let state = app.log.read_latest::<Merchant>(&caller.merchant).await?.state;
    let rejection = state.bank_account_rejection().map(|reason| reason.as_str().to_owned());
    Ok((Version(checkpoint::seq(found.position)), Json(shown(found, rejection))))
}

fn shown(merchant: query::Merchant, bank_account_rejection: Option<String>) -> OwnMerchant {
    let contract = contract(&merchant);
    OwnMerchant {
        merchant: merchant.merchant,
        name: merchant.name,
        phase: merchant.phase,
        reason: merchant.reason,
        country: merchant.country,
        business_number: merchant.business_number,
        applied_at: merchant.applied_at,
        bank_account_change_pending: merchant.bank_account_change_pending,
        bank_account_rejection,
        contract,
    }
}

fn contract(merchant: &query::Merchant) -> Option<ContractInForce> {
    let rates = merchant.category_rates.as_ref().and_then(serde_json::Value::as_object);
    let rates = rates.into_iter().flatten();
    let text = |rate: &serde_json::Value| rate.as_str().map_or_else(|| rate.to_string(), str::to_owned);
    Some(ContractInForce {
        default_rate: merchant.default_rate?.normalize().to_string(),
        category_rates: rates.map(|(category, rate)| (category.clone(), text(rate))).collect(),
        cycle: merchant.cycle.clone()?,
        effective_from: merchant.contract_since?,
    })
}

//! `GET /finance/v1/malls/{mall}/trial-balance`: the trial balance (시산표) as of any position.

use axum::extract::State;
use eventstore::Seq;
use kernel::MallId;
use projections::books::{Books, query};
use projections::{Projection, checkpoint};
use serde::{Deserialize, Serialize};
use settlement::ledger::Account;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Path, Problem, Query};

/// As of when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The last log position that counts; all there is, where nothing is said.
    as_of: Option<u64>,
}

/// A trial balance.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrialBalance {
    /// The last log position that counts: asked for again, it gives the same figures for ever.
    as_of: u64,
    /// By currency, then by account; in each currency the two sides add up to the same.
    accounts: Vec<TrialBalanceAccount>,
}

/// What went through one account in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrialBalanceAccount {
    /// ISO 4217.
    currency: String,
    /// The account.
    #[schema(value_type = String)]
    account: Account,
    /// Its number in the chart of accounts.
    #[schema(value_type = String)]
    code: &'static str,
    /// Sum of the left, in minor units.
    debit_minor: i64,
    /// Sum of the right, in minor units.
    credit_minor: i64,
}

impl From<query::AccountBalance> for TrialBalanceAccount {
    fn from(balance: query::AccountBalance) -> Self {
        let query::AccountBalance { currency, account, code, debit_minor, credit_minor } = balance;
        Self { currency, account, code, debit_minor, credit_minor }
    }
}

/// A mall's trial balance.
#[utoipa::path(
    get,
    path = "/malls/{mall}/trial-balance",
    security(("access_token" = ["finance"])),
    params(("mall" = String, Path), Asked),
    responses((status = 200, body = TrialBalance))
)]
pub async fn trial_balance(
    State(app): State<App>,
    _: FinanceStaff,
    Path(mall): Path<MallId>,
    Query(asked): Query<Asked>,
    at_least: NotBefore,
) -> Result<Json<TrialBalance>, Problem> {
    app.mall(&mall)?;
    // Figures as of a position are those figures only when the books have seen it.
    NotBefore(at_least.0.max(asked.as_of.map(Seq))).wait(&app.positions, &[Books::NAME]).await?;
    let seen = checkpoint::live_position(&app.pool, Books::NAME).await?.unwrap_or_default();
    let as_of = asked.as_of.map_or(seen, Seq);
    let accounts = query::trial_balance(&app.pool, Some(&mall), Some(as_of)).await?;
    let accounts = accounts.into_iter().map(TrialBalanceAccount::from).collect();
    Ok(Json(TrialBalance { as_of: as_of.0, accounts }))
}

//! `POST /admin/v1/merchants/{merchant}/contracts`: the next contract.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::AgreeContract;

use super::Changed;
use super::contract::ContractTerms;
use crate::app::App;
use crate::http::{FinanceStaff, IfMatch, Path, Problem, Write, Written};

/// Agree on the next contract; orders placed before it are settled by the one of their time.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/contracts",
    security(("access_token" = ["finance"])),
    params(("merchant" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = ContractTerms,
    responses((status = 200, body = Written)),
)]
pub async fn agree_contract(
    State(app): State<App>,
    FinanceStaff(caller): FinanceStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<ContractTerms>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let contract = write.body.agreed_at(context.at);
    let agree = Command::AgreeContract(AgreeContract { contract, at: context.at });
    let outcome = app.change::<Merchant>(&context, &merchant, seen.0, [agree]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}

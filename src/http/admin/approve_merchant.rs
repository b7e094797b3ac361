//! `POST /admin/v1/merchants/{merchant}/approval`: a merchant is taken on.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::Approve;

use super::Changed;
use super::contract::ContractTerms;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Take a merchant on, under a first contract.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/approval",
    security(("access_token" = ["catalog"])),
    params(("merchant" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = ContractTerms,
    responses(
        (status = 200, body = Written),
        (status = 422, description = "`contract_retroactive`, `contract_not_in_force`"),
    ),
)]
pub async fn approve_merchant(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<ContractTerms>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let contract = write.body.agreed_at(context.at);
    let approve = Command::Approve(Approve { operator: caller.operator, contract, at: context.at });
    let outcome = app.change::<Merchant>(&context, &merchant, seen.0, [approve]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}

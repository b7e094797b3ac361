//! `POST /admin/v1/merchants/{merchant}/bank-account-approval`: another bank account.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::ApproveBankAccountChange;

use super::Changed;
use crate::app::App;
use crate::http::{FinanceStaff, IfMatch, Path, Problem, Write, Written};

/// Approve the bank account asked for. It must be the one that was looked at: `If-Match` is required.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/bank-account-approval",
    security(("access_token" = ["finance"])),
    params(("merchant" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn approve_bank_account(
    State(app): State<App>,
    FinanceStaff(caller): FinanceStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let seen = seen.required()?;
    let context = write.intent(caller.actor(), app.clock.now());
    let approve = Command::ApproveBankAccountChange(ApproveBankAccountChange {
        operator: caller.operator,
        at: context.at,
    });
    let outcome = app.change::<Merchant>(&context, &merchant, Some(seen), [approve]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}

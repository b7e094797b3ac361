//! `POST /admin/v1/merchants/{merchant}/bank-account-rejection`: the merchant goes on being paid where it was.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::RejectBankAccountChange;

use super::Changed;
use super::reasoned::Reasoned;
use crate::app::App;
use crate::http::{FinanceStaff, IfMatch, Path, Problem, Write, Written};

/// Turn down the bank account asked for. It must be the one that was looked at: `If-Match` is required.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/bank-account-rejection",
    security(("access_token" = ["finance"])),
    params(("merchant" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = Reasoned,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`bank_account_change_not_requested`"),
    ),
)]
pub async fn reject_bank_account(
    State(app): State<App>,
    FinanceStaff(caller): FinanceStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<Reasoned>,
) -> Result<Changed, Problem> {
    let seen = seen.required()?;
    let context = write.intent(caller.actor(), app.clock.now());
    let reject = Command::RejectBankAccountChange(RejectBankAccountChange {
        operator: caller.operator,
        reason: write.body.reason,
        at: context.at,
    });
    let outcome = app.change::<Merchant>(&context, &merchant, Some(seen), [reject]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}

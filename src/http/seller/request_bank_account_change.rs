//! `POST /seller/v1/bank-account-changes`: asking to be paid elsewhere.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Text;
use member::Merchant;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, MerchantCaller, Position, Problem, Version, Write, Written};
use crate::service::personal::BankAccount;

/// Where a merchant is paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankAccountNamed {
    /// The bank's code or name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    bank: Text<80>,
    /// The account number, at most 40 characters.
    #[schema(value_type = String, max_length = 40)]
    account: Text<40>,
    /// The account's holder, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    holder: Text<80>,
}

impl From<BankAccountNamed> for BankAccount {
    fn from(named: BankAccountNamed) -> Self {
        let BankAccountNamed { bank, account, holder } = named;
        Self { bank: bank.into(), account: account.into(), holder: holder.into() }
    }
}

impl std::fmt::Debug for BankAccountNamed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BankAccountNamed(…)")
    }
}

/// Ask to be paid to another bank account. It takes effect when an operator approves.
#[utoipa::path(
    post,
    path = "/bank-account-changes",
    params(("If-Match" = Option<String>, Header, description = "The version that you saw.")),
    request_body = BankAccountNamed,
    responses(
        (status = 202, body = Written),
        (status = 409, description = "`merchant_not_approved`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn request_bank_account_change(
    State(app): State<App>,
    caller: MerchantCaller,
    seen: IfMatch,
    write: Write<BankAccountNamed>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let account = BankAccount::from(write.body);
    let outcome = app.request_bank_account(&context, caller.merchant, &account, seen.0).await?;
    let reply = Written::reply::<Merchant>(&caller.merchant, caller.merchant.0, &outcome);
    Ok((StatusCode::ACCEPTED, reply))
}

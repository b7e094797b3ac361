//! `GET /admin/v1/merchants/{merchant}/bank-accounts`: where a merchant is paid, and where it asks to be.

use axum::extract::State;
use kernel::id::MerchantId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{FinanceStaff, Json, Path, Problem, Version};
use crate::service::personal::BankAccount;

/// How many characters of an account number are shown.
const SHOWN: usize = 4;

/// A merchant's bank accounts.
#[derive(Serialize, ToSchema)]
pub struct MerchantBankAccounts {
    /// Where settlements are paid to.
    current: ShownBankAccount,
    /// Where the merchant asks to be paid to; nothing where no change waits.
    requested: Option<ShownBankAccount>,
}

/// A bank account, to compare with papers.
#[derive(Serialize, ToSchema)]
pub struct ShownBankAccount {
    /// The bank's code or name.
    bank: String,
    /// The account number, of which the last four characters are shown.
    #[schema(example = "******4567")]
    account: String,
    /// The account's holder.
    holder: String,
}

impl From<BankAccount> for ShownBankAccount {
    fn from(account: BankAccount) -> Self {
        Self { bank: account.bank, account: masked(&account.account), holder: account.holder }
    }
}

/// A number that isn't longer than what is shown of others is not shown at all.
fn masked(number: &str) -> String {
    let length = number.chars().count();
    let hidden = if length > SHOWN { length - SHOWN } else { length };
    number.chars().enumerate().map(|(index, shown)| if index < hidden { '*' } else { shown }).collect()
}

/// A merchant's bank accounts. The `ETag` is what approving or rejecting a change takes as `If-Match`.
#[utoipa::path(
    get,
    path = "/merchants/{merchant}/bank-accounts",
    security(("access_token" = ["finance"])),
    params(("merchant" = Uuid, Path)),
    responses((status = 200, body = MerchantBankAccounts)),
)]
pub async fn bank_accounts(
    State(app): State<App>,
    _: FinanceStaff,
    Path(merchant): Path<MerchantId>,
) -> Result<(Version, Json<MerchantBankAccounts>), Problem> {
    let seen = app.bank_accounts(merchant).await?;
    let shown = MerchantBankAccounts {
        current: seen.current.into(),
        requested: seen.requested.map(ShownBankAccount::from),
    };
    Ok((Version(seen.version), Json(shown)))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_last_four_characters_are_shown_of_a_longer_number() {
        assert_eq!(masked("110-234-567890"), "**********7890");
        assert_eq!(masked("12345"), "*2345");
        assert_eq!(masked("1234"), "****");
        assert_eq!(masked("일이삼사오육"), "**삼사오육");
    }
}

//! `POST /seller/v1/merchants`: asking to sell here.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::MerchantId;
use kernel::{Actor, Text};
use member::Merchant;
use member::merchant::{BusinessNumber, ForeignCountry, KoreanNumber};
use serde::Deserialize;
use utoipa::ToSchema;

use super::request_bank_account_change::BankAccountNamed;
use crate::app::App;
use crate::credential::{Address, Password};
use crate::http::{Json, Position, Problem, Version, Write, Written};
use crate::service::merchants::Application;
use crate::service::personal::Profile;
use crate::service::sessions::Login;

/// Who asks to sell.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MerchantApplication {
    /// The shop's public name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// Where the business is registered.
    business_number: BusinessNumberNamed,
    /// The e-mail address to log in with; one account each.
    #[schema(value_type = String, format = Email, example = "shop@example.com")]
    email: Address,
    /// 8 to 128 characters.
    #[schema(value_type = String, format = Password)]
    password: Password,
    /// Who to speak to, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    contact_name: Text<80>,
    /// The phone number, at most 40 characters.
    #[schema(value_type = Option<String>, max_length = 40)]
    contact_phone: Option<Text<40>>,
    /// Where settlements are paid to.
    bank_account: BankAccountNamed,
}

/// A business registration number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BusinessNumberNamed {
    /// Registered in Korea (사업자등록번호).
    Korean {
        /// Ten digits, the last of which checks the others; hyphens don't matter.
        #[schema(value_type = String, example = "220-81-62517")]
        number: KoreanNumber,
    },
    /// Registered elsewhere.
    Foreign {
        /// ISO 3166-1 alpha-2, not `KR`.
        #[schema(value_type = String, example = "BR")]
        country: ForeignCountry,
        /// The number as that country writes it, at most 40 characters.
        #[schema(value_type = String, max_length = 40)]
        number: Text<40>,
    },
}

impl From<BusinessNumberNamed> for BusinessNumber {
    fn from(named: BusinessNumberNamed) -> Self {
        match named {
            BusinessNumberNamed::Korean { number } => Self::Korean { number },
            BusinessNumberNamed::Foreign { country, number } => Self::Foreign { country, number },
        }
    }
}

/// Apply to sell. An operator decides.
#[utoipa::path(
    post,
    path = "/merchants",
    security(()),
    request_body = MerchantApplication,
    responses((status = 201, body = Written), (status = 409, description = "`email_taken`")),
)]
pub async fn apply(
    State(app): State<App>,
    write: Write<MerchantApplication>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let guest = app.email_hash(&write.body.email)?;
    let write = write.of_guest(guest);
    let context = write.intent(Actor::Guest, app.clock.now());
    let merchant = MerchantId(write.derive(&Actor::Guest, "merchant"));
    let body = write.body;
    let contact = Profile {
        email: body.email.as_str().to_owned(),
        name: body.contact_name.into(),
        phone: body.contact_phone.map(String::from),
    };
    let wish = Application {
        merchant,
        name: body.name,
        business_number: body.business_number.into(),
        contact,
        bank_account: body.bank_account.into(),
        login: Login { address: body.email, password: Some(body.password) },
    };
    let outcome = app.apply(&context, wish).await?;
    Ok((StatusCode::CREATED, Written::reply::<Merchant>(&merchant, merchant.0, &outcome)))
}

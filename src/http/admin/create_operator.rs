//! `POST /admin/v1/operators`: a new colleague.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Text;
use kernel::id::OperatorId;
use member::Operator;
use member::operator::Role;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::credential::{Address, Password};
use crate::http::{AdminStaff, Problem, Write, Written};
use crate::service::operators::NewOperator;
use crate::service::sessions::Login;

/// A new operator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateOperator {
    /// The e-mail address to log in with; one account each.
    #[schema(value_type = String, format = Email)]
    email: Address,
    /// 8 to 128 characters.
    #[schema(value_type = String, format = Password)]
    password: Password,
    /// The staff name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// At least one of `support`, `catalog`, `finance`, `admin`.
    #[schema(value_type = Vec<String>, example = json!(["support"]))]
    roles: BTreeSet<Role>,
}

/// Create an operator.
#[utoipa::path(
    post,
    path = "/operators",
    security(("access_token" = ["admin"])),
    request_body = CreateOperator,
    responses((status = 201, body = Written), (status = 409, description = "`email_taken`")),
)]
pub async fn create_operator(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    write: Write<CreateOperator>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let operator = OperatorId(write.derive(&caller.actor(), "operator"));
    let CreateOperator { email, password, name, roles } = write.body;
    let login = Login { address: email, password: Some(password) };
    let outcome = app.create_operator(&context, NewOperator { operator, name, login, roles }).await?;
    Ok((StatusCode::CREATED, Written::reply::<Operator>(&operator, operator.0, &outcome)))
}

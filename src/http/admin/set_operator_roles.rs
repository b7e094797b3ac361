//! `PUT /admin/v1/operators/{operator}/roles`: what a colleague is there for.

use std::collections::BTreeSet;

use axum::extract::State;
use kernel::id::OperatorId;
use member::Operator;
use member::operator::Role;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{AdminStaff, IfMatch, Path, Problem, Write, Written};

/// An operator's roles.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOperatorRoles {
    /// At least one of `support`, `catalog`, `finance`, `admin`, in place of the present ones.
    #[schema(value_type = Vec<String>, example = json!(["finance"]))]
    roles: BTreeSet<Role>,
}

/// Give an operator other roles; they hold from the next request on. The last enabled admin stays one.
#[utoipa::path(
    put,
    path = "/operators/{operator}/roles",
    security(("access_token" = ["admin"])),
    params(("operator" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = SetOperatorRoles,
    responses((status = 200, body = Written), (status = 409, description = "`last_admin`")),
)]
pub async fn set_operator_roles(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path(operator): Path<OperatorId>,
    seen: IfMatch,
    write: Write<SetOperatorRoles>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.set_operator_roles(&context, operator, seen.0, write.body.roles).await?;
    Ok(Written::reply::<Operator>(&operator, operator.0, &outcome))
}

//! `PUT /admin/v1/operators/{operator}/roles`: what a colleague is there for.

use std::collections::BTreeSet;

use axum::extract::State;
use kernel::id::OperatorId;
use member::Operator;
use member::operator::command::SetRoles;
use member::operator::{Command, Role};
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

/// Give an operator other roles; they hold from the next request on.
#[utoipa::path(
    put,
    path = "/operators/{operator}/roles",
    params(("operator" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = SetOperatorRoles,
    responses((status = 200, body = Written)),
)]
pub async fn set_operator_roles(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path(operator): Path<OperatorId>,
    seen: IfMatch,
    write: Write<SetOperatorRoles>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let set = Command::SetRoles(SetRoles { roles: write.body.roles, at: context.at });
    let outcome = app.change::<Operator>(&context, &operator, seen.0, [set]).await?;
    Ok(Written::reply::<Operator>(&operator, operator.0, &outcome))
}

//! Operators: who works in the back office, in which roles.

use kernel::id::OperatorId;
use member::operator::Event;
use serde_json::{Value, json};

use crate::people::Row;

pub(super) fn row(event: &Event, position: i64) -> Row {
    let row = |operator: OperatorId, columns: Value| Row::Operator(operator.0, columns);
    match event {
        Event::Created(body) => row(
            body.operator,
            json!({
                "operator": body.operator, "name": body.name, "roles": body.roles, "enabled": true,
                "created_at": body.at, "position": position
            }),
        ),
        Event::RolesSet(body) => row(
            body.operator,
            json!({ "operator": body.operator, "roles": body.roles, "position": position }),
        ),
        Event::PasswordSet(body) => {
            row(body.operator, json!({ "operator": body.operator, "position": position }))
        }
        Event::Disabled(body) => {
            row(body.operator, json!({ "operator": body.operator, "enabled": false, "position": position }))
        }
        Event::Enabled(body) => {
            row(body.operator, json!({ "operator": body.operator, "enabled": true, "position": position }))
        }
    }
}

//! The standard classification.

use product::category::{CategoryCode, Event};
use serde_json::{Value, json};

use crate::catalog::Row;

pub(super) fn row(event: &Event, position: i64) -> Row {
    let row = |code: &CategoryCode, columns: Value| Row::StandardCategory(code.to_string(), columns);
    match event {
        Event::Defined(body) => {
            let (code, name, parent) = (&body.code, &body.name, &body.parent);
            let columns = json!({
                "code": code, "name": name, "parent": parent, "retired": false, "position": position
            });
            row(code, columns)
        }
        Event::Renamed(body) => {
            row(&body.code, json!({ "code": body.code, "name": body.name, "position": position }))
        }
        Event::Moved(body) => {
            row(&body.code, json!({ "code": body.code, "parent": body.parent, "position": position }))
        }
        Event::Retired(body) => {
            row(&body.code, json!({ "code": body.code, "retired": true, "position": position }))
        }
    }
}

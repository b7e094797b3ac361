//! Display trees: one version per mall, one row per category.

use display::tree::Event;
use display::tree::event::CategoryAdded;
use kernel::MallId;
use kernel::id::DisplayCategoryId;
use serde_json::{Value, json};

use crate::catalog::Row;

pub(super) fn rows(event: &Event, position: i64) -> Vec<Row> {
    let (mall, change) = match event {
        Event::CategoryAdded(body) => (&body.mall, patch(&body.mall, body.category, added(body))),
        Event::CategoryRenamed(body) => {
            (&body.mall, patch(&body.mall, body.category, json!({ "name": body.name })))
        }
        Event::CategoryMoved(body) => {
            let place = json!({ "parent": body.parent, "place": body.position });
            (&body.mall, patch(&body.mall, body.category, place))
        }
        Event::SourcesSet(body) => {
            (&body.mall, patch(&body.mall, body.category, json!({ "sources": body.sources })))
        }
        Event::CategoryHidden(body) => {
            (&body.mall, patch(&body.mall, body.category, json!({ "hidden": true })))
        }
        Event::CategoryShown(body) => {
            (&body.mall, patch(&body.mall, body.category, json!({ "hidden": false })))
        }
        Event::CategoryRemoved(body) => {
            (&body.mall, vec![Row::DisplayCategoryRemoved(body.mall.to_string(), body.category.0)])
        }
    };
    let version = Row::DisplayTree(mall.to_string(), json!({ "mall": mall, "position": position }));
    std::iter::once(version).chain(change).collect()
}

fn added(body: &CategoryAdded) -> Value {
    json!({
        "parent": body.parent,
        "name": body.name,
        "place": body.position,
        "sources": body.sources,
        "hidden": false,
    })
}

/// The row's key and the columns that change.
fn patch(mall: &MallId, category: DisplayCategoryId, columns: Value) -> Vec<Row> {
    let row = |columns| Row::DisplayCategory(mall.to_string(), category.0, columns);
    vec![row(json!({ "mall": mall, "category": category })), row(columns)]
}

//! Bodies with something in them that nobody asked for.

use serde_json::{Value, json};

/// The body with something unknown in it, once for each object inside: where that is, and the whole.
pub fn surprised(body: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    objects(body, "", &mut found);
    let surprise = |at: String| {
        let mut more = body.clone();
        more.pointer_mut(&at).unwrap()["unheard_of"] = json!(1);
        (at, more)
    };
    found.into_iter().map(surprise).collect()
}

/// Pointers to every object of a body, the outermost first.
fn objects(body: &Value, at: &str, found: &mut Vec<String>) {
    match body {
        Value::Object(fields) => {
            found.push(at.to_owned());
            fields.iter().for_each(|(name, value)| objects(value, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(number, item)| objects(item, &format!("{at}/{number}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

//! `/openapi.json` of a whole installation.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::client::Client;
use crate::world::World;

/// Every value under a key, anywhere.
fn under<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            for (name, held) in map {
                match held.as_str() {
                    Some(text) if name == key => found.push(text),
                    _ => under(held, key, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|held| under(held, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_has_its_own_name_and_every_reference_a_target() {
    let world = World::start().await;
    let api = Client::of(&world).await.get("/openapi.json").await.body;
    let (mut names, mut references) = (Vec::new(), Vec::new());
    under(&api["paths"], "operationId", &mut names);
    under(&api, "$ref", &mut references);
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    references.retain(|reference| api.pointer(reference.trim_start_matches('#')).is_none());
    assert!(references.is_empty(), "these are nowhere: {references:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_is_said_to_be_where_it_is() {
    let world = World::start().await;
    let api = Client::of(&world).await.get("/openapi.json").await.body;
    for (path, item) in api["paths"].as_object().unwrap() {
        let operations = item.as_object().unwrap().values();
        for parameter in operations.filter_map(|operation| operation["parameters"].as_array()).flatten() {
            let Some(name) = parameter["name"].as_str() else { continue };
            let is_in_path = path.contains(&format!("{{{name}}}"));
            assert_eq!(parameter["in"] == "path", is_in_path, "{name} of {path}");
        }
    }
}

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
    for reference in references {
        assert!(api.pointer(reference.trim_start_matches('#')).is_some(), "{reference} is nowhere");
    }
}

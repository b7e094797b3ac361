//! `If-Match` over the whole route table, read off the description of a running installation: an endpoint that says it
//! hears a version does, and any other refuses to write under one.

use jangteo::ids;
use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::market::{api_key, shopper, shopper_token, trading};
use crate::staff::staff;
use crate::world::World;

/// Something in the place of each parameter of a path.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{mall}" => "main".to_owned(),
        "{code}" => "books".to_owned(),
        "{saga}" => "refund".to_owned(),
        "{position}" => "1".to_owned(),
        part if part.starts_with('{') => ids::fresh().to_string(),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The writes of the description, each with whether it says that it hears `If-Match`.
fn writes(api: &Value) -> Vec<(Method, String, bool)> {
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if ["put", "post", "patch", "delete"].contains(&method.as_str()) {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let hears = parameters.into_iter().any(|parameter| parameter["name"] == "If-Match");
                found.push((method.to_uppercase().parse().unwrap(), path.clone(), hears));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_write_is_done_under_a_version_that_nobody_looked_at() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let (_, address) = shopper(&world).await;
    let merchant = trading(&world, "123-456").await;
    let shopper = client.with_token(&shopper_token(&world, &address).await);
    let merchant = client.with_token(&api_key(&world, merchant).await);
    let operator = staff(&world, &client, &[Role::Admin]).await;
    let writes = writes(&client.get("/openapi.json").await.body);
    world.settle().await;
    let head = world.app.log.head().await.unwrap();
    let mut hearing = 0;
    for (method, path, hears) in writes {
        let caller = match path.split('/').nth(1).unwrap() {
            "storefront" => &shopper,
            "seller" => &merchant,
            "admin" | "finance" => &operator,
            // Gateways and carriers know no versions; their notices are signed or nothing.
            "webhooks" => continue,
            other => panic!("whose is /{other}?"),
        };
        let headers = [("if-match", "\"1\""), ("idempotency-key", "key")];
        let reply = caller.send(method.clone(), &filled(&path), &headers, Some(json!({}))).await;
        if hears {
            hearing += 1;
            assert!(reply.status.is_client_error(), "{method} {path}: {reply:?}");
            assert_ne!(reply.code(), "if_match_not_taken", "{method} {path}");
        } else {
            let found = (reply.status.as_u16(), reply.code());
            assert_eq!(found, (400, "if_match_not_taken"), "{method} {path}");
        }
    }
    assert!(hearing > 40, "only {hearing} writes hear a version");
    assert_eq!(world.app.log.head().await.unwrap(), head, "nothing was written");
}

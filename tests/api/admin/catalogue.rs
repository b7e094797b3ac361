//! The standard classification, the display trees, and products under review.

use kernel::id::{ProductId, SkuId};
use member::operator::Role;
use product::Product;
use product::product::Command;
use product::product::command::Edit;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::{context, details, open};
use crate::staff::staff;
use crate::world::World;

async fn patch(client: &Client, path: &str, body: Value) -> Reply {
    client.write(Method::PATCH, path, body, &jangteo::ids::fresh().to_string()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_standard_classification_is_a_tree() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let define = |code: &str, parent: Value| {
        let (desk, body) = (desk.clone(), json!({"code": code, "name": "A name", "parent": parent}));
        async move { desk.post("/admin/v1/categories", body).await }
    };
    let media = define("media", Value::Null).await;
    assert_eq!((media.status.as_u16(), &media.body["code"]), (201, &json!("media")));
    assert_eq!(define("novels", json!("media")).await.status, 201);
    assert_eq!(define("media", json!("novels")).await.code(), "category_cycle");
    assert_eq!(define("films", json!("nowhere")).await.code(), "unknown_category");
    assert_eq!(define("No Code", Value::Null).await.status, 422);

    let path = "/admin/v1/categories/media";
    assert_eq!(patch(&desk, path, json!({"parent": "novels"})).await.code(), "category_cycle");
    assert_eq!(patch(&desk, path, json!({})).await.code(), "nothing_to_change");
    assert_eq!(patch(&desk, path, json!({"name": "Media", "parent": null})).await.status, 200);
    assert_eq!(desk.post("/admin/v1/categories/novels/retirement", Value::Null).await.status, 200);
    assert_eq!(define("crime", json!("novels")).await.code(), "unknown_category");
    assert_eq!(
        patch(&desk, "/admin/v1/categories/novels", json!({"name": "N"})).await.code(),
        "category_retired"
    );
    assert_eq!(
        patch(&desk, "/admin/v1/categories/nothing", json!({"name": "N"})).await.code(),
        "category_not_found"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_defined_a_category_defines_no_other() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let path = "/admin/v1/categories";
    let define = async |code: &str, parent: Value| {
        let body = json!({"code": code, "name": "A name", "parent": parent});
        desk.write(Method::POST, path, body, &format!("key-{parent}")).await
    };
    let first = define("media", Value::Null).await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = define("media", Value::Null).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let other = define("films", Value::Null).await;
    assert_eq!((other.status.as_u16(), other.code()), (422, "idempotency_key_reused"));

    let below = define("novels", json!("media")).await;
    assert_eq!(below.status, 201, "{below:?}");
    assert_eq!(desk.post(&format!("{path}/media/retirement"), Value::Null).await.status, 200);
    let again = define("novels", json!("media")).await;
    assert_eq!((again.status, &again.body), (below.status, &below.body), "its parent is gone since");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_display_tree_is_edited_at_the_version_that_was_seen() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let tree = "/admin/v1/malls/main/display-categories";
    let top = desk.post(tree, json!({"name": "Reading", "position": 1, "sources": ["books"]})).await;
    assert_eq!(top.status, 201, "{top:?}");
    let id = top.body["id"].as_str().unwrap();
    let below = desk.post(tree, json!({"parent": id, "name": "Novels", "position": 1})).await;
    let category = format!("{tree}/{}", below.body["id"].as_str().unwrap());
    let edit = json!({"name": "Fiction", "place": {"parent": null, "position": 2}, "hidden": true});
    let stale = [("if-match", top.header("etag")), ("idempotency-key", "a")];
    let refused = desk.send(Method::PATCH, &category, &stale, Some(edit.clone())).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (412, "version_mismatch"));
    let fresh = [("if-match", below.header("etag")), ("idempotency-key", "b")];
    let edited = desk.send(Method::PATCH, &category, &fresh, Some(edit)).await;
    assert_eq!(edited.status, 200, "{edited:?}");

    let seen = [("jangteo-position", edited.header("jangteo-position"))];
    let shown = desk.send(Method::GET, tree, &seen, None).await;
    assert_eq!(shown.header("etag"), edited.header("etag"));
    let names: Vec<_> = shown.body["categories"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["Reading", "Fiction"]);
    assert_eq!(shown.body["categories"][1]["hidden"], true);

    assert_eq!(desk.write(Method::DELETE, &category, Value::Null, "gone").await.status, 200);
    assert_eq!(patch(&desk, &category, json!({"name": "Again"})).await.code(), "display_category_not_found");
    assert_eq!(desk.get("/admin/v1/malls/nowhere/display-categories").await.code(), "mall_not_found");
    let nowhere =
        desk.post("/admin/v1/malls/nowhere/display-categories", json!({"name": "A", "position": 1})).await;
    assert_eq!(nowhere.code(), "mall_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_reviewed_before_it_is_sold() {
    let world = World::start().await;
    let market = open(&world).await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let (product, sku) = (ProductId(jangteo::ids::fresh()), SkuId(jangteo::ids::fresh()));
    world
        .app
        .draft_product(&context(&world), product, market.merchant, &market.mall, details(sku))
        .await
        .unwrap();
    let path = format!("/admin/v1/products/{product}");
    assert_eq!(desk.post(&format!("{path}/approval"), Value::Null).await.code(), "product_phase_forbids");
    world.app.submit_product(&context(&world), product).await.unwrap();
    world.projected().await;
    let queue = desk.get("/admin/v1/products/review-queue").await;
    let waiting = queue.body["items"].as_array().unwrap();
    assert_eq!((waiting.len(), &waiting[0]["product"]), (1, &json!(product.to_string())));

    let why = json!({"reason": "The images are blurred."});
    assert_eq!(desk.post(&format!("{path}/rejection"), why.clone()).await.status, 200);
    let edit = Command::Edit(Edit { details: details(sku), at: context(&world).at });
    world.app.log.execute::<Product>(&context(&world), &product, edit).await.unwrap();
    world.app.submit_product(&context(&world), product).await.unwrap();
    assert_eq!(desk.post(&format!("{path}/approval"), Value::Null).await.status, 200);
    assert_eq!(desk.post(&format!("{path}/suspension"), why.clone()).await.status, 200);
    assert_eq!(desk.post(&format!("{path}/resumption"), Value::Null).await.status, 200);
    let nothing = format!("/admin/v1/products/{}/suspension", jangteo::ids::fresh());
    assert_eq!(desk.post(&nothing, why).await.code(), "product_not_found");
}

//! Colleagues and what they are there for.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::staff::{PASSWORD, sign_in, staff};
use crate::world::World;

fn new(email: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "name": "Jo", "roles": ["support"]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_operator_is_created_once() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let create = |body: Value, key: &'static str| {
        let admin = admin.clone();
        async move { admin.write(Method::POST, "/admin/v1/operators", body, key).await }
    };
    let first = create(new("jo@example.com"), "one").await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = create(new("jo@example.com"), "one").await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let other = create(new("jim@example.com"), "one").await;
    assert_eq!((other.status.as_u16(), other.code()), (422, "idempotency_key_reused"));
    let taken = create(new("jo@example.com"), "two").await;
    assert_eq!((taken.status.as_u16(), taken.code()), (409, "email_taken"));
    let seen = [("jangteo-position", first.header("jangteo-position"))];
    let listed = admin.send(Method::GET, "/admin/v1/operators?limit=1", &seen, None).await;
    assert_eq!(listed.body["items"][0]["operator"], first.body["id"]);
    let cursor = listed.body["next_cursor"].as_str().unwrap();
    let rest = admin.get(&format!("/admin/v1/operators?cursor={cursor}")).await;
    assert_eq!((rest.body["items"].as_array().unwrap().len(), &rest.body["next_cursor"]), (1, &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_and_locks_hold_from_the_next_request_on() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let jo = admin.post("/admin/v1/operators", new("jo@example.com")).await;
    let path = format!("/admin/v1/operators/{}", jo.body["id"].as_str().unwrap());
    let session = sign_in(&client, "jo@example.com").await;
    let desk = client.with_token(session.body["access_token"].as_str().unwrap());
    assert_eq!(desk.get("/admin/v1/operators").await.code(), "role_missing");

    let roles = json!({"roles": ["admin"]});
    let put = |tag: String| {
        let (admin, path, roles) = (admin.clone(), format!("{path}/roles"), roles.clone());
        let key = format!("roles {tag}").replace(' ', "-");
        async move {
            let headers = [("if-match", tag.as_str()), ("idempotency-key", key.as_str())];
            admin.send(Method::PUT, &path, &headers, Some(roles)).await
        }
    };
    assert_eq!(put("\"1\"".to_owned()).await.code(), "version_mismatch");
    assert_eq!(put(jo.header("etag").to_owned()).await.status, 200);
    assert_eq!(desk.get("/admin/v1/operators").await.status, 200);

    assert_eq!(admin.post(&format!("{path}/disablement"), Value::Null).await.status, 200);
    let locked = desk.get("/admin/v1/operators").await;
    assert_eq!((locked.status.as_u16(), locked.code()), (403, "account_disabled"));
    assert_eq!(admin.post(&format!("{path}/enablement"), Value::Null).await.status, 200);
    assert_eq!(desk.get("/admin/v1/operators").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_that_cannot_be_are_refused() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let mut nothing = new("jo@example.com");
    nothing["roles"] = json!([]);
    assert_eq!(admin.post("/admin/v1/operators", nothing).await.code(), "operator_without_roles");
    let mut king = new("jo@example.com");
    king["roles"] = json!(["king"]);
    let reply = admin.post("/admin/v1/operators", king).await;
    assert_eq!((reply.status.as_u16(), &reply.body["errors"][0]["field"]), (422, &json!("/roles/0")));
    let nobody = format!("/admin/v1/operators/{}/enablement", jangteo::ids::fresh());
    assert_eq!(admin.post(&nobody, Value::Null).await.code(), "operator_not_found");
    assert_eq!(admin.post("/admin/v1/operators/x/enablement", Value::Null).await.status, 404);
    let unkeyed = admin.send(Method::POST, &nobody, &[], None).await;
    assert_eq!(unkeyed.code(), "idempotency_key_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_admin_stays() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let mut other = new("jo@example.com");
    other["roles"] = json!(["admin"]);
    let jo = admin.post("/admin/v1/operators", other).await;
    let of = |id: &str| format!("/admin/v1/operators/{id}");
    let path = of(jo.body["id"].as_str().unwrap());
    let seen = [("jangteo-position", jo.header("jangteo-position"))];
    let listed = admin.send(Method::GET, "/admin/v1/operators", &seen, None).await.body;
    let items = listed["items"].as_array().unwrap().clone();
    let first = items.iter().find(|it| it["operator"] != jo.body["id"]).unwrap();
    let own = of(first["operator"].as_str().unwrap());

    let disable = async |path: &str| admin.post(&format!("{path}/disablement"), Value::Null).await;
    let demote = async |path: &str, role: &str| {
        let key = jangteo::ids::fresh().to_string();
        admin.write(Method::PUT, &format!("{path}/roles"), json!({"roles": [role]}), &key).await
    };
    disable(&path).await.is(200);
    disable(&own).await.is_problem(409, "last_admin");
    demote(&own, "support").await.is_problem(409, "last_admin");
    admin.post(&format!("{path}/enablement"), Value::Null).await.is(200);
    demote(&path, "support").await.is(200);
    disable(&own).await.is_problem(409, "last_admin");
    disable(&path).await.is(200);
    admin.post(&format!("{path}/enablement"), Value::Null).await.is(200);
    demote(&path, "admin").await.is(200);
    disable(&own).await.is(200);
    assert_eq!(admin.get("/admin/v1/operators").await.code(), "account_disabled");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_do_not_lock_each_other_out() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let mut other = new("jo@example.com");
    other["roles"] = json!(["admin"]);
    let jo = admin.post("/admin/v1/operators", other).await;
    let session = sign_in(&client, "jo@example.com").await;
    let jos = client.with_token(session.body["access_token"].as_str().unwrap());
    let seen = [("jangteo-position", jo.header("jangteo-position"))];
    let listed = admin.send(Method::GET, "/admin/v1/operators", &seen, None).await.body;
    let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|it| it["operator"].clone()).collect();
    let other_than = |one: &Value| ids.iter().find(|id| *id != one).unwrap().clone();
    let (jo, first) = (jo.body["id"].clone(), other_than(&jo.body["id"]));
    let path = |id: &Value| format!("/admin/v1/operators/{}/disablement", id.as_str().unwrap());
    let (of_jo, of_first) = (path(&jo), path(&first));
    let (one, two) = tokio::join!(admin.post(&of_jo, Value::Null), jos.post(&of_first, Value::Null));
    let done = [&one, &two].into_iter().filter(|reply| reply.status == 200).count();
    assert_eq!(done, 1, "{one:?} {two:?}");
    let left = [&admin, &jos].map(|caller| caller.get("/admin/v1/operators"));
    let left = futures::future::join_all(left).await;
    assert_eq!(left.iter().filter(|reply| reply.status == 200).count(), 1);
}

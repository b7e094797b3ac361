//! `/openapi.json` and `/docs`.

use axum::Router;
use axum::http::StatusCode;
use jangteo::http::{Json, Page, Paged, Path, Problem, Query, Shopper, Write};
use kernel::id::OrderId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::{self, House, service};

#[derive(Serialize, Deserialize, ToSchema)]
struct Thing {
    name: String,
}

#[derive(Serialize, Deserialize)]
struct After(u32);

#[derive(Deserialize, utoipa::IntoParams)]
struct Filter {
    /// Which names.
    name: Option<String>,
}

/// Makes a thing.
#[utoipa::path(post, path = "/things/{shelf}", params(("shelf" = String, Path)), request_body = Thing,
    responses((status = 201, body = Thing)))]
async fn make(_: Shopper, Path(_shelf): Path<OrderId>, write: Write<Thing>) -> (StatusCode, Json<Thing>) {
    (StatusCode::CREATED, Json(write.body))
}

/// Lists things.
#[utoipa::path(get, path = "/things", params(Filter), security(()), responses((status = 200, body = Page<Thing>)))]
async fn list(paged: Paged<After, Filter>) -> Result<Json<Page<Thing>>, Problem> {
    let name = paged.filter.name.clone().unwrap_or_default();
    paged.page(vec![Thing { name }], |_| After(1), |thing| thing).map(Json)
}

/// Finds things.
#[utoipa::path(get, path = "/search", params(Filter), responses((status = 200, body = [Thing])))]
async fn search(Query(filter): Query<Filter>) -> Json<Vec<Thing>> {
    Json(filter.name.into_iter().map(|name| Thing { name }).collect())
}

fn house() -> Router {
    let table: OpenApiRouter<House> =
        OpenApiRouter::new().routes(routes!(make)).routes(routes!(list)).routes(routes!(search));
    service(OpenApiRouter::new().nest("/seller/v1", table.clone()).nest("/storefront/v1", table))
}

async fn description() -> Value {
    house::get(&house(), "/openapi.json", &[]).await.json
}

/// Every `$ref` of a document.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, held)| match (key.as_str(), held.as_str()) {
                ("$ref", Some(target)) => vec![target.to_owned()],
                _ => references(held),
            })
            .collect(),
        Value::Array(list) => list.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

#[tokio::test]
async fn the_description_is_openapi_3_1_and_whole() {
    let api = description().await;
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["info"]["title"], "Jangteo");
    for reference in references(&api) {
        let found = api.pointer(reference.strip_prefix('#').unwrap());
        assert!(found.is_some(), "{reference} is nowhere");
    }
    for path in ["/seller/v1/things", "/storefront/v1/things/{shelf}", "/health/live"] {
        assert!(api["paths"].get(path).is_some(), "{path}: {:?}", api["paths"].as_object().unwrap().keys());
    }
}

#[tokio::test]
async fn a_write_says_what_all_writes_share() {
    let make = description().await["paths"]["/seller/v1/things/{shelf}"]["post"].clone();
    let shared = json!({"$ref": "#/components/parameters/Idempotency-Key"});
    let parameters = make["parameters"].as_array().unwrap();
    assert!(parameters.contains(&shared) && parameters.len() == 2, "{parameters:?}");
    assert_eq!(make["responses"]["default"], json!({"$ref": "#/components/responses/Problem"}));
    assert!(make["responses"]["201"]["headers"].get("Jangteo-Position").is_some());
    assert_eq!(make["security"], json!([{"access_token": []}, {"api_key": []}]));
    assert_eq!(make["tags"], json!(["seller"]));
}

#[tokio::test]
async fn a_list_says_how_it_pages() {
    let list = description().await["paths"]["/storefront/v1/things"]["get"].clone();
    let names: Vec<String> = list["parameters"].as_array().unwrap().iter().map(Value::to_string).collect();
    for name in ["limit", "cursor", "Jangteo-Position", "\"name\""] {
        assert!(names.iter().any(|held| held.contains(name)), "{name} in {names:?}");
    }
    assert_eq!(list["security"], json!([{}]), "what an endpoint says itself stays");
}

#[tokio::test]
async fn the_schema_of_problems_names_what_a_problem_has() {
    let schema = description().await["components"]["schemas"]["Problem"].clone();
    let reply = house::get(&house(), "/nowhere", &[]).await;
    let (said, sent) = (schema["properties"].as_object().unwrap(), reply.json.as_object().unwrap());
    assert_eq!(said.keys().collect::<Vec<_>>(), sent.keys().collect::<Vec<_>>());
}

#[tokio::test]
async fn the_browser_needs_no_network() {
    let house = house();
    assert_eq!(house::get(&house, "/docs", &[]).await.header("location"), "/docs/");
    for (file, kind) in
        [("", "text/html"), ("swagger-ui-bundle.js", "text/javascript"), ("swagger-ui.css", "text/css")]
    {
        let reply = house::get(&house, &format!("/docs/{file}"), &[]).await;
        assert_eq!(reply.status.as_u16(), 200, "{file}");
        assert!(reply.header("content-type").starts_with(kind), "{file}: {}", reply.header("content-type"));
    }
}

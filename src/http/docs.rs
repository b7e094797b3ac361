//! The API's own description: `/openapi.json` (OpenAPI 3.1) and `/docs` (a browser for it that needs no network).
//!
//! What every endpoint shares (problems, standard headers, who may call) is written in here, so that an endpoint says
//! only what is its own. Never here: anything about one endpoint.

mod standard;

use axum::Router;
use serde_json::{Map, Value};
use utoipa::OpenApi as _;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::problem::{Details, FieldError};

/// Where the description is.
const DESCRIPTION: &str = "/openapi.json";
/// The keys of a path item that hold operations.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The schemas that every endpoint may answer with.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(Details, FieldError)))]
struct Shared;

/// The routes of the description and of its browser.
pub(super) fn routes(api: OpenApi) -> Router {
    // Swagger UI asks a public server to validate what it shows, unless told not to.
    let config = Config::new([DESCRIPTION]).validator_url("none").persist_authorization(true);
    SwaggerUi::new("/docs").external_url_unchecked(DESCRIPTION, describe(api)).config(config).into()
}

/// The whole description, as JSON.
pub fn describe(api: OpenApi) -> Value {
    let mut whole = merged(api);
    for (path, item) in object(&mut whole, "paths").into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                standard::complete(operation, path, method);
            }
        }
    }
    if let Some(components) = object(&mut whole, "components") {
        for (kind, named) in standard::components() {
            if let Some(held) = object(components, &kind) {
                held.extend(entries(named));
            }
        }
    }
    Value::Object(whole)
}

/// The endpoints' own descriptions under one head, with the schema of problems.
fn merged(api: OpenApi) -> Map<String, Value> {
    let info = InfoBuilder::new()
        .title("Jangteo")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(standard::INTRODUCTION));
    let head = OpenApiBuilder::new().info(info.build()).build();
    let whole = head.merge_from(Shared::openapi()).merge_from(api);
    // The description's own types can always be written as JSON.
    entries(serde_json::to_value(whole).unwrap_or_default())
}

fn entries(value: Value) -> Map<String, Value> {
    if let Value::Object(entries) = value { entries } else { Map::new() }
}

/// The object under a key, made where there is nothing.
fn object<'a>(map: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Map<String, Value>> {
    map.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}

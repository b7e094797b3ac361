//! What every endpoint shares: who may call, the standard headers, pages, and problems as the answer to all that fails.

use serde_json::{Map, Value, json};

/// What stands above the list of addresses.
pub(super) const INTRODUCTION: &str = "An event-sourced commerce backend for marketplaces.\n\n\
    Every write takes an `Idempotency-Key`: the same key again is answered with the first outcome, for ever. \
    A write tells its position in the log (`Jangteo-Position`); a read that sends it back sees that write. \
    Every failure is a problem (RFC 9457) with a stable `code` and a trace id.";

/// What the surfaces' prefixes say about their callers. An endpoint that lets in nobody known says so itself: `()`
/// among its `security(..)`.
const CALLERS: [(&str, &[&str]); 4] = [
    ("/storefront/", &["access_token"]),
    ("/seller/", &["access_token", "api_key"]),
    ("/admin/", &["access_token"]),
    ("/finance/", &["access_token"]),
];

/// Adds to an operation what it shares with the others, unless it says otherwise itself.
pub(super) fn complete(operation: &mut Map<String, Value>, path: &str, method: &str) {
    if let Some((prefix, schemes)) = CALLERS.iter().find(|(prefix, _)| path.starts_with(prefix)) {
        operation.entry("tags").or_insert_with(|| json!([prefix.trim_matches('/')]));
        operation
            .entry("security")
            .or_insert_with(|| schemes.iter().map(|scheme| json!({ *scheme: [] })).collect());
        add_parameters(operation, method);
        add_headers(operation, method);
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        responses.entry("default").or_insert_with(|| json!({"$ref": "#/components/responses/Problem"}));
    }
}

fn add_parameters(operation: &mut Map<String, Value>, method: &str) {
    let mut names = if method == "get" { vec!["Jangteo-Position"] } else { vec!["Idempotency-Key"] };
    if is_paged(operation) {
        names.extend(["limit", "cursor"]);
    }
    let held = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(held) = held.as_array_mut() {
        held.extend(names.iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")})));
    }
}

/// Whether an operation answers with a [`crate::http::Page`].
fn is_paged(operation: &Map<String, Value>) -> bool {
    let schema =
        operation.get("responses").and_then(|it| it.pointer("/200/content/application~1json/schema/$ref"));
    schema.and_then(Value::as_str).is_some_and(|schema| schema.contains("/Page_"))
}

fn add_headers(operation: &mut Map<String, Value>, method: &str) {
    let names: &[&str] =
        if method == "get" { &["Jangteo-Trace"] } else { &["Jangteo-Trace", "Jangteo-Position"] };
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, response) in responses.filter(|(status, _)| status.starts_with('2')) {
        let held = response.as_object_mut().map(|it| it.entry("headers").or_insert_with(|| json!({})));
        if let Some(held) = held.and_then(Value::as_object_mut) {
            held.extend(names.iter().map(|name| ((*name).to_owned(), header(name))));
        }
    }
}

/// What the operations refer to.
pub(super) fn components() -> Map<String, Value> {
    let all = json!({
        "securitySchemes": security_schemes(),
        "parameters": parameters(),
        "headers": headers(),
        "responses": { "Problem": problem() },
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}

fn security_schemes() -> Value {
    json!({
        "access_token": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token: good for a quarter of an hour, had by signing in or refreshing. Where an operation \
                            names a role (`support`, `catalog`, `finance`, `admin`) an operator must hold it; an admin may everything.",
        },
        "api_key": {
            "type": "http", "scheme": "bearer", "bearerFormat": "jk_<merchant>_<key>_<secret>",
            "description": "A merchant's API key, good until it is revoked.",
        },
    })
}

fn parameters() -> Value {
    json!({
        "Idempotency-Key": {
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "The caller's name for this write: 1 to 200 visible ASCII characters.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        },
        "Jangteo-Position": {
            "name": "Jangteo-Position", "in": "header",
            "description": "A position that a write has told: the answer will have seen it (503 `not_caught_up` \
                            where that takes longer than five seconds; 400 `position_ahead` where no write has told it).",
            "schema": {"type": "integer", "format": "int64", "minimum": 0},
        },
        "limit": {
            "name": "limit", "in": "query", "description": "How many items.",
            "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        },
        "cursor": {
            "name": "cursor", "in": "query", "description": "The former page's `next_cursor`.",
            "schema": {"type": "string"},
        },
    })
}

fn headers() -> Value {
    json!({
        "Jangteo-Trace": {
            "description": "The trace id: the caller's (`traceparent`) or a fresh one.",
            "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        },
        "Jangteo-Position": {
            "description": "The write's position in the log; send it with a read that is to see the write.",
            "schema": {"type": "integer", "format": "int64"},
        },
        "Retry-After": {
            "description": "In how many seconds to try again, where that may help.",
            "schema": {"type": "integer"},
        },
        "RateLimit-Limit": { "description": "Requests at once, after a rest.", "schema": {"type": "integer"} },
        "RateLimit-Remaining": { "description": "Requests left right now.", "schema": {"type": "integer"} },
        "RateLimit-Reset": { "description": "Seconds until all are free again.", "schema": {"type": "integer"} },
    })
}

fn problem() -> Value {
    let shown = ["Jangteo-Trace", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
    let headers: Map<String, Value> = shown.iter().map(|name| ((*name).to_owned(), header(name))).collect();
    json!({
        "description": "It was refused, or it failed: see `code`.",
        "headers": headers,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    })
}

fn header(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

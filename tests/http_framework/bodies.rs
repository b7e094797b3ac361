//! Strict JSON bodies.

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use jangteo::http::{Json, Problem};
use kernel::{Quantity, Text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

use crate::house::{Reply, request, send, service};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Basket {
    name: Text<10>,
    lines: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "a/b~c")]
    odd: Option<bool>,
    quantity: Quantity,
}

async fn echo(Json(basket): Json<Basket>) -> Result<Json<Basket>, Problem> {
    Ok(Json(basket))
}

fn house() -> Router {
    service(OpenApiRouter::new().route("/echo", post(echo)))
}

async fn post_json(body: impl Into<Body>) -> Reply {
    send(&house(), request("POST /echo", &["Content-Type: application/json; charset=utf-8"], body)).await
}

#[tokio::test]
async fn a_fitting_body_is_taken() {
    let body = json!({"name": "제주", "lines": [{"quantity": 2, "a/b~c": true}]});
    let reply = post_json(body.to_string()).await;
    assert_eq!((reply.status.as_u16(), &reply.json), (200, &body));
    assert_eq!(reply.header("content-type"), "application/json");
}

#[tokio::test]
async fn what_is_not_json_says_where_it_breaks() {
    for body in [
        "{\"name\": \"a\",\n  \"lines\": [}",
        "{\"name\":",
        "{\"lines\": [], \"name\": \"a\"} {}",
        "{\"name\": nul}",
    ] {
        let reply = post_json(body).await;
        reply.is_problem(400, "malformed_json");
        assert!(reply.json["detail"].as_str().unwrap().contains(" at line "), "{reply:?}");
    }
    let broken = post_json("{\"name\": \"a\",\n  \"lines\": [}").await;
    assert!(broken.json["detail"].as_str().unwrap().contains("line 2 column 13"), "{broken:?}");
}

#[tokio::test]
async fn malformed_json_is_never_taken_for_an_unfit_part() {
    post_json("{\"name\": 7, \"lines\": ]").await.is_problem(400, "malformed_json");
    post_json([b"{\"name\": \"".as_slice(), &[0xff], b"\", \"lines\": []}"].concat())
        .await
        .is_problem(400, "malformed_json");
}

#[tokio::test]
async fn an_unfit_part_is_pointed_at() {
    for (body, field, code) in [
        (json!({"name": "a"}), "/lines", "missing"),
        (json!({"name": "a", "lines": [{}]}), "/lines/0/quantity", "missing"),
        (json!({"name": "a", "lines": [{"quantity": 1}, {"quantity": 0}]}), "/lines/1/quantity", "invalid"),
        (json!({"name": "a", "lines": [{"quantity": "1"}]}), "/lines/0/quantity", "invalid_type"),
        (json!({"name": "a", "lines": [{"quantity": 1, "a/b~c": 1}]}), "/lines/0/a~1b~0c", "invalid_type"),
        (json!({"name": "a", "lines": [], "extra": 1}), "/extra", "unknown"),
        (json!({"name": " ", "lines": []}), "/name", "invalid"),
        (json!([]), "", "invalid"),
        (json!(null), "", "invalid_type"),
    ] {
        let reply = post_json(body.to_string()).await;
        reply.is_problem(422, "invalid_body");
        assert_eq!(reply.wrong_part(), (field, code), "{body}");
        assert!(!reply.json["errors"][0]["detail"].as_str().unwrap().contains(" at line "));
    }
}

#[tokio::test]
async fn a_part_stands_once() {
    let reply = post_json("{\"name\": \"a\", \"name\": \"b\", \"lines\": []}").await;
    reply.is_problem(422, "invalid_body");
    assert_eq!(reply.wrong_part().1, "duplicate");
}

#[tokio::test]
async fn a_body_has_at_most_a_mebibyte() {
    let body = |bytes: usize| format!("{{\"name\": \"a\", \"lines\": []{}}}", " ".repeat(bytes - 26));
    assert_eq!(body(1 << 20).len(), 1 << 20);
    assert_eq!(post_json(body(1 << 20)).await.status.as_u16(), 200);
    post_json(body((1 << 20) + 1)).await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_body_says_that_it_is_json() {
    for headers in [&[][..], &["Content-Type: text/plain"], &["Content-Type: application/jsonp"]] {
        send(&house(), request("POST /echo", headers, "{}")).await.is_problem(415, "unsupported_media_type");
    }
    send(&house(), request("POST /echo", &[], "")).await.is_problem(400, "body_missing");
}

#[tokio::test]
async fn nesting_without_end_is_malformed() {
    let deep = format!("{{\"name\": \"a\", \"lines\": {}", "[".repeat(100_000));
    post_json(deep).await.is_problem(400, "malformed_json");
}

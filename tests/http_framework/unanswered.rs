//! What answers where no handler does.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use jangteo::http::{Ready, Setup, serve_routes};
use utoipa_axum::router::OpenApiRouter;

use crate::house::{self, House, impatient, request, send, service, setup};
use crate::traces;

async fn fragile() -> &'static str {
    panic!("a vase fell")
}

async fn slow() -> &'static str {
    std::future::pending().await
}

fn table() -> OpenApiRouter<House> {
    let inner = OpenApiRouter::new().route("/fragile", get(fragile)).route("/slow", get(slow));
    OpenApiRouter::new().nest("/room", inner)
}

fn house() -> Router {
    service(table())
}

#[tokio::test]
async fn an_unknown_address_is_a_problem() {
    for path in ["/", "/nowhere", "/room", "/room/nowhere", "/room/slow/"] {
        house::get(&house(), path, &[]).await.is_problem(404, "unknown_route");
    }
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_lists_the_right_ones() {
    for path in ["/room/slow", "/health/live", "/openapi.json"] {
        let reply = send(&house(), request(&format!("DELETE {path}"), &[], Body::empty())).await;
        reply.is_problem(405, "method_not_allowed");
        assert!(reply.header("allow").contains("GET"), "{reply:?}");
    }
}

#[tokio::test]
async fn a_panic_is_a_problem_without_its_words() {
    let reply = house::get(&house(), "/room/fragile", &[]).await;
    reply.is_problem(500, "internal");
    assert!(!reply.json.to_string().contains("vase"));
    let logged = traces::lines_with(reply.header("jangteo-trace"));
    assert!(logged.iter().any(|line| line.contains("a vase fell")), "{logged:?}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let reply = house::get(&impatient(table()), "/room/slow", &[]).await;
    reply.is_problem(503, "timed_out");
    assert_eq!(reply.header("retry-after"), "1");
}

#[tokio::test]
async fn health_says_what_the_application_says() {
    let ready = house::get(&house(), "/health/ready", &[]).await;
    assert_eq!((ready.status.as_u16(), &ready.json["status"]), (200, &"ready".into()));
    let ready: Ready = Arc::new(|| Box::pin(async { Err("no log at secret-host".to_owned()) }));
    let unready = serve_routes(table(), House::new(), Setup { ready, ..setup() });
    let reply = house::get(&unready, "/health/ready", &[]).await;
    reply.is_problem(503, "not_ready");
    assert!(!reply.json.to_string().contains("secret-host"));
    assert_eq!(house::get(&unready, "/health/live", &[]).await.status.as_u16(), 200);
}

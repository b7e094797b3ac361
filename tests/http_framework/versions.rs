//! Versions: `ETag`, `If-Match`, `If-None-Match`.

use axum::Router;
use axum::response::Response;
use axum::routing::{get, put};
use eventstore::Seq;
use jangteo::http::{IfMatch, IfNoneMatch, Json, Problem};
use utoipa_axum::router::OpenApiRouter;

use crate::house::{Reply, request, send, service};

async fn read(seen: IfNoneMatch) -> Response {
    seen.reply(Seq(7), "body")
}

async fn write(seen: IfMatch) -> Json<Option<Seq>> {
    Json(seen.0)
}

async fn careful(seen: IfMatch) -> Result<Json<Seq>, Problem> {
    seen.required().map(Json)
}

fn house() -> Router {
    let table = OpenApiRouter::new()
        .route("/thing", get(read))
        .route("/thing", put(write))
        .route("/careful", put(careful));
    service(table)
}

async fn ask(line: &str, headers: &[&str]) -> Reply {
    send(&house(), request(line, headers, "")).await
}

#[tokio::test]
async fn a_read_tells_its_version_and_is_not_repeated() {
    let first = ask("GET /thing", &[]).await;
    assert_eq!((first.status.as_u16(), first.header("etag"), &first.json), (200, "\"7\"", &"body".into()));
    for (seen, status) in [
        ("\"7\"", 304),
        ("\"6\", \"7\"", 304),
        ("W/\"7\"", 304),
        ("*", 304),
        ("\"6\"", 200),
        ("7", 200),
        ("\"77\"", 200),
    ] {
        let reply = ask("GET /thing", &[&format!("If-None-Match: {seen}")]).await;
        assert_eq!((reply.status.as_u16(), reply.header("etag")), (status, "\"7\""), "{seen}");
        assert_eq!(reply.json.is_null(), status == 304);
    }
}

#[tokio::test]
async fn a_write_may_name_the_version_seen() {
    assert_eq!(ask("PUT /thing", &["If-Match: \"7\""]).await.json, 7);
    for headers in [&[][..], &["If-Match: *"]] {
        let reply = ask("PUT /thing", headers).await;
        assert!(reply.status.is_success() && reply.json.is_null());
    }
    for seen in ["7", "W/\"7\"", "\"x\"", "\"07\"", "\"6\", \"7\"", "\"-1\""] {
        ask("PUT /thing", &[&format!("If-Match: {seen}")]).await.is_problem(400, "bad_if_match");
    }
}

#[tokio::test]
async fn a_careful_write_must_name_it() {
    assert_eq!(ask("PUT /careful", &["If-Match: \"7\""]).await.json, 7);
    ask("PUT /careful", &[]).await.is_problem(428, "if_match_missing");
}

//! Writes: names, fingerprints, derived ids, and what becomes of a failed command.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{delete, post};
use eventstore::{AppendError, CommandError, ReadError, Seq};
use jangteo::http::{Json, MaybeShopper, Position, Problem, Version, Write};
use kernel::id::MemberId;
use kernel::{Rejection, RejectionKind};
use member::email::{Claim, Command};
use member::{EmailClaim, EmailHash, Holder};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::house::{House, OPEN_SESSION, Reply, now, request, send, service, token};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    email_hash: EmailHash,
}

/// Claims an address for a member whose id the request makes.
async fn claim(
    State(house): State<House>,
    caller: MaybeShopper,
    write: Write<Address>,
) -> Result<impl IntoResponse, Problem> {
    let member = write.derive(&caller.actor(), "member");
    let intent = write.intent(caller.actor(), now());
    let command = Command::Claim(Claim {
        email_hash: write.body.email_hash.clone(),
        holder: Holder::Member(MemberId(member)),
        at: now(),
    });
    let outcome = house.log.execute::<EmailClaim>(&intent, &write.body.email_hash, command).await?;
    let version = Version(outcome.version_of::<EmailClaim>(&write.body.email_hash));
    let body = json!({"member": member, "command": intent.command_id, "trace": intent.correlation_id});
    Ok((StatusCode::CREATED, Position(outcome.position), version, Json(body)))
}

async fn clear(_: Write<()>) -> StatusCode {
    StatusCode::NO_CONTENT
}

fn house() -> Router {
    let inner = OpenApiRouter::new().route("/claims", post(claim)).route("/claims", delete(clear));
    service(OpenApiRouter::new().nest("/a", inner.clone()).nest("/b", inner))
}

fn address(digit: &str) -> String {
    json!({"email_hash": digit.repeat(64)}).to_string()
}

async fn claim_as(service: &Router, path: &str, key: &str, body: String, token: Option<String>) -> Reply {
    let key = format!("Idempotency-Key: {key}");
    let token = token.map(|token| format!("Authorization: Bearer {token}"));
    let mut headers = vec!["Content-Type: application/json", &key];
    headers.extend(token.as_deref());
    send(service, request(&format!("POST {path}"), &headers, body)).await
}

#[tokio::test]
async fn the_same_key_gives_the_same_outcome() {
    let service = house();
    let first = claim_as(&service, "/a/claims", "k-1", address("a"), None).await;
    assert_eq!((first.status.as_u16(), first.header("jangteo-position")), (201, "1"));
    assert_eq!(first.header("etag"), "\"1\"");
    let again = claim_as(&service, "/a/claims", "k-1", address("a"), None).await;
    assert_eq!((again.status.as_u16(), again.header("jangteo-position")), (201, "1"));
    assert_eq!(again.json["member"], first.json["member"]);
    assert_eq!(again.json["command"], first.json["command"]);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let service = house();
    claim_as(&service, "/a/claims", "k-1", address("a"), None).await;
    let spaced = address("a").replace(':', ": ");
    let reply = claim_as(&service, "/a/claims", "k-1", spaced, None).await;
    reply.is_problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn another_key_path_or_caller_is_another_command() {
    let service = house();
    let mut seen: Vec<Value> = Vec::new();
    let shopper = token(Holder::Member(MemberId(Uuid::from_u128(8))), OPEN_SESSION);
    for (digit, path, key, token) in [
        ("a", "/a/claims", "k-1", None),
        ("b", "/a/claims", "k-2", None),
        ("c", "/b/claims", "k-1", None),
        ("d", "/a/claims", "k-1", Some(shopper)),
    ] {
        let reply = claim_as(&service, path, key, address(digit), token).await;
        assert_eq!(reply.status.as_u16(), 201, "{reply:?}");
        assert!(!seen.contains(&reply.json["command"]) && !seen.contains(&reply.json["member"]));
        seen.extend([reply.json["command"].clone(), reply.json["member"].clone()]);
    }
}

#[tokio::test]
async fn a_refusal_of_the_business_has_its_code_and_kind() {
    let service = house();
    claim_as(&service, "/a/claims", "k-1", address("a"), None).await;
    claim_as(&service, "/a/claims", "k-2", address("a"), None).await.is_problem(409, "email_taken");
}

#[tokio::test]
async fn a_write_has_a_key_of_visible_ascii() {
    let service = house();
    let headers = ["Content-Type: application/json"];
    let reply = send(&service, request("POST /a/claims", &headers, address("a"))).await;
    reply.is_problem(400, "idempotency_key_missing");
    for key in [String::new(), "two words".into(), "\u{e9}".into(), "k".repeat(201)] {
        claim_as(&service, "/a/claims", &key, address("a"), None)
            .await
            .is_problem(400, "idempotency_key_invalid");
    }
    assert_eq!(
        claim_as(&service, "/a/claims", &"~".repeat(200), address("a"), None).await.status.as_u16(),
        201
    );
    let twice = ["Content-Type: application/json", "Idempotency-Key: a", "Idempotency-Key: b"];
    let reply = send(&service, request("POST /a/claims", &twice, address("b"))).await;
    reply.is_problem(400, "idempotency_key_invalid");
}

#[tokio::test]
async fn a_write_may_have_no_body() {
    let headers = ["Idempotency-Key: k-1"];
    assert_eq!(send(&house(), request("DELETE /a/claims", &headers, "")).await.status.as_u16(), 204);
    send(&house(), request("POST /a/claims", &headers, "")).await.is_problem(400, "body_missing");
}

#[tokio::test]
async fn what_follows_from_a_request_carries_its_trace() {
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("traceparent: 00-{trace}-00f067aa0ba902b7-01");
    let headers = ["Content-Type: application/json", "Idempotency-Key: k", &parent];
    let reply = send(&house(), request("POST /a/claims", &headers, address("a"))).await;
    assert_eq!(reply.json["trace"].as_str().unwrap().replace('-', ""), trace);
    assert_eq!(reply.header("jangteo-trace"), trace);
}

#[derive(Debug, thiserror::Error)]
#[error("the shelf is empty")]
struct Refused(RejectionKind);

impl Rejection for Refused {
    fn code(&self) -> &'static str {
        "shelf_empty"
    }

    fn kind(&self) -> RejectionKind {
        self.0
    }
}

#[test]
fn every_failure_of_a_command_has_a_status() {
    let stream = eventstore::StreamName::of::<EmailClaim>(&EmailHash::new("a".repeat(64)).unwrap());
    let rejected = |kind| CommandError::Rejected(Box::new(Refused(kind)));
    let (expected, actual) = (Seq(1), Seq(2));
    for (error, status, code) in [
        (rejected(RejectionKind::NotFound), 404, "shelf_empty"),
        (rejected(RejectionKind::Conflict), 409, "shelf_empty"),
        (rejected(RejectionKind::Invalid), 422, "shelf_empty"),
        (rejected(RejectionKind::Forbidden), 403, "shelf_empty"),
        (rejected(RejectionKind::Unauthenticated), 401, "shelf_empty"),
        (CommandError::CommandIdReused, 422, "idempotency_key_reused"),
        (CommandError::VersionMismatch { stream: stream.clone(), expected, actual }, 412, "version_mismatch"),
        (CommandError::Contended { attempts: 64 }, 503, "contended"),
        (AppendError::Conflict { stream }.into(), 503, "contended"),
        (AppendError::OutcomeUnknown.into(), 503, "outcome_unknown"),
        (AppendError::Unavailable("secret-host".into()).into(), 503, "log_unavailable"),
        (AppendError::TooLarge("9 MB".into()).into(), 500, "internal"),
        (ReadError::Unavailable("secret-host".into()).into(), 503, "log_unavailable"),
    ] {
        let problem = Problem::from(error);
        assert_eq!(problem.code(), code);
        let response = problem.into_response();
        assert_eq!(response.status().as_u16(), status, "{code}");
        assert_eq!(response.headers().contains_key("retry-after"), status == 503, "{code}");
        assert_eq!(response.headers().contains_key("www-authenticate"), status == 401, "{code}");
    }
}

//! A tiny house on the framework: a few rooms, and how to knock.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::{HeaderMap, Request, StatusCode};
use eventstore::{Log, Memory, ReadError};
use jangteo::clock::VirtualClock;
use jangteo::credential::{ApiKey, Secret, Tokens};
use jangteo::http::{Authority, Gate, Ready, Setup, TIME_LIMIT};
use jangteo::lifecycle::Lifecycle;
use kernel::Timestamp;
use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use member::operator::Role;
use member::{Holder, SecretHash};
use serde_json::Value;
use tower::ServiceExt;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::traces;

pub const OPEN_SESSION: SessionId = SessionId(Uuid::from_u128(1));
pub const ENDED_SESSION: SessionId = SessionId(Uuid::from_u128(2));
pub const MERCHANT: MerchantId = MerchantId(Uuid::from_u128(3));
pub const SUPPORTER: OperatorId = OperatorId(Uuid::from_u128(4));
pub const DISABLED: OperatorId = OperatorId(Uuid::from_u128(5));

/// The state of the tiny house.
#[derive(Clone)]
pub struct House {
    pub gate: Gate,
    pub log: Log,
    pub key: ApiKey,
}

impl FromRef<House> for Gate {
    fn from_ref(house: &House) -> Self {
        house.gate.clone()
    }
}

struct Porter {
    key: ApiKeyId,
    hash: SecretHash,
}

#[async_trait]
impl Authority for Porter {
    async fn merchant_key(
        &self,
        merchant: MerchantId,
        key: ApiKeyId,
    ) -> Result<Option<SecretHash>, ReadError> {
        Ok((merchant == MERCHANT && key == self.key).then(|| self.hash.clone()))
    }

    async fn session_open(&self, session: SessionId, _: Timestamp) -> Result<bool, ReadError> {
        Ok(session == OPEN_SESSION)
    }

    async fn operator_roles(&self, operator: OperatorId) -> Result<BTreeSet<Role>, ReadError> {
        Ok(if operator == SUPPORTER { BTreeSet::from([Role::Support]) } else { BTreeSet::new() })
    }
}

pub fn now() -> Timestamp {
    chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000)
}

pub fn tokens() -> Tokens {
    Tokens::new(&Secret::parse("key", &"11".repeat(32)).unwrap())
}

impl House {
    pub fn new() -> Self {
        let key = ApiKey::fresh(MERCHANT, ApiKeyId(Uuid::from_u128(9)));
        let porter = Porter { key: key.key(), hash: key.hash().unwrap() };
        let clock = Arc::new(VirtualClock::stopped_at(now()));
        let gate = Gate { authority: Arc::new(porter), tokens: tokens(), clock };
        Self { gate, log: Log::new(Arc::new(Memory::default())), key }
    }
}

/// The access token of somebody in a session.
pub fn token(principal: Holder, session: SessionId) -> String {
    tokens().issue(principal, session, now()).unwrap().token
}

pub fn setup() -> Setup {
    traces::keep();
    let ready: Ready = Arc::new(|| Box::pin(async { Ok(()) }));
    Setup { rate: None, time_limit: TIME_LIMIT, ready, life: Lifecycle::serving() }
}

/// The service of a table, in a house of its own.
pub fn service(table: OpenApiRouter<House>) -> Router {
    jangteo::http::serve_routes(table, House::new(), setup())
}

pub fn impatient(table: OpenApiRouter<House>) -> Router {
    let setup = Setup { time_limit: Duration::from_millis(20), ..setup() };
    jangteo::http::serve_routes(table, House::new(), setup)
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts that it is a well-formed problem with this status and code.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.json["code"].as_str()), (status, Some(code)), "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["type"], format!("urn:jangteo:problem:{code}"));
        assert_eq!(self.json["trace_id"], self.header("jangteo-trace"));
        assert!(self.json["title"].is_string() && self.json["detail"].is_string());
    }

    /// The one wrong part: its field and its code.
    pub fn wrong_part(&self) -> (&str, &str) {
        let [only] = self.json["errors"].as_array().unwrap().as_slice() else { panic!("{self:?}") };
        (only["field"].as_str().unwrap(), only["code"].as_str().unwrap())
    }
}

/// Sends one request.
pub async fn send(service: &Router, request: Request<Body>) -> Reply {
    let response = service.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Reply { status: parts.status, headers: parts.headers, json }
}

/// A request with headers, `name: value` each.
pub fn request(line: &str, headers: &[&str], body: impl Into<Body>) -> Request<Body> {
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    request.body(body.into()).unwrap()
}

pub async fn get(service: &Router, path: &str, headers: &[&str]) -> Reply {
    send(service, request(&format!("GET {path}"), headers, Body::empty())).await
}

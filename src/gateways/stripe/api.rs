//! Speaking to Stripe: forms out, JSON in, each call within its limits. Never here: what an object means. What is sent and
//! answered is in no line; the key is in nothing that can be shown.

use std::time::Duration;

use anyhow::Context as _;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Account;

/// How long a connection may take to come about.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a call may take in all.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// How long a connection is kept for the next call.
const IDLE: Duration = Duration::from_mins(1);
/// The longest answer that is read.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// The version of the API that this code was written for.
const VERSION: &str = "2024-06-20";

/// What goes into a form or a query.
pub(super) type Fields<'a> = [(&'a str, String)];

/// Stripe's API with a secret key.
pub(super) struct Api {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: String,
    authorization: HeaderValue,
}

/// Why there is no object in the answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// No answer, or none that tells: it may have been done or not.
    Unanswered,
    /// It surely was not done: Stripe was not reached, or turned it away at the door.
    Undone(String),
    /// Stripe has read it and says no.
    Refused(Refusal),
}

/// Stripe's no.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Refusal {
    /// The kind of error.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    /// A stable code.
    pub(super) code: Option<String>,
    /// Of a declined card, what the issuer said.
    pub(super) decline_code: Option<String>,
}

impl Refusal {
    /// Whether the idempotency key was used for another request.
    pub(super) fn is_of_key(&self) -> bool {
        self.kind.as_deref() == Some("idempotency_error")
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = self.decline_code.as_deref().or(self.code.as_deref()).or(self.kind.as_deref());
        f.write_str(said.unwrap_or("without a reason"))
    }
}

/// The body of an error.
#[derive(Debug, Default, Deserialize)]
struct Told {
    #[serde(default)]
    error: Refusal,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Api {
    pub(super) fn new(account: &Account) -> anyhow::Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT_WITHIN));
        tcp.enforce_http(false);
        let tls = HttpsConnectorBuilder::new()
            .with_native_roots()
            .context("the machine has no root certificates")?;
        let connector = tls.https_or_http().enable_http1().wrap_connector(tcp);
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_idle_timeout(IDLE).pool_timer(TokioTimer::new());
        // A request that failed on a kept connection may have been heard: it is ours to decide what then.
        client.retry_canceled_requests(false);
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", account.secret_key))
            .context("the secret key is not one that Stripe gives out")?;
        authorization.set_sensitive(true);
        let base = account.api_url.trim_end_matches('/').to_owned();
        Ok(Self { client: client.build(connector), base, authorization })
    }

    /// Asks for something to be done. The same key again is done once, for as long as Stripe remembers it.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &Fields<'_>,
        idempotency_key: &str,
    ) -> Result<T, Fault> {
        let request = self.request(Method::POST, path).header("Idempotency-Key", idempotency_key);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Full::from(encoded(form)))).await
    }

    /// Asks how something stands.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &Fields<'_>) -> Result<T, Fault> {
        let request = self.request(Method::GET, &format!("{path}?{}", encoded(query)));
        self.send(request.body(Full::default())).await
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(AUTHORIZATION, self.authorization.clone())
            .header("Stripe-Version", VERSION)
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: http::Result<Request<Full<Bytes>>>,
    ) -> Result<T, Fault> {
        let request = request.map_err(|error| Fault::Undone(format!("no request to Stripe: {error}")))?;
        let (status, body) = tokio::time::timeout(ANSWER_WITHIN, self.answer(request))
            .await
            .unwrap_or(Err(Fault::Unanswered))?;
        read(status, &body)
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), Fault> {
        let response = self.client.request(request).await.map_err(|error| {
            if error.is_connect() {
                return Fault::Undone("Stripe can't be reached".to_owned());
            }
            tracing::debug!(%error, "Stripe gave no answer");
            Fault::Unanswered
        })?;
        let status = response.status();
        let body = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
        body.map(|body| (status, body.to_bytes())).map_err(|_| Fault::Unanswered)
    }
}

/// What an answer says. What is neither done nor refused for sure is not known.
pub(super) fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Fault> {
    if status.is_success() {
        return serde_json::from_slice(body).map_err(|error| {
            tracing::warn!(%error, "Stripe's answer can't be read");
            Fault::Unanswered
        });
    }
    match status {
        StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED | StatusCode::NOT_FOUND => {
            let told: Told = serde_json::from_slice(body).unwrap_or_default();
            Err(Fault::Refused(told.error))
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Err(Fault::Undone("Stripe does not accept the secret key".to_owned()))
        }
        StatusCode::TOO_MANY_REQUESTS => Err(Fault::Undone("Stripe is asked too often".to_owned())),
        _ => Err(Fault::Unanswered),
    }
}

fn encoded(fields: &Fields<'_>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

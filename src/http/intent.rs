//! Writes: what a caller wants, under a name of the caller's own (`Idempotency-Key`), so that it is never done twice.
//!
//! Never here: remembering keys. The aggregates do that, for the lifetime of the log.

use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method};
use eventstore::Context;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Timestamp};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::json;
use super::problem::Problem;
use super::version;
use crate::ids;
use crate::telemetry::trace;

/// The header with the caller's name for a write.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// The most characters of a key.
const CHARACTERS_MAX: usize = 200;

/// A write with its strict JSON body. `Write<()>` is a write without a body. One that names a version (`If-Match`) is
/// refused unless the endpoint takes [`IfMatch`](super::IfMatch) as well.
#[derive(Debug, Clone)]
pub struct Write<T> {
    /// What is asked for.
    pub body: T,
    named: Named,
}

/// A request with its name and fingerprint, whatever its body is.
#[derive(Debug, Clone)]
pub struct Named {
    method: Method,
    path: String,
    key: String,
    fingerprint: String,
    trace: CorrelationId,
    guest: Option<String>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Write<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        version::check_honoured(&parts)?;
        let key = key(&parts)?;
        let bytes = json::read(body).await?;
        let body = json::parse(&parts.headers, &bytes)?;
        Ok(Self { body, named: Named::new(&parts, key, &bytes) })
    }
}

impl<T> Write<T> {
    /// The same, told apart from other guests' by what is known of this one: keys are each caller's own.
    #[must_use]
    pub fn of_guest(mut self, guest: impl std::fmt::Display) -> Self {
        self.named.guest = Some(guest.to_string());
        self
    }

    /// What every commit of this request says about who, when and why.
    pub fn intent(&self, actor: Actor, at: Timestamp) -> Context {
        self.named.intent(actor, at)
    }

    /// The id of a thing that this request makes: the same key gives the same id, for ever.
    pub fn derive(&self, actor: &Actor, kind: &str) -> Uuid {
        self.named.derive(actor, kind)
    }

    /// The write without its body.
    pub fn into_parts(self) -> (T, Named) {
        (self.body, self.named)
    }
}

impl Named {
    /// Names a request whose body was read by other means (an upload, say).
    pub fn of(parts: &Parts, body: &[u8]) -> Result<Self, Problem> {
        version::check_honoured(parts)?;
        Ok(Self::new(parts, key(parts)?, body))
    }

    fn new(parts: &Parts, key: String, body: &[u8]) -> Self {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let path = uri.path().to_owned();
        let fingerprint = fingerprint(&parts.method, &path, &key, body);
        Self {
            method: parts.method.clone(),
            path,
            key,
            fingerprint,
            trace: trace::current().trace.0,
            guest: None,
        }
    }

    /// What every commit of this request says about who, when and why.
    pub fn intent(&self, actor: Actor, at: Timestamp) -> Context {
        Context {
            command_id: self.command(&actor),
            correlation_id: self.trace,
            causation: None,
            actor,
            at,
            request: Some(self.fingerprint.clone()),
        }
    }

    /// The id of a thing that this request makes: the same key gives the same id, for ever.
    pub fn derive(&self, actor: &Actor, kind: &str) -> Uuid {
        ids::derived(&["created", &self.command(actor).to_string(), kind])
    }

    /// The same key of another caller, or for another thing, is another command.
    fn command(&self, actor: &Actor) -> CommandId {
        let caller = match (actor, &self.guest) {
            (Actor::Guest, Some(guest)) => format!("guest:{guest}"),
            (actor, _) => name(actor),
        };
        CommandId(ids::derived(&["command", &caller, self.method.as_str(), &self.path, &self.key]))
    }
}

fn key(parts: &Parts) -> Result<String, Problem> {
    let mut given = parts.headers.get_all(HEADER).iter();
    let only = given.next().ok_or_else(|| {
        let detail = "Every write needs an `Idempotency-Key`: the same key again never does it twice.";
        Problem::bad_request("idempotency_key_missing", detail)
    })?;
    let bytes = only.as_bytes();
    let fits = (1..=CHARACTERS_MAX).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
    if fits && given.next().is_none() {
        Ok(bytes.iter().copied().map(char::from).collect())
    } else {
        let detail = "An `Idempotency-Key` has 1 to 200 visible ASCII characters and stands once.";
        Err(Problem::bad_request("idempotency_key_invalid", detail))
    }
}

/// The SHA-256 of method, path, key and body, in hex. None but the body holds a line break. The key, which the log never
/// holds, salts it: from the log nobody can try out passwords that a body held.
fn fingerprint(method: &Method, path: &str, key: &str, body: &[u8]) -> String {
    let digest =
        Sha256::new().chain_update(format!("{method}\n{path}\n{key}\n")).chain_update(body).finalize();
    hex::encode(digest)
}

/// An actor as a part of a name.
fn name(actor: &Actor) -> String {
    match actor {
        Actor::Guest => "guest".to_owned(),
        Actor::Shopper { member } => format!("shopper:{member}"),
        Actor::Merchant { merchant } => format!("merchant:{merchant}"),
        Actor::Operator { operator } => format!("operator:{operator}"),
        Actor::System { name } => format!("system:{name}"),
    }
}

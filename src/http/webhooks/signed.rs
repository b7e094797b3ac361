//! What every webhook has: a body with a good signature, any other being refused before it is read, and who told it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use chrono::TimeDelta;
use eventstore::Context;
use kernel::Actor;
use kernel::id::CommandId;
use serde::de::DeserializeOwned;

use crate::app::{App, webhook_secret};
use crate::gateways::webhook::{SIGNATURE_HEADER, SignatureError, verify};
use crate::http::{Problem, json};
use crate::ids;
use crate::telemetry::trace;

/// How far a signature's time may be from ours.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
/// The same in a sandbox, whose clock is moved by hand: ten years.
const SANDBOX_TOLERANCE: TimeDelta = TimeDelta::days(3_660);

/// A strict JSON body with a good signature.
#[derive(Debug, Clone)]
pub struct Signed<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Signed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (headers, bytes) = signed(request, app, SIGNATURE_HEADER, &webhook_secret(&app.secrets)).await?;
        json::parse(&headers, &bytes).map(Self)
    }
}

/// The headers and the body of a request whose body was signed, in this header, with this secret.
pub(super) async fn signed(
    request: Request,
    app: &App,
    header: &str,
    secret: &[u8],
) -> Result<(HeaderMap, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let bytes = json::read(body).await?;
    let signature = parts.headers.get(header).and_then(|value| value.to_str().ok());
    let signature = signature.ok_or(SignatureError::Malformed)?;
    verify(secret, signature, &bytes, app.clock.now(), tolerance(app))?;
    Ok((parts.headers, bytes))
}

/// What somebody outside tells. The name of what follows comes from what is told; this one is never remembered.
pub(super) fn told_by(teller: &str, app: &App) -> Context {
    Context {
        command_id: CommandId(ids::fresh()),
        correlation_id: trace::current().trace.0,
        causation: None,
        actor: Actor::system(teller),
        at: app.clock.now(),
        request: None,
    }
}

/// How far a signature's time may be from ours here.
fn tolerance(app: &App) -> TimeDelta {
    if app.virtual_clock.is_some() { SANDBOX_TOLERANCE } else { TOLERANCE }
}

impl From<SignatureError> for Problem {
    fn from(error: SignatureError) -> Self {
        let detail = "The notice is not signed as it should be, or was signed long ago.";
        Self::new(StatusCode::UNAUTHORIZED, "signature_invalid", detail).because(error)
    }
}

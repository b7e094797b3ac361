//! A body that was signed with the installation's webhook secret; any other is refused before it is read.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde::de::DeserializeOwned;

use crate::app::{App, webhook_secret};
use crate::gateways::webhook::{SIGNATURE_HEADER, SignatureError, verify};
use crate::http::{Problem, json};

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
        let (parts, body) = request.into_parts();
        let bytes = json::read(body).await?;
        let header = parts.headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
        let header = header.ok_or(SignatureError::Malformed)?;
        verify(&webhook_secret(&app.secrets), header, &bytes, app.clock.now(), tolerance(app))?;
        json::parse(&parts.headers, &bytes).map(Self)
    }
}

/// How far a signature's time may be from ours here.
pub(super) fn tolerance(app: &App) -> TimeDelta {
    if app.virtual_clock.is_some() { SANDBOX_TOLERANCE } else { TOLERANCE }
}

impl From<SignatureError> for Problem {
    fn from(error: SignatureError) -> Self {
        let detail = "The notice is not signed as it should be, or was signed long ago.";
        Self::new(StatusCode::UNAUTHORIZED, "signature_invalid", detail).because(error)
    }
}

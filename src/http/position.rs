//! Positions in the log, so that callers read their own writes: a write tells its position, a read may wait for it.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponseParts, ResponseParts};
use eventstore::Seq;
use tokio::time::{Instant, timeout_at};

use super::problem::Problem;
use crate::positions::Positions;

/// The header, in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("jangteo-position");
/// How long a read waits for its read models.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much longer it waits for a look at the database that it began in time.
const GRACE: Duration = Duration::from_secs(1);

/// The position of a write, as a part of its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(pub Seq);

/// The position that a read is to see; `None` where the caller takes what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBefore(pub Option<Seq>);

impl IntoResponseParts for Position {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.headers_mut().insert(HEADER, self.0.0.into());
        Ok(parts)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for NotBefore {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Self(None)) };
        let position = value.to_str().ok().and_then(|text| text.parse().ok());
        let position = position.ok_or_else(|| {
            Problem::bad_request("bad_position", "`Jangteo-Position` is a number that a write has told.")
        })?;
        Ok(Self(Some(Seq(position))))
    }
}

impl NotBefore {
    /// Waits until the live read models of these names have seen the position.
    pub async fn wait(self, positions: &Positions, read_models: &[&'static str]) -> Result<(), Problem> {
        self.wait_at_most(PATIENCE, positions, read_models).await
    }

    /// The same with another patience.
    pub async fn wait_at_most(
        self,
        patience: Duration,
        positions: &Positions,
        read_models: &[&'static str],
    ) -> Result<(), Problem> {
        let Some(position) = self.0 else { return Ok(()) };
        let deadline = Instant::now() + patience;
        for name in read_models {
            let seen = see(name, position, positions, deadline);
            match timeout_at(deadline + GRACE, seen).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) | Err(_) => return Err(not_caught_up(name, position)),
                Ok(Err(problem)) => return Err(problem),
            }
        }
        Ok(())
    }
}

/// Waits for one read model, if there is anything to wait for: nobody waits for a position that the log doesn't have.
async fn see(
    name: &'static str,
    position: Seq,
    positions: &Positions,
    deadline: Instant,
) -> Result<bool, Problem> {
    if positions.has_seen(name, position).await? {
        return Ok(true);
    }
    // A log that can't be asked may well have it.
    if let Ok(Ok(true)) = timeout_at(deadline, positions.is_ahead(position)).await {
        return Err(ahead(position));
    }
    Ok(positions.wait_for(name, position, deadline).await?)
}

fn ahead(position: Seq) -> Problem {
    let detail = format!("No write has told position {position}: the log does not reach so far.");
    Problem::bad_request("position_ahead", detail)
}

fn not_caught_up(name: &str, position: Seq) -> Problem {
    let detail = format!("Position {position} is not visible to reads yet; try again shortly.");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_caught_up", detail)
        .retry_after(1)
        .because(format!("the read model {name} lags behind"))
}

//! Positions in the log, so that callers read their own writes: a write tells its position, a read may wait for it.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponseParts, ResponseParts};
use eventstore::Seq;
use projections::checkpoint;
use sqlx::PgPool;
use tokio::time::Instant;

use super::problem::Problem;

/// The header, in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("jangteo-position");
/// How long a read waits for its read models.
const PATIENCE: Duration = Duration::from_secs(5);

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
    pub async fn wait(self, pool: &PgPool, read_models: &[&str]) -> Result<(), Problem> {
        self.wait_at_most(PATIENCE, pool, read_models).await
    }

    /// The same with another patience.
    pub async fn wait_at_most(
        self,
        patience: Duration,
        pool: &PgPool,
        read_models: &[&str],
    ) -> Result<(), Problem> {
        let Some(position) = self.0 else { return Ok(()) };
        let deadline = Instant::now() + patience;
        for name in read_models {
            let left = deadline.saturating_duration_since(Instant::now());
            if !checkpoint::wait_for(pool, name, position, left).await? {
                return Err(not_caught_up(name, position));
            }
        }
        Ok(())
    }
}

fn not_caught_up(name: &str, position: Seq) -> Problem {
    let detail = format!("Position {position} is not visible to reads yet; try again shortly.");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_caught_up", detail)
        .retry_after(1)
        .because(format!("the read model {name} lags behind"))
}

//! The past: what an order, a claim, a statement or a stock was at a position of the log or at an instant (`?at=`), and
//! everything that happened to it. Answered from its own history in the log, never from a read model; what belongs to
//! other aggregates (an order's payment status, say) is not part of it. Never here: who receives an order, which is sealed.

pub mod claim;
pub mod history;
pub mod order;
pub mod points;
pub mod statement;
pub mod stock;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use eventstore::history::fold;
use eventstore::{AsOf, Recorded, Seq};
use kernel::id::{MemberId, MerchantId};
use kernel::{Decider, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::{Query, bad};
use super::{IfNoneMatch, Json, Problem, Version};
use crate::app::App;

/// When a read looks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AtQuery {
    /// A position of the log, or an instant (RFC 3339): what it was then, by its own history alone. The present, where
    /// nothing is said.
    #[param(example = "2026-03-02T09:00:00Z")]
    at: Option<String>,
}

/// The moment of the past that is asked for; `None` for the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub Option<AsOf>);

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(AtQuery { at }) = Query::from_request_parts(parts, state).await?;
        at.as_deref().map(moment).transpose().map(Self)
    }
}

/// When a read looks, and which versions of the present its caller has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The moment of the past; `None` for the present.
    pub at: Option<AsOf>,
    /// What the caller has.
    pub known: IfNoneMatch,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let At(at) = At::from_request_parts(parts, state).await?;
        Ok(Self { at, known: IfNoneMatch::from_request_parts(parts, state).await? })
    }
}

fn moment(text: &str) -> Result<AsOf, Problem> {
    if let Ok(position) = text.parse() {
        return Ok(AsOf::Position(Seq(position)));
    }
    let instant = DateTime::parse_from_rfc3339(text);
    instant.map(|instant| AsOf::Instant(instant.with_timezone(&Utc))).map_err(|_| {
        let detail = "a position of the log or an instant: `1042`, `2026-03-02T09:00:00Z`";
        bad("at", "invalid", detail.to_owned())
    })
}

/// Who looks, and so what there is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody of the back office.
    Staff,
    /// A shopper, who sees what is theirs.
    Shopper(MemberId),
    /// A merchant, who sees its part.
    Merchant(MerchantId),
}

/// An aggregate that can be looked at as it was.
pub trait Past: Decider {
    /// What is shown of it.
    type View: Serialize;

    /// What somebody sees of it; `None` where that is nothing.
    fn view(state: &Self::State, viewer: Viewer) -> Option<Self::View>;
}

/// What something was.
#[derive(Debug, Serialize, ToSchema)]
pub struct AsItWas<T> {
    /// The position of its last commit then: its version.
    pub version: u64,
    /// When that was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The thing itself, by its own history alone.
    #[serde(flatten)]
    pub thing: T,
}

/// What a read answers: the present, or with `at` the past.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum NowOrThen<N, T> {
    /// As it is.
    Now(N),
    /// As it was.
    Then(AsItWas<T>),
}

/// The history of something that the viewer may see; 404 where there is nothing to be seen.
async fn visible<D: Past>(app: &App, id: &D::Id, viewer: Viewer) -> Result<Vec<Recorded>, Problem> {
    let commits = app.log.history::<D>(id).await?;
    let now = fold::<D>(&commits)?;
    D::view(&now.state, viewer).ok_or_else(Problem::not_found)?;
    Ok(commits)
}

/// What something was, as its viewer sees it.
pub async fn look<D: Past>(app: &App, id: &D::Id, at: AsOf, viewer: Viewer) -> Result<Response, Problem> {
    let commits = visible::<D>(app, id, viewer).await?;
    not_ahead(app, at).await?;
    let then = at.of(&commits);
    let folded = fold::<D>(then)?;
    let thing = D::view(&folded.state, viewer).ok_or_else(not_there_then)?;
    let last = then.last().ok_or_else(not_there_then)?;
    let shown = AsItWas { version: last.seq.0, recorded_at: last.meta.recorded_at, thing };
    Ok((Version(last.seq), Json(shown)).into_response())
}

/// The same, of the present where no moment is named.
pub async fn look_at<D: Past>(app: &App, id: &D::Id, at: At, viewer: Viewer) -> Result<Response, Problem> {
    let at = match at.0 {
        Some(at) => at,
        None => AsOf::Position(app.log.head().await?),
    };
    look::<D>(app, id, at, viewer).await
}

/// Nobody can say what will be.
async fn not_ahead(app: &App, at: AsOf) -> Result<(), Problem> {
    match at {
        AsOf::Position(position) if position > app.log.head().await? => Err(Problem::bad_request(
            "position_ahead",
            format!("The log does not reach as far as position {position}."),
        )),
        AsOf::Instant(instant) if instant > app.clock.now() => Err(instant_ahead(instant)),
        AsOf::Position(_) | AsOf::Instant(_) => Ok(()),
    }
}

fn instant_ahead(instant: Timestamp) -> Problem {
    Problem::bad_request("instant_ahead", format!("{instant} is yet to come."))
}

fn not_there_then() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_there_then", "It is there now, but was not there then.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_position_or_an_instant() {
        assert_eq!(moment("1042").unwrap(), AsOf::Position(Seq(1042)));
        let instant = DateTime::from_timestamp(1_772_442_000, 0).unwrap();
        assert_eq!(moment("2026-03-02T09:00:00Z").unwrap(), AsOf::Instant(instant));
        assert_eq!(moment("2026-03-02T18:00:00+09:00").unwrap(), AsOf::Instant(instant));
        for nonsense in ["", "-1", "yesterday", "2026-03-02", "99999999999999999999"] {
            assert!(moment(nonsense).is_err(), "{nonsense}");
        }
    }
}

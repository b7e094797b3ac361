//! Versions: an aggregate's version as a strong `ETag`; `If-Match` for writes, `If-None-Match` for reads (RFC 9110, 13).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use eventstore::Seq;
use serde::Serialize;

use super::json::Json;
use super::problem::Problem;

/// An aggregate's version, as a part of a response: its `ETag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version(pub Seq);

/// The version that a write's caller saw; `None` where the caller doesn't care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<Seq>);

/// Left behind in a request by [`IfMatch`]: its endpoint hears `If-Match`.
#[derive(Debug, Clone, Copy)]
struct Honoured;

/// The versions that a read's caller has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfNoneMatch(Vec<String>);

impl Version {
    fn tag(self) -> String {
        format!("\"{}\"", self.0)
    }
}

impl IntoResponseParts for Version {
    type Error = Problem;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Problem> {
        let tag = HeaderValue::from_str(&self.tag()).map_err(Problem::internal)?;
        parts.headers_mut().insert(header::ETAG, tag);
        Ok(parts)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.insert(Honoured);
        match tags(&parts.headers, &header::IF_MATCH)?.as_slice() {
            [] => Ok(Self(None)),
            [any] if any == "*" => Ok(Self(None)),
            [only] => seen(only).map(|version| Self(Some(version))),
            _ => Err(bad("`If-Match` takes one version here.")),
        }
    }
}

/// Refuses a write that names a version at an endpoint that would not look at it.
pub(super) fn check_honoured(parts: &Parts) -> Result<(), Problem> {
    if parts.headers.contains_key(header::IF_MATCH) && parts.extensions.get::<Honoured>().is_none() {
        let detail = "This takes no `If-Match`: what it writes has no version that you could have seen.";
        return Err(Problem::bad_request("if_match_not_taken", detail));
    }
    Ok(())
}

impl IfMatch {
    /// The version, where the endpoint insists on one.
    pub fn required(self) -> Result<Seq, Problem> {
        self.0.ok_or_else(|| {
            let detail = "This needs `If-Match` with the version that you saw (the `ETag` of a read).";
            Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match_missing", detail)
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(tags(&parts.headers, &header::IF_NONE_MATCH)?))
    }
}

impl IfNoneMatch {
    /// Whether the caller has this version already.
    pub fn has(&self, version: Seq) -> bool {
        let tag = Version(version).tag();
        self.0.iter().any(|seen| seen == "*" || seen.strip_prefix("W/").unwrap_or(seen) == tag)
    }

    /// The body with its version, or 304 where the caller has it already.
    pub fn reply(&self, version: Seq, body: impl Serialize) -> Response {
        if self.has(version) {
            (StatusCode::NOT_MODIFIED, Version(version), ()).into_response()
        } else {
            (Version(version), Json(body)).into_response()
        }
    }
}

/// The tags of a header. Ours hold no commas, so those separate.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Vec<String>, Problem> {
    let mut tags = Vec::new();
    for value in headers.get_all(name) {
        let text = value.to_str().map_err(|_| bad("A version is written as its `ETag` is."))?;
        tags.extend(text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned));
    }
    Ok(tags)
}

/// A version out of its strong tag. A weak one never matches (RFC 9110, 13.1.1) and one of ours is never weak.
fn seen(tag: &str) -> Result<Seq, Problem> {
    let number = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let version = number.and_then(|number| number.parse().ok()).map(Seq);
    version
        .filter(|version| Version(*version).tag() == tag)
        .ok_or_else(|| bad("This `If-Match` is no `ETag` of ours."))
}

fn bad(detail: &'static str) -> Problem {
    Problem::bad_request("bad_if_match", detail)
}

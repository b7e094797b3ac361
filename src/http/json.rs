//! Strict JSON bodies: the right media type, at most a mebibyte, nothing left over, nothing unknown, and a pointer to
//! what can't be taken. Never here: what a body means.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::problem::Problem;
use super::version;

/// The largest body, in bytes.
pub const BYTES_MAX: usize = 1 << 20;

/// A JSON body, of a request or of a response.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        version::check_honoured(&parts)?;
        let bytes = read(body).await?;
        parse(&parts.headers, &bytes).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Problem::internal(error).into_response(),
        }
    }
}

/// Reads a body to its end, or to the limit.
pub(super) async fn read(body: Body) -> Result<Bytes, Problem> {
    axum::body::to_bytes(body, BYTES_MAX).await.map_err(|error| {
        if is_over_limit(&error) {
            let detail = format!("A body has at most {BYTES_MAX} bytes.");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
        } else {
            Problem::bad_request("body_unreadable", "The body broke off.").because(error)
        }
    })
}

fn is_over_limit(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// Parses a body strictly. No body at all reads as `null`: a write without a body takes `()` or an `Option`.
pub(super) fn parse<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    if bytes.is_empty() {
        return serde_json::from_slice(b"null")
            .map_err(|_| Problem::bad_request("body_missing", "This request needs a JSON body."));
    }
    check_media_type(headers)?;
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| malformed(&error))?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (path, error) = (error.path().clone(), error.into_inner());
        match error.classify() {
            Category::Data => unfit(&path, &error),
            // A `null` in the place of a word is sound JSON, which the reader calls an error of syntax.
            Category::Syntax if serde_json::from_slice::<Value>(bytes).is_ok() => unfit(&path, &error),
            Category::Io | Category::Syntax | Category::Eof => malformed(&error),
        }
    })
}

fn check_media_type(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = given.split(';').next().unwrap_or("").trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let detail = "A body is JSON and says so: `Content-Type: application/json`.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::bad_request("malformed_json", format!("The body is not one JSON value: {error}."))
}

/// The JSON is sound but isn't what is asked for.
fn unfit(path: &Path, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let detail = message.rsplit_once(" at line ").map_or(message.as_str(), |(detail, _)| detail);
    let mut field = pointer(path);
    if let Some((name, _)) = detail.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        field.push_str(&token(name));
    }
    Problem::invalid(field, reason(detail), detail)
}

/// The stable code of what serde says in words.
fn reason(detail: &str) -> &'static str {
    let reasons = [
        ("missing field", "missing"),
        ("unknown field", "unknown"),
        ("duplicate field", "duplicate"),
        ("invalid type", "invalid_type"),
    ];
    reasons.iter().find(|(start, _)| detail.starts_with(start)).map_or("invalid", |(_, code)| code)
}

fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => token(key),
            Segment::Enum { variant } => token(variant),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// One reference token of a JSON pointer (RFC 6901, 3).
fn token(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

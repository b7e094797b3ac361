//! Problem details (RFC 9457): how every failure leaves this house. Never here: which failure has which status.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::telemetry::trace;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// What the URI of a problem's type begins with; its code follows.
const TYPE: &str = "urn:jangteo:problem:";

/// A failure on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    more: Option<Box<(&'static str, serde_json::Value)>>,
    retry_after_s: Option<u64>,
    cause: Option<Box<str>>,
}

/// What is wrong with one part of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// A JSON pointer into the body (RFC 6901), or the name of a query parameter.
    #[schema(example = "/lines/0/quantity")]
    pub field: String,
    /// A stable code: `missing`, `unknown`, `duplicate`, `invalid_type`, `invalid`.
    #[schema(value_type = String, example = "missing")]
    pub code: &'static str,
    /// A sentence for a person.
    pub detail: String,
}

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Details {
    /// The problem's type: `urn:jangteo:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The code for people.
    title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What is wrong this time, and what can be done.
    #[schema(value_type = String)]
    detail: Cow<'static, str>,
    /// A stable code for programs.
    #[schema(value_type = String, example = "invalid_body")]
    code: &'static str,
    /// What is wrong with the parts of the request, if that can be told.
    errors: Vec<FieldError>,
    /// The trace id: 32 hex digits, also in the header `Jangteo-Trace`.
    trace_id: String,
    /// What only some problems have, by its name.
    #[serde(flatten)]
    #[schema(ignore)]
    more: BTreeMap<&'static str, serde_json::Value>,
}

/// What a failed response tells the log; see [`super::trace`]. It is never sent.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) cause: Option<Box<str>>,
}

impl Problem {
    /// A problem with a stable `snake_case` code and a sentence that a person can act on.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        Self { status, code, detail, errors: Vec::new(), more: None, retry_after_s: None, cause: None }
    }

    /// 400: the request is not even well formed.
    pub fn bad_request(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 404: there is no such thing, or none that the caller may know of.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here that you may see.")
    }

    /// 422: one part of the body can't be taken.
    pub fn invalid(field: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        let error = FieldError { field: field.into(), code, detail: detail.into() };
        let detail = "The body has parts that cannot be taken; see `errors`.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_body", detail).with_error(error)
    }

    /// 503: something behind us is out of order; the cause goes to the log only.
    pub fn unavailable(code: &'static str, cause: impl std::fmt::Display) -> Self {
        let detail = "Something that is needed is not available right now; try again shortly.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).retry_after(1).because(cause)
    }

    /// 500: something broke; the cause goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let detail = "Something broke on our side. The trace id finds it.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).because(cause)
    }

    /// The same with one more wrong part.
    #[must_use]
    pub fn with_error(mut self, error: FieldError) -> Self {
        self.errors.push(error);
        self
    }

    /// The same with a member of its own (RFC 9457, 3.2). What can't be written is left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.more = serde_json::to_value(value).ok().map(|value| Box::new((name, value)));
        self
    }

    /// The same with `Retry-After`, in seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The same with a cause for the log, which is never sent.
    #[must_use]
    pub fn because(mut self, cause: impl std::fmt::Display) -> Self {
        self.cause = Some(cause.to_string().into());
        self
    }

    /// Its status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Its code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Its sentence for a person.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// `idempotency_key_missing` is `Idempotency key missing`: the same for every occurrence, as the RFC wants it.
fn title(code: &str) -> String {
    let mut letters = code.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.map(|letter| if letter == '_' { ' ' } else { letter })).collect()
    })
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Details {
            kind: format!("{TYPE}{}", self.code),
            title: title(self.code),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code,
            errors: self.errors,
            trace_id: trace::current().trace.to_string(),
            more: self.more.into_iter().map(|more| *more).collect(),
        };
        // A few strings and numbers can always be written; were it not so, the status alone still tells the truth.
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response =
            (self.status, [(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))], body)
                .into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Failure { code: self.code, cause: self.cause });
        response
    }
}

//! The trace of each request: taken from the caller (W3C Trace Context) or made, sent back, in every problem, in every
//! tracing span; and the one log line of a request that failed. Never here: personal data, bodies, query strings or a token in a path.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, Span, field};

use super::health::NOT_READY;
use super::problem::Failure;
use crate::telemetry::trace;

/// The header that tells the trace id.
pub const HEADER: HeaderName = HeaderName::from_static("jangteo-trace");

/// What stands before the part of a path that is as good as a password.
const BEFORE_TOKEN: &str = "/gifts/";

/// Gives a request its trace and, should it fail, its log line.
pub(super) async fn layer(request: Request, next: Next) -> Response {
    let named = request.headers().get(trace::HEADER).and_then(|value| value.to_str().ok());
    let caller = trace::of_caller(named);
    let span = span(&request, caller);
    let served = trace::within(caller, next.run(request)).instrument(span.clone());
    let mut response = served.await;
    span.record("http.response.status_code", response.status().as_u16());
    span.in_scope(|| log(&response));
    if let Ok(value) = HeaderValue::from_str(&caller.trace.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// At the level of errors, so that whatever lines are chosen carry the trace id.
fn span(request: &Request, caller: eventstore::trace::Parent) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::error_span!(
        "request",
        otel.kind = "server",
        trace_id = %caller.trace,
        parent_id = caller.span.map(field::display),
        method = %request.method(),
        path = shown(request.uri().path()),
        http.route = route,
        http.response.status_code = field::Empty,
    )
}

/// The path as it may be said: up to a token, whether there is such a route or not.
fn shown(path: &str) -> &str {
    let end = path.find(BEFORE_TOKEN).and_then(|start| start.checked_add(BEFORE_TOKEN.len()));
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

/// One line per failed request: ours as an error, the caller's as information.
fn log(response: &Response) {
    let status = response.status();
    let failure = response.extensions().get::<Failure>();
    let code = failure.map_or("", |failure| failure.code);
    let cause = failure.and_then(|failure| failure.cause.as_deref()).unwrap_or("");
    if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(status = status.as_u16(), code, cause, "the request failed");
    } else if code == NOT_READY {
        // Told to who asks every second: an outage is one failure, said where it is met.
        tracing::debug!(cause, "not ready");
    } else if status.is_server_error() {
        tracing::warn!(status = status.as_u16(), code, cause, "the request could not be served now");
    } else if status.is_client_error() {
        tracing::info!(status = status.as_u16(), code, cause, "the request was refused");
    }
}

//! The trace id of each request: taken from the caller (W3C Trace Context) or made, sent back, in every problem, in every
//! tracing span; and the one log line of a request that failed. Never here: personal data, bodies or query strings.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use kernel::id::CorrelationId;
use tracing::Instrument;
use uuid::Uuid;

use super::problem::Failure;
use crate::ids;

/// The header that a caller may name its trace with.
const PARENT: HeaderName = HeaderName::from_static("traceparent");
/// The header that tells the trace id.
pub const HEADER: HeaderName = HeaderName::from_static("jangteo-trace");

tokio::task_local! {
    static CURRENT: TraceId;
}

/// A trace id: 128 bits, not all zero, written as 32 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceId(Uuid);

impl TraceId {
    fn of(headers: &HeaderMap) -> Self {
        let named = headers.get(PARENT).and_then(|value| value.to_str().ok()).and_then(parent);
        Self(named.unwrap_or_else(ids::fresh))
    }

    /// The same as the log's correlation id: everything that follows from the request carries it.
    pub const fn correlation(self) -> CorrelationId {
        CorrelationId(self.0)
    }
}

impl std::fmt::Display for TraceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.simple().fmt(f)
    }
}

/// The trace id out of `traceparent: <version>-<trace id>-<parent id>-<flags>`, all in lower-case hex.
fn parent(value: &str) -> Option<Uuid> {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let mut parts = value.splitn(4, '-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let (span, flags) = (parts.next()?, parts.next()?);
    let shaped = hex(version, 2) && hex(trace, 32) && hex(span, 16) && hex(flags.get(..2)?, 2);
    let known = version != "ff" && (version != "00" || flags.len() == 2);
    let id = Uuid::try_parse(trace).ok()?;
    (shaped && known && !id.is_nil()).then_some(id)
}

/// The trace id of the request being served; a fresh one outside of any.
pub fn current() -> TraceId {
    CURRENT.try_with(|id| *id).unwrap_or_else(|_| TraceId(ids::fresh()))
}

/// Gives a request its trace id and, should it fail, its log line.
pub(super) async fn layer(request: Request, next: Next) -> Response {
    let id = TraceId::of(request.headers());
    let span = tracing::info_span!("request", trace_id = %id, method = %request.method(), path = request.uri().path());
    let served = CURRENT.scope(id, next.run(request)).instrument(span.clone());
    let mut response = served.await;
    span.in_scope(|| log(&response));
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// One line per failed request: ours as an error, the caller's as information.
fn log(response: &Response) {
    let status = response.status();
    let failure = response.extensions().get::<Failure>();
    let code = failure.map_or("", |failure| failure.code);
    let cause = failure.and_then(|failure| failure.cause.as_deref()).unwrap_or("");
    if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(status = status.as_u16(), code, cause, "the request failed");
    } else if status.is_server_error() {
        tracing::warn!(status = status.as_u16(), code, cause, "the request could not be served now");
    } else if status.is_client_error() {
        tracing::info!(status = status.as_u16(), code, cause, "the request was refused");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_parent_names_the_trace() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let good = format!("00-{trace}-00f067aa0ba902b7-01");
        assert_eq!(parent(&good).map(|id| id.simple().to_string()).as_deref(), Some(trace));
        assert!(parent(&format!("cc-{trace}-00f067aa0ba902b7-01-what-the-future-brings")).is_some());
        for broken in [
            String::new(),
            good.to_uppercase(),
            good.replace("00-4", "ff-4"),
            format!("{good}-more"),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-{trace}-00f067aa0ba902b7"),
        ] {
            assert_eq!(parent(&broken), None, "{broken}");
        }
    }
}

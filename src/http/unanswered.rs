//! What answers where no handler does: unknown routes, wrong methods, panics, and requests that take too long.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// 404: there is no such route.
pub(super) async fn unknown_route() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_route", "There is no such address; /docs lists them all.")
}

/// 405: the route is there, the method isn't.
pub(super) async fn wrong_method() -> Problem {
    let detail = "This address does not take this method; `Allow` lists those it takes.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

/// 500: a handler panicked.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
    let words = words.unwrap_or_else(|| "without a message".to_owned());
    Problem::internal(format!("a handler panicked: {words}")).into_response()
}

/// 503: it took too long. A write may have been done all the same.
pub(super) async fn timed(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| {
        let detail = "This took too long. A write may have been done or not: send the same request with the same \
                      Idempotency-Key again, and it will not be done twice.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timed_out", detail).retry_after(1).into_response()
    })
}

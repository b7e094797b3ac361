//! Requests as figures, and callers let go while the process stops: each answer then asks for the connection's end, so that
//! their next request goes elsewhere.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{counter, histogram};

use crate::lifecycle::{Lifecycle, Phase};
use crate::telemetry::names;

/// What stands for a route where none was found: callers make up any number of paths.
const UNMATCHED: &str = "unmatched";

pub(super) async fn layer(State(life): State<Lifecycle>, request: Request, next: Next) -> Response {
    let _open = life.request();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (route, method) = (route.unwrap_or_else(|| UNMATCHED.to_owned()), method(request.method()));
    let began = Instant::now();
    let mut response = next.run(request).await;
    histogram!(names::REQUEST_SECONDS, "method" => method, "route" => route.clone()).record(began.elapsed());
    let status = response.status().as_str().to_owned();
    counter!(names::REQUESTS, "method" => method, "route" => route, "status" => status).increment(1);
    if life.phase() == Phase::Stopping {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A method's name; callers may make up methods too.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

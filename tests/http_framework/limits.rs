//! The rate limit.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::routing::get;
use jangteo::http::{Rate, Setup, serve_routes};
use utoipa_axum::router::OpenApiRouter;

use crate::house::{self, House, Reply, request, send, setup};

/// A house that takes two requests at once, and one more each second.
fn house() -> Router {
    let burst = NonZeroU32::new(2).unwrap();
    let rate = Some(Rate { per_second: NonZeroU32::new(1).unwrap(), burst });
    let table = OpenApiRouter::new().route("/", get(|| async { "hello" }));
    serve_routes(table, House::new(), Setup { rate, ..setup() })
}

async fn from(service: &Router, peer: &str, headers: &[&str]) -> Reply {
    let mut request = request("GET /", headers, Body::empty());
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    send(service, request).await
}

#[tokio::test]
async fn a_caller_spends_its_burst_and_is_told_when_to_come_back() {
    let service = house();
    for remaining in ["1", "0"] {
        let reply = from(&service, "10.0.0.1:1", &[]).await;
        assert_eq!((reply.status.as_u16(), reply.header("ratelimit-remaining")), (200, remaining));
        assert_eq!(reply.header("ratelimit-limit"), "2");
    }
    let refused = from(&service, "10.0.0.1:2", &[]).await;
    refused.is_problem(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!((refused.header("ratelimit-remaining"), refused.header("ratelimit-reset")), ("0", "2"));
}

#[tokio::test]
async fn callers_do_not_spend_each_others() {
    let service = house();
    for _ in 0..3 {
        from(&service, "10.0.0.1:1", &[]).await;
    }
    for (peer, headers) in [
        ("10.0.0.2:1", &[][..]),
        ("10.0.0.1:1", &["Authorization: Bearer a"]),
        ("10.0.0.1:1", &["Authorization: Bearer b"]),
    ] {
        assert_eq!(from(&service, peer, headers).await.status.as_u16(), 200, "{peer} {headers:?}");
    }
}

#[tokio::test]
async fn health_is_never_limited_and_unknown_addresses_are() {
    let service = house();
    for _ in 0..5 {
        assert_eq!(house::get(&service, "/health/live", &[]).await.status.as_u16(), 200);
    }
    for (path, status) in [("/a", 404), ("/b", 404), ("/c", 429)] {
        assert_eq!(house::get(&service, path, &[]).await.status.as_u16(), status);
    }
}

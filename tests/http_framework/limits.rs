//! The rate limit.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::routing::get;
use jangteo::credential::{ApiKey, Secret, Tokens};
use jangteo::http::{Rate, Setup, serve_routes};
use kernel::id::{ApiKeyId, MemberId};
use member::Holder;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::house::{self, House, MERCHANT, OPEN_SESSION, Reply, now, request, send, setup, token};

/// A house that takes two requests at once, and one more each second.
fn house() -> Router {
    of(House::new())
}

fn of(house: House) -> Router {
    let burst = NonZeroU32::new(2).unwrap();
    let rate = Some(Rate { per_second: NonZeroU32::new(1).unwrap(), burst, proxies: 0 });
    let table = OpenApiRouter::new().route("/", get(|| async { "hello" }));
    serve_routes(table, house, Setup { rate, ..setup() })
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
    let inner = House::new();
    let service = of(inner.clone());
    for _ in 0..3 {
        from(&service, "10.0.0.1:1", &[]).await;
    }
    let shopper = |number| {
        let holder = Holder::Member(MemberId(Uuid::from_u128(number)));
        format!("Authorization: Bearer {}", token(holder, OPEN_SESSION))
    };
    let (one, two) = (shopper(1), shopper(2));
    let key = format!("Authorization: Bearer {}", inner.key.text());
    for (peer, headers) in [
        ("10.0.0.2:1", &[][..]),
        ("10.0.0.1:1", &[one.as_str()]),
        ("10.0.0.1:1", &[two.as_str()]),
        ("10.0.0.1:1", &[key.as_str()]),
    ] {
        assert_eq!(from(&service, peer, headers).await.status.as_u16(), 200, "{peer} {headers:?}");
    }
}

#[tokio::test]
async fn a_token_that_is_not_good_gets_nobody_a_fresh_allowance() {
    let service = house();
    let foreign = Tokens::new(&Secret::parse("key", &"22".repeat(32)).unwrap());
    let foreign = foreign.issue(Holder::Member(MemberId(Uuid::from_u128(1))), OPEN_SESSION, now());
    let made_up = ApiKey::fresh(MERCHANT, ApiKeyId(Uuid::from_u128(9)));
    for (token, status) in
        [(foreign.unwrap().token, 200), (made_up.text(), 200), ("a".to_owned(), 429), ("b".to_owned(), 429)]
    {
        let token = format!("Authorization: Bearer {token}");
        let reply = from(&service, "10.0.0.1:1", &[&token]).await;
        assert_eq!(reply.status.as_u16(), status, "{token}");
    }
}

#[tokio::test]
async fn a_caller_is_the_same_from_every_address() {
    let service = house();
    let token = format!("Authorization: Bearer {}", token(Holder::Merchant(MERCHANT), OPEN_SESSION));
    for (peer, status) in [("10.0.0.1:1", 200), ("10.0.0.2:1", 200), ("10.0.0.3:1", 429)] {
        assert_eq!(from(&service, peer, &[&token]).await.status.as_u16(), status, "{peer}");
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

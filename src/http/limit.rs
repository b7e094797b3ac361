//! The rate limit: so many requests per second and caller, with a burst.
//!
//! A caller is whom a good token names; who shows none, or one that is not good, is the address they call from. So a
//! made-up token gets nobody a fresh allowance. Each process counts for itself.

mod attempts;
mod bucket;
mod peer;

use std::num::NonZeroU32;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use member::Holder;
use sha2::{Digest, Sha256};

pub use attempts::{Attempt, Try};

use self::attempts::Attempts;
use self::bucket::{Allowance, Buckets, Key, Pace};
use self::peer::Peer;
use super::caller::Gate;
use super::problem::Problem;
use crate::telemetry::names;

/// How much one caller may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests per second in the long run.
    pub per_second: NonZeroU32,
    /// Requests at once, after a rest.
    pub burst: NonZeroU32,
    /// How many proxies of ours stand in front of this process, each of which names its caller in `X-Forwarded-For`.
    pub proxies: usize,
}

/// Counts the requests of each caller, and their failed tries.
#[derive(Clone)]
pub(super) struct Limiter {
    rate: Rate,
    callers: Buckets,
    attempts: Attempts,
    gate: Gate,
}

impl Limiter {
    pub(super) fn new(rate: Rate, gate: Gate) -> Self {
        let callers = Buckets::new(Pace::per_second(rate.per_second, rate.burst));
        Self { rate, callers, attempts: Attempts::new(), gate }
    }
}

/// Lets a request through, or tells its caller when to come back.
pub(super) async fn layer(State(limiter): State<Limiter>, mut request: Request, next: Next) -> Response {
    let peer = Peer::of(&request, limiter.rate.proxies);
    let caller = limiter.gate.known(request.headers()).await;
    let allowance = limiter.callers.take(&key(caller, peer));
    let mut response = match allowance.retry_after_s {
        None => {
            request.extensions_mut().insert(Attempt::of(limiter.attempts.clone(), peer));
            next.run(request).await
        }
        Some(seconds) => {
            metrics::counter!(names::RATE_LIMITED).increment(1);
            let detail = "You ask too often; `Retry-After` says when to come back.";
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
                .retry_after(seconds)
                .into_response()
        }
    };
    announce(response.headers_mut(), limiter.rate, allowance);
    response
}

fn announce(headers: &mut HeaderMap, rate: Rate, allowance: Allowance) {
    headers.insert(HeaderName::from_static("ratelimit-limit"), rate.burst.get().into());
    headers.insert(HeaderName::from_static("ratelimit-remaining"), allowance.remaining.into());
    headers.insert(HeaderName::from_static("ratelimit-reset"), allowance.reset_s.into());
}

/// A caller by a digest.
fn key(caller: Option<Holder>, peer: Peer) -> Key {
    let name = match caller {
        Some(Holder::Member(id)) => format!("member {id}"),
        Some(Holder::Merchant(id)) => format!("merchant {id}"),
        Some(Holder::Operator(id)) => format!("operator {id}"),
        None => format!("peer {}", peer.name()),
    };
    Sha256::digest(name.as_bytes()).into()
}

//! The rate limit: so many requests per second and caller, with a burst, by the generic cell rate algorithm (GCRA).
//!
//! A caller is a token, or where there is none the peer's address. Memory is bounded: callers unseen for long are
//! forgotten, which only ever errs in their favour. Each process counts for itself.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::problem::Problem;

/// The most callers remembered.
const CALLERS_MAX: usize = 100_000;
/// Nanoseconds in a second.
const SECOND_NS: u64 = 1_000_000_000;

/// How much one caller may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests per second in the long run.
    pub per_second: NonZeroU32,
    /// Requests at once, after a rest.
    pub burst: NonZeroU32,
}

/// Counts the requests of each caller.
#[derive(Clone)]
pub(super) struct Limiter {
    rate: Rate,
    start: Instant,
    /// For each caller the instant, in nanoseconds since the start, at which its whole burst is free again.
    free_at: Arc<quick_cache::sync::Cache<[u8; 32], Arc<Mutex<u64>>>>,
}

/// What a caller has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Allowance {
    /// Seconds until the next request is taken, if this one isn't.
    retry_after_s: Option<u64>,
    remaining: u64,
    reset_s: u64,
}

impl Limiter {
    pub(super) fn new(rate: Rate) -> Self {
        let free_at = Arc::new(quick_cache::sync::Cache::new(CALLERS_MAX));
        Self { rate, start: Instant::now(), free_at }
    }

    fn take(&self, caller: [u8; 32]) -> Allowance {
        let now = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let fresh = || Ok::<_, std::convert::Infallible>(Arc::new(Mutex::new(0)));
        let Ok(free_at) = self.free_at.get_or_insert_with(&caller, fresh);
        let mut free_at = free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let (allowance, next) = self.rate.decide(*free_at, now);
        *free_at = next;
        allowance
    }
}

impl Rate {
    /// Pure: when the burst is free again, and now; says what is left, and when the burst is free from now on.
    fn decide(self, free_at: u64, now: u64) -> (Allowance, u64) {
        let step = (SECOND_NS / u64::from(self.per_second.get())).max(1);
        let whole = step.saturating_mul(self.burst.get().into());
        let debt = free_at.saturating_sub(now);
        let taken = debt.saturating_add(step);
        if taken > whole {
            let wait = Some((taken - whole).div_ceil(SECOND_NS));
            let allowance =
                Allowance { retry_after_s: wait, remaining: 0, reset_s: debt.div_ceil(SECOND_NS) };
            return (allowance, free_at);
        }
        let remaining = (whole - taken) / step;
        let allowance = Allowance { retry_after_s: None, remaining, reset_s: taken.div_ceil(SECOND_NS) };
        (allowance, now.saturating_add(taken))
    }
}

/// Lets a request through, or tells its caller when to come back.
pub(super) async fn layer(State(limiter): State<Limiter>, request: Request, next: Next) -> Response {
    let allowance = limiter.take(caller(&request));
    let mut response = match allowance.retry_after_s {
        None => next.run(request).await,
        Some(seconds) => {
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

/// The caller by a digest, so that no token stays in memory.
fn caller(request: &Request) -> [u8; 32] {
    let digest = match request.headers().get(header::AUTHORIZATION) {
        Some(token) => Sha256::new().chain_update(b"token ").chain_update(token.as_bytes()),
        None => Sha256::new().chain_update(b"peer ").chain_update(peer(request)),
    };
    digest.finalize().into()
}

fn peer(request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or_else(String::new, |ConnectInfo(address)| address.ip().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_spent_and_comes_back_at_the_rate() {
        let rate = Rate { per_second: NonZeroU32::new(2).unwrap(), burst: NonZeroU32::new(3).unwrap() };
        let (mut free_at, mut left) = (0, Vec::new());
        for now in [0, 0, 0, 0, SECOND_NS / 2, SECOND_NS / 2, 10 * SECOND_NS] {
            let (allowance, next) = rate.decide(free_at, now);
            left.push(allowance.retry_after_s.is_none().then_some(allowance.remaining));
            free_at = next;
        }
        assert_eq!(left, [Some(2), Some(1), Some(0), None, Some(0), None, Some(2)]);
    }

    #[test]
    fn a_refusal_costs_nothing_and_says_when_to_come_back() {
        let rate = Rate { per_second: NonZeroU32::new(1).unwrap(), burst: NonZeroU32::new(1).unwrap() };
        let (_, free_at) = rate.decide(0, 0);
        let (allowance, after) = rate.decide(free_at, 1);
        assert_eq!((allowance.retry_after_s, allowance.reset_s, after), (Some(1), 1, free_at));
    }
}

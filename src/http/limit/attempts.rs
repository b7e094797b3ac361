//! A small limit on failed tries to log in or to change a password, so that passwords can't be guessed.
//!
//! Three allowances: of an address at one account, so that one address can't try many passwords there; of an address at
//! all accounts; and of an account from all addresses, wide enough that a single address can't lock the owner out. A try
//! that turns out right is given back.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use sha2::{Digest, Sha256};

use super::bucket::{Buckets, Key, Pace};
use super::peer::Peer;
use crate::http::Problem;

/// What one address may fail at one account: at once, and one more every so often.
const PAIR: (u32, Duration) = (5, Duration::from_secs(12));
/// What one address may fail at all accounts.
const ADDRESS: (u32, Duration) = (20, Duration::from_secs(3));
/// What may fail at one account from everywhere.
const ACCOUNT: (u32, Duration) = (100, Duration::from_secs(1));

/// Counts failed tries.
#[derive(Clone)]
pub(in crate::http) struct Attempts(Arc<[Buckets; 3]>);

/// Where a request stands that brings a password: taken by endpoints that check one.
#[derive(Clone)]
pub struct Attempt {
    counted: Option<(Attempts, Peer)>,
}

/// A try that was let in.
#[must_use = "a try that turned out right is given back"]
pub struct Try(Option<(Attempts, [Key; 3])>);

impl Attempts {
    pub(super) fn new() -> Self {
        Self(Arc::new([PAIR, ADDRESS, ACCOUNT].map(|(burst, every)| {
            Buckets::new(Pace::new(every, NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN)))
        })))
    }
}

impl Attempt {
    pub(super) const fn of(attempts: Attempts, peer: Peer) -> Self {
        Self { counted: Some((attempts, peer)) }
    }

    /// Lets a try at an account in, or tells when to come back. The account is named by what can be tried: its address'
    /// hash, or its id.
    pub fn at(&self, account: impl std::fmt::Display) -> Result<Try, Problem> {
        let Some((attempts, peer)) = &self.counted else { return Ok(Try(None)) };
        let (peer, account) = (peer.name(), account.to_string());
        let keys = [key("pair", &[&peer, &account]), key("address", &[&peer]), key("account", &[&account])];
        let told: Vec<_> = attempts.0.iter().zip(&keys).map(|(buckets, key)| buckets.take(key)).collect();
        let wait = told.iter().filter_map(|allowance| allowance.retry_after_s).max();
        let Some(wait) = wait else { return Ok(Try(Some((attempts.clone(), keys)))) };
        // What was taken of the other allowances bought nothing.
        for ((buckets, key), allowance) in attempts.0.iter().zip(&keys).zip(told) {
            if allowance.retry_after_s.is_none() {
                buckets.give_back(key);
            }
        }
        let detail = "Too many tries have failed; `Retry-After` says when the next one is heard.";
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", detail).retry_after(wait))
    }
}

impl Try {
    /// What came of it. Only a refusal by the rules counts as a failed try.
    pub fn came_to<T>(self, outcome: Result<T, Problem>) -> Result<T, Problem> {
        let failed = outcome.as_ref().err().is_some_and(|problem| {
            problem.status() == StatusCode::UNAUTHORIZED || problem.status() == StatusCode::FORBIDDEN
        });
        if let Some((attempts, keys)) = self.0.filter(|_| !failed) {
            attempts.0.iter().zip(&keys).for_each(|(buckets, key)| buckets.give_back(key));
        }
        outcome
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Attempt {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self { counted: None }))
    }
}

fn key(kind: &str, parts: &[&str]) -> Key {
    Sha256::new()
        .chain_update(kind)
        .chain_update("\u{1f}")
        .chain_update(parts.join("\u{1f}"))
        .finalize()
        .into()
}

//! Where the log and the read models stand, asked once for all who want to know.
//!
//! Reads that wait for a position share the looking: however many they are, a read model is looked at once per
//! `LOOK_AGAIN` and the log's end is asked for by one at a time. Never here: what a reader is told (see
//! [`crate::http::position`]).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eventstore::{Log, ReadError, Seq};
use projections::checkpoint;
use sqlx::PgPool;
use tokio::time::Instant;

/// How often a read model is looked at while somebody waits for it.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// The positions of the log and of the read models.
#[derive(Debug, Clone)]
pub struct Positions {
    log: Log,
    pool: PgPool,
    head: Arc<Told>,
    models: Arc<Mutex<BTreeMap<&'static str, Arc<Told>>>>,
}

impl Positions {
    /// Those of a log and of the read models in a database.
    pub fn new(log: Log, pool: PgPool) -> Self {
        Self { log, pool, head: Arc::default(), models: Arc::default() }
    }

    /// Whether the log's end lies before a position: then no write has told it. The end is asked for anew before that is
    /// said.
    pub async fn is_ahead(&self, position: Seq) -> Result<bool, ReadError> {
        let since = Instant::now();
        let will_do = |asked: Instant, head: Seq| head >= position || asked >= since;
        Ok(self.head.or_ask(will_do, || self.log.head()).await? < position)
    }

    /// Whether the live read model has seen a position, as of just now.
    pub async fn has_seen(&self, model: &'static str, position: Seq) -> Result<bool, sqlx::Error> {
        let told = {
            let mut models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
            models.entry(model).or_default().clone()
        };
        let will_do = |asked: Instant, _| asked.elapsed() < LOOK_AGAIN;
        let look = async || checkpoint::live_position(&self.pool, model).await.map(Option::unwrap_or_default);
        Ok(told.or_ask(will_do, look).await? >= position)
    }

    /// Waits until the live read model has seen a position; `false` when the time was not enough.
    pub async fn wait_for(
        &self,
        model: &'static str,
        position: Seq,
        deadline: Instant,
    ) -> Result<bool, sqlx::Error> {
        while !self.has_seen(model, position).await? {
            if Instant::now() >= deadline {
                return Ok(false);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(true)
    }
}

/// A position that was told, and when it was asked for.
#[derive(Debug, Default)]
struct Told(tokio::sync::Mutex<Option<(Instant, Seq)>>);

impl Told {
    /// The last answer if it will do, else a new one. One asks at a time; who waited for that hears the same answer.
    async fn or_ask<E>(
        &self,
        will_do: impl Fn(Instant, Seq) -> bool,
        ask: impl AsyncFnOnce() -> Result<Seq, E>,
    ) -> Result<Seq, E> {
        let mut told = self.0.lock().await;
        if let Some((asked, seq)) = *told
            && will_do(asked, seq)
        {
            return Ok(seq);
        }
        let asked = Instant::now();
        let seq = ask().await?;
        *told = Some((asked, seq));
        Ok(seq)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU64, Ordering};

    use futures::future::join_all;

    use super::*;

    /// A question that is counted, and answered by how often it was asked.
    async fn counted(asked: &AtomicU64) -> Result<Seq, Infallible> {
        tokio::task::yield_now().await;
        Ok(Seq(asked.fetch_add(1, Ordering::Relaxed) + 1))
    }

    #[tokio::test]
    async fn who_comes_together_asks_once() {
        let (told, asked) = (Told::default(), AtomicU64::new(0));
        let since = Instant::now();
        let all = (0..500).map(|_| told.or_ask(|at, _| at >= since, || counted(&asked)));
        assert!(join_all(all).await.into_iter().all(|seq| seq == Ok(Seq(1))));
        assert_eq!(
            told.or_ask(|_, _| false, || counted(&asked)).await,
            Ok(Seq(2)),
            "what won't do is asked again"
        );
    }

    #[tokio::test]
    async fn a_question_that_failed_is_asked_again() {
        let (told, asked) = (Told::default(), AtomicU64::new(0));
        assert_eq!(told.or_ask(|_, _| true, async || Err("away")).await, Err("away"));
        let seq = told.or_ask(|_, _| true, || counted(&asked)).await;
        assert_eq!(seq, Ok(Seq(1)));
    }
}

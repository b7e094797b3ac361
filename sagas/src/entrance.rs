//! A saga's ways in, other than the log, behind its type; and the sagas that a coordinator drives.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use async_trait::async_trait;
use eventstore::{CommandError, Context, Log, Outcome};
use kernel::Timestamp;

use crate::Saga;
use crate::deliver::Deliverer;
use crate::delivery::{Delivery, Why};
use crate::issuer::IssueError;
use crate::operator::Word;
use crate::process::Process;
use crate::runner::{Routed, Router};
use crate::timers::TryAgain;

/// A saga's ways in, other than the log.
#[async_trait]
pub(crate) trait Entrance: Send + Sync {
    /// A timer of the name, or a postponed command's; `None` where this release can't read it.
    fn timer(&self, key: &str, timer: &str, due_at: Timestamp, why: Why) -> Option<Delivery>;
    /// Tries a parked command again; `false` where none of that name is.
    async fn retry(
        &self,
        deliverer: &Deliverer,
        key: &str,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError>;
    /// Takes an operator's word on a held-back command; `None` where no instance can have that key.
    async fn say(
        &self,
        log: &Log,
        context: &Context,
        key: &str,
        word: Word,
    ) -> Result<Option<Outcome>, CommandError>;
    /// Fails where the instance can't be read.
    async fn check(&self, log: &Log, key: &str) -> Result<(), CommandError>;
}

struct Door<S>(PhantomData<S>);

#[async_trait]
impl<S: Saga> Entrance for Door<S> {
    fn timer(&self, key: &str, timer: &str, due_at: Timestamp, why: Why) -> Option<Delivery> {
        let key = key.parse().ok()?;
        match TryAgain::read(timer) {
            Some(part) => Some(Delivery::again::<S>(key, part, due_at, why)),
            None => Delivery::timer::<S>(key, timer, due_at, why).ok(),
        }
    }

    async fn retry(
        &self,
        deliverer: &Deliverer,
        key: &str,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        match key.parse() {
            Ok(key) => deliverer.retry::<S>(&key, part, reason).await,
            Err(_) => Ok(false),
        }
    }

    async fn say(
        &self,
        log: &Log,
        context: &Context,
        key: &str,
        word: Word,
    ) -> Result<Option<Outcome>, CommandError> {
        let Ok(key) = key.parse() else { return Ok(None) };
        log.execute::<Process<S>>(context, &key, word.ask(context.at)).await.map(Some)
    }

    async fn check(&self, log: &Log, key: &str) -> Result<(), CommandError> {
        let Ok(key) = key.parse() else { return Ok(()) };
        log.read_latest::<Process<S>>(&key).await?;
        Ok(())
    }
}

/// Collects the sagas that a coordinator drives.
#[derive(Default)]
pub struct Sagas {
    pub(crate) routers: Vec<Box<dyn Router>>,
    pub(crate) entrances: BTreeMap<&'static str, Box<dyn Entrance>>,
}

impl std::fmt::Debug for Sagas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Sagas").field(&self.entrances.keys()).finish()
    }
}

impl Sagas {
    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.entrances.keys().copied()
    }

    /// Adds a saga.
    #[must_use]
    pub fn with<S: Saga>(mut self) -> Self {
        self.routers.push(Box::new(Routed::<S>(PhantomData)));
        self.entrances.insert(S::NAME, Box::new(Door::<S>(PhantomData)));
        self
    }
}

//! A log whose appends wait at a door, and who has gone in.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, Batch, CommandError, Commit, Context, EventStore, Log, Memory, Outcome, ReadError,
    Recorded, Seq, StreamName,
};
use futures::future::{JoinAll, join_all};
use futures::poll;
use tokio::sync::Semaphore;

use crate::heap::Heap;
use crate::tally::{context, id};
use crate::troubled::Trouble;

pub struct Door {
    pub memory: Arc<Memory>,
    open: Semaphore,
    arrived: AtomicUsize,
    /// The most commits that one append may hold.
    most: usize,
    /// Whether answers get lost behind the door.
    silent: bool,
    /// Whether nothing can be read any more, and how often that was tried.
    away: AtomicBool,
    tried: AtomicUsize,
}

impl Door {
    pub fn shut() -> Self {
        Self {
            memory: Arc::default(),
            open: Semaphore::new(0),
            arrived: AtomicUsize::new(0),
            most: usize::MAX,
            silent: false,
            away: AtomicBool::new(false),
            tried: AtomicUsize::new(0),
        }
    }

    pub fn silent() -> Self {
        Self { silent: true, ..Self::shut() }
    }

    pub fn narrow(most: usize) -> Self {
        Self { most, ..Self::shut() }
    }

    pub fn open(&self) {
        self.open.add_permits(Semaphore::MAX_PERMITS / 2);
    }

    /// Lets one append through.
    pub fn let_one_in(&self) {
        self.open.add_permits(1);
    }

    /// From now on nothing can be read.
    pub fn go_away(&self) {
        self.away.store(true, Ordering::SeqCst);
    }

    /// How often it was tried in vain to read something.
    pub fn tried(&self) -> usize {
        self.tried.load(Ordering::SeqCst)
    }

    /// Waits until so many appends have come to the door, from the beginning.
    pub async fn arrived(&self, appends: usize) {
        while self.arrived.load(Ordering::SeqCst) < appends {
            tokio::task::yield_now().await;
        }
    }

    pub async fn commits(&self) -> u64 {
        self.memory.head().await.unwrap().0
    }
}

#[async_trait]
impl Trouble for Door {
    fn memory(&self) -> &Memory {
        &self.memory
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        self.arrived.fetch_add(1, Ordering::SeqCst);
        self.open.acquire().await.unwrap().forget();
        if commits.len() > self.most {
            return Err(AppendError::TooLarge(format!("{} commits", commits.len())));
        }
        let appended = self.memory.append_all(commits).await?;
        if self.silent { Err(AppendError::OutcomeUnknown) } else { Ok(appended) }
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        if self.away.load(Ordering::SeqCst) {
            self.tried.fetch_add(1, Ordering::SeqCst);
            return Err(ReadError::Unavailable("away".to_owned()));
        }
        self.memory.load_latest(stream, after).await
    }
}

pub type Told = Result<Outcome, CommandError>;
type Asking = Pin<Box<dyn Future<Output = Told> + Send>>;

pub fn ask(log: &Log, context: &Context, batch: Batch) -> Asking {
    let (log, context) = (log.clone(), context.clone());
    Box::pin(async move { log.commit(&context, batch).await })
}

/// Has something written to a heap that stays at the door, and everybody else arrive meanwhile.
pub async fn behind_the_first(
    door: &Door,
    log: &Log,
    heap: uuid::Uuid,
    first: i32,
    asked: Vec<Asking>,
) -> (Asking, Pin<Box<JoinAll<Asking>>>) {
    let mut leader = ask(log, &context(id()), Batch::new().with::<Heap>(&heap, first));
    assert!(poll!(&mut leader).is_pending());
    door.arrived(1).await;
    let mut others = Box::pin(join_all(asked));
    assert!(poll!(&mut others).is_pending());
    (leader, others)
}

//! Following the log: one consumer serves all who follow it in this process, and each message is read once for all.
//!
//! ```text
//!  server ── one tail ──▶ window ──┬─▶ follower        at the end of the log: takes what comes
//!                                  ├─▶ follower
//!                                  └─▶ follower        further behind than the window: walks until it is back
//! ```

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use futures::StreamExt;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, broadcast};
use tokio::task::JoinHandle;

use super::source::Source;
use super::tail::Tail;
use super::walk;
use crate::{Filter, Message, Messages, ReadError, Recorded, Seq, StreamName, Tailed, Tailing};

/// The messages kept for followers that are not at the end just now; who falls further behind reads the log by itself.
const WINDOW: usize = 4_096;

/// The end of the log, for many.
#[derive(Debug)]
pub(super) struct Feed {
    source: Source,
    running: Mutex<Option<Running>>,
}

/// A tail at work.
#[derive(Debug)]
struct Running {
    window: broadcast::Sender<Arc<Fed>>,
    /// The position of the last message, moved before it is shown.
    at: Arc<AtomicU64>,
    tailing: JoinHandle<()>,
}

/// A message, and what it says, made out once for all.
#[derive(Debug)]
struct Fed {
    message: Message,
    stream: Option<StreamName>,
    commit: OnceLock<Option<Arc<Recorded>>>,
}

/// One who follows.
struct Follower {
    feed: Arc<Feed>,
    at: Seq,
    /// The messages up to this position are walked; those behind it come by the window.
    through: Seq,
    walk: Messages,
    window: broadcast::Receiver<Arc<Fed>>,
}

impl Feed {
    pub(super) fn new(source: Source) -> Self {
        Self { source, running: Mutex::default() }
    }

    /// Every message behind a position, for ever.
    pub(super) async fn messages(self: &Arc<Self>, after: Seq) -> Result<Messages, ReadError> {
        Ok(self.follow(after).await?.map(|fed| fed.map(|fed| fed.message.clone())).boxed())
    }

    /// Every commit behind a position, for ever.
    pub(super) async fn tail(self: &Arc<Self>, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        Ok(self.follow(after).await?.map(move |fed| fed?.read(filter)).boxed())
    }

    async fn follow(
        self: &Arc<Self>,
        after: Seq,
    ) -> Result<impl futures::Stream<Item = Result<Arc<Fed>, ReadError>> + Send + use<>, ReadError> {
        let (window, through) = self.join().await?;
        let walk = walk::walk(&self.source, after, through);
        let follower = Follower { feed: self.clone(), at: after, through, walk, window };
        Ok(futures::stream::unfold(follower, |mut follower| async move {
            Some((follower.next().await, follower))
        }))
    }

    /// A place at the window, and the position behind which everything comes by it.
    async fn join(&self) -> Result<(broadcast::Receiver<Arc<Fed>>, Seq), ReadError> {
        let mut running = self.running.lock().await;
        let current = match running.take().filter(|current| !current.tailing.is_finished()) {
            Some(current) => current,
            None => Running::start(&self.source).await?,
        };
        let current = running.insert(current);
        // In this order: a message that came before the place was taken has moved the position already.
        let window = current.window.subscribe();
        Ok((window, Seq(current.at.load(Ordering::Acquire))))
    }
}

impl Running {
    async fn start(source: &Source) -> Result<Self, ReadError> {
        let head = source.head().await?;
        let mut tail = Tail::open(source, head).await?;
        let (window, _) = broadcast::channel(WINDOW);
        let at = Arc::new(AtomicU64::new(head.0));
        let (shown, moved) = (window.clone(), at.clone());
        let tailing = tokio::spawn(async move {
            // What can't be read any more closes the window: who follows hears of it.
            while let Ok(message) = tail.next().await {
                moved.store(message.seq.0, Ordering::Release);
                // Nobody may be following just now.
                let _ = shown.send(Arc::new(Fed::new(message)));
            }
        });
        Ok(Self { window, at, tailing })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.tailing.abort();
    }
}

impl Fed {
    fn new(message: Message) -> Self {
        Self { stream: message.stream(), message, commit: OnceLock::new() }
    }

    fn read(&self, filter: Filter) -> Result<Tailed, ReadError> {
        let Some(stream) = self.stream.as_ref().filter(|stream| filter.wants(stream)) else {
            return Ok(Tailed::Passed(self.message.seq));
        };
        let read = || self.message.read(stream.clone());
        match self.commit.get_or_init(|| read().ok().map(Arc::new)) {
            Some(commit) => Ok(Tailed::Commit(commit.clone())),
            None => read().map(|commit| Tailed::Commit(Arc::new(commit))),
        }
    }
}

impl Follower {
    /// The next message: from the walk until it is through, then from the window; from a walk again after falling behind.
    async fn next(&mut self) -> Result<Arc<Fed>, ReadError> {
        loop {
            if self.at < self.through {
                match self.walk.next().await {
                    Some(Ok(message)) => return Ok(self.taken(Arc::new(Fed::new(message)))),
                    Some(Err(error)) => {
                        // A walk ends with its first error; whoever asks once more goes on from here.
                        self.walk = walk::walk(&self.feed.source, self.at, self.through);
                        return Err(error);
                    }
                    None => self.at = self.through,
                }
            }
            match self.window.recv().await {
                Ok(fed) if fed.message.seq > self.at => return Ok(self.taken(fed)),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => self.fall_behind().await?,
                Err(RecvError::Closed) => {
                    return Err(ReadError::Unavailable("the log can't be followed just now".to_owned()));
                }
            }
        }
    }

    fn taken(&mut self, fed: Arc<Fed>) -> Arc<Fed> {
        self.at = fed.message.seq;
        fed
    }

    async fn fall_behind(&mut self) -> Result<(), ReadError> {
        let (window, through) = self.feed.join().await?;
        self.walk = walk::walk(&self.feed.source, self.at, through);
        (self.window, self.through) = (window, through);
        Ok(())
    }
}

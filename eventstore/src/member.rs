//! One write that waits for its outcome: who asks, what of which aggregates, and who is told.

use std::fmt;

use tokio::sync::oneshot;

use crate::batch::Work;
use crate::{Batch, CommandError, Context, Outcome, StreamName, metrics};

/// How often a write is decided anew because somebody else wrote first.
pub const MAX_ATTEMPTS: u32 = 64;

/// A write.
pub(crate) struct Member {
    pub(crate) context: Context,
    pub(crate) works: Vec<Box<dyn Work>>,
    told: oneshot::Sender<Result<Outcome, CommandError>>,
    attempts: u32,
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.streams()).finish()
    }
}

impl Member {
    /// A write, and where its outcome will be told.
    pub(crate) fn new(
        context: Context,
        batch: Batch,
    ) -> (Self, oneshot::Receiver<Result<Outcome, CommandError>>) {
        let (told, outcome) = oneshot::channel();
        (Self { context, works: batch.works, told, attempts: 0 }, outcome)
    }

    /// The aggregates that it concerns.
    pub(crate) fn streams(&self) -> impl Iterator<Item = &StreamName> {
        self.works.iter().map(|work| work.stream())
    }

    /// Tells whoever asked; one who has gone doesn't hear it.
    pub(crate) fn tell(self, outcome: Result<Outcome, CommandError>) {
        let _ = self.told.send(outcome);
    }

    /// The write once more, or nothing where it has lost too often.
    pub(crate) fn once_more(mut self) -> Option<Self> {
        self.attempts += 1;
        metrics::decided_again();
        if self.attempts < MAX_ATTEMPTS {
            return Some(self);
        }
        let attempts = self.attempts;
        self.tell(Err(CommandError::Contended { attempts }));
        None
    }
}

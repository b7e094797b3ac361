//! One write that waits for its outcome: who asks, what of which aggregates, and who is told.

use std::any::Any;
use std::fmt;
use std::panic::resume_unwind;

use tokio::sync::oneshot;

use crate::batch::Work;
use crate::{Batch, CommandError, Context, Outcome, StreamName, metrics};

/// How often a write is decided anew because somebody else wrote first.
pub const MAX_ATTEMPTS: u32 = 64;

/// A write.
pub(crate) struct Member {
    pub(crate) context: Context,
    pub(crate) works: Vec<Box<dyn Work>>,
    told: oneshot::Sender<Told>,
    attempts: u32,
}

/// What is told: an outcome, or that the aggregate's own code broke off.
enum Told {
    Outcome(Result<Outcome, CommandError>),
    BrokeOff(Box<dyn Any + Send>),
}

/// Where a write's outcome will be told.
pub(crate) struct Hearing(oneshot::Receiver<Told>);

impl Hearing {
    /// Waits for it. What broke off elsewhere breaks off here, where it was asked for.
    pub(crate) async fn outcome(self) -> Result<Outcome, CommandError> {
        match self.0.await {
            Ok(Told::Outcome(outcome)) => outcome,
            Ok(Told::BrokeOff(panic)) => resume_unwind(panic),
            Err(_) => resume_unwind(Box::new("the group that this write went with broke off")),
        }
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.streams()).finish()
    }
}

impl Member {
    /// A write, and where its outcome will be told.
    pub(crate) fn new(context: Context, batch: Batch) -> (Self, Hearing) {
        let (told, hearing) = oneshot::channel();
        (Self { context, works: batch.works, told, attempts: 0 }, Hearing(hearing))
    }

    /// The aggregates that it concerns.
    pub(crate) fn streams(&self) -> impl Iterator<Item = &StreamName> {
        self.works.iter().map(|work| work.stream())
    }

    /// Tells whoever asked; one who has gone doesn't hear it.
    pub(crate) fn tell(self, outcome: Result<Outcome, CommandError>) {
        let _ = self.told.send(Told::Outcome(outcome));
    }

    /// Lets whoever asked break off by this panic, and nobody else.
    pub(crate) fn break_off(self, panic: Box<dyn Any + Send>) {
        let _ = self.told.send(Told::BrokeOff(panic));
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

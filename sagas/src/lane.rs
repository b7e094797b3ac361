//! A lane: handles what comes down it, one after the other, and issues what it wants.
//!
//! ```text
//!  parcels ──▶ may it wait? ──no──▶ with what waits of the same instance ──▶ handled: one commit, then its commands
//!                  │yes                                                        ▲
//!                  └──▶ waits for more of its instance ──patience over, hurry──┘
//! ```
//!
//! Never here: what an input leads to.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use eventstore::Seq;
use futures::FutureExt;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use crate::deliver::Deliverer;
use crate::delivery::Delivery;
use crate::done::Done;
use crate::points::Wait;

/// How long what may wait waits for more of its instance; checkout takes about as long from its order to its payment.
pub const PATIENCE: Duration = Duration::from_millis(200);
/// The most instances that wait in one lane.
const WAITING: usize = 64;

/// Work for a lane.
pub(crate) struct Parcel {
    delivery: Delivery,
    receipts: Vec<Receipt>,
}

/// Who hears that a parcel was handled to its end.
pub(crate) enum Receipt {
    /// The watermark, of a commit at this position.
    Position(Seq),
    /// Whoever fired a timer; hears whether it led to a step.
    Timer(oneshot::Sender<bool>),
}

impl Parcel {
    pub(crate) fn new(delivery: Delivery, receipt: Receipt) -> Self {
        Self { delivery, receipts: vec![receipt] }
    }

    pub(crate) const fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    fn is_of_the_same(&self, other: &Self) -> bool {
        let (one, other) = (&self.delivery, &other.delivery);
        one.saga() == other.saga() && one.key() == other.key()
    }

    /// Takes a later one in; gives it back where the two can't be handled in one go.
    fn join(&mut self, later: Self) -> Result<(), Self> {
        let Self { delivery, receipts } = later;
        match self.delivery.join(delivery) {
            Ok(()) => {
                self.receipts.extend(receipts);
                Ok(())
            }
            Err(delivery) => Err(Self { delivery, receipts }),
        }
    }

    async fn handle(self, deliverer: &Deliverer, done: &Done) {
        let Self { delivery, receipts } = self;
        let (saga, key) = (delivery.saga(), delivery.key().to_owned());
        let handled = AssertUnwindSafe(delivery.handle(deliverer)).catch_unwind();
        let handled = deliverer.points.around(Some(saga), Wait::Handle, handled).await;
        let error = match &handled {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it broke off: this release has an error there".to_owned()),
        };
        let stepped = matches!(handled, Ok(Ok(true)));
        for receipt in receipts {
            if let Some(error) = error.clone() {
                let position = match receipt {
                    Receipt::Position(position) => position,
                    Receipt::Timer(_) => deliverer.end_of(saga, &key).await,
                };
                deliverer.note_unheard(saga, position, Some(key.clone()), error).await;
            }
            match receipt {
                Receipt::Position(position) => {
                    done.close(position);
                    done.publish();
                }
                // Whoever fired it may have gone; the step is in the log all the same.
                Receipt::Timer(answer) => drop(answer.send(stepped)),
            }
        }
    }
}

/// Handles what comes, for as long as the engine lives.
pub(crate) async fn work(mut queue: Queue, deliverer: Arc<Deliverer>, done: Arc<Done>) {
    while let Some(parcel) = queue.next().await {
        parcel.handle(&deliverer, &done).await;
    }
}

/// Who is in a hurry: while anybody is, nothing waits.
#[derive(Debug, Default)]
pub(crate) struct Hurry(watch::Sender<usize>);

/// Somebody in a hurry.
#[derive(Debug)]
pub(crate) struct Hurried(watch::Sender<usize>);

impl Hurry {
    pub(crate) fn heard(&self) -> watch::Receiver<usize> {
        self.0.subscribe()
    }

    pub(crate) fn begin(&self) -> Hurried {
        self.0.send_modify(|count| *count += 1);
        Hurried(self.0.clone())
    }
}

impl Drop for Hurried {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// What a lane has before it.
pub(crate) struct Queue {
    parcels: mpsc::Receiver<Parcel>,
    /// What waits for more of its instance, until when; who came first is first.
    waiting: VecDeque<(Instant, Parcel)>,
    /// What goes next.
    ready: VecDeque<Parcel>,
    patience: Duration,
    hurry: watch::Receiver<usize>,
}

impl Queue {
    pub(crate) fn new(
        parcels: mpsc::Receiver<Parcel>,
        patience: Duration,
        hurry: watch::Receiver<usize>,
    ) -> Self {
        Self { parcels, waiting: VecDeque::new(), ready: VecDeque::new(), patience, hurry }
    }

    /// The next to be handled; none where nothing will come any more.
    async fn next(&mut self) -> Option<Parcel> {
        loop {
            if let Some(parcel) = self.ready.pop_front() {
                return Some(parcel);
            }
            if *self.hurry.borrow_and_update() > 0
                && let Some((_, parcel)) = self.waiting.pop_front()
            {
                return Some(parcel);
            }
            let first = self.waiting.front().map(|(until, _)| *until);
            tokio::select! {
                parcel = self.parcels.recv() => self.arrive(parcel?),
                () = until(first) => self.ready.extend(self.waiting.pop_front().map(|(_, parcel)| parcel)),
                // Whoever hurries lives no longer than the engine.
                _ = self.hurry.changed() => {}
            }
        }
    }

    /// Lets a parcel wait or go, with what waits of its instance.
    fn arrive(&mut self, mut parcel: Parcel) {
        let mut until = Instant::now() + self.patience;
        let waits = self.waiting.iter().position(|(_, waiting)| waiting.is_of_the_same(&parcel));
        if let Some((first, mut waiting)) = waits.and_then(|at| self.waiting.remove(at)) {
            match waiting.join(parcel) {
                Ok(()) => (until, parcel) = (first, waiting),
                Err(later) => {
                    self.ready.push_back(waiting);
                    parcel = later;
                }
            }
        }
        let may_wait = parcel.delivery.may_wait() && !self.patience.is_zero();
        if may_wait && *self.hurry.borrow() == 0 && self.waiting.len() < WAITING {
            let behind = self.waiting.partition_point(|(earlier, _)| *earlier <= until);
            self.waiting.insert(behind, (until, parcel));
        } else {
            self.ready.push_back(parcel);
        }
    }
}

/// Until an instant, or for ever.
async fn until(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

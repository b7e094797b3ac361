//! The coordinator's engine: follows the log, gives each saga instance its inputs in order, and issues what it wants.
//!
//! Instances share [`LANES`] lanes by their key: one instance's inputs stay in order, and a slow or failing one holds
//! up its lane's neighbours for a bounded time only.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use eventstore::{Filter, Log, ReadError, Recorded, Seq, Tailed};
use futures::StreamExt;
use tokio::sync::{mpsc, watch};

use crate::deliver::{Deliverer, Delivery};
use crate::{Saga, process::CONTEXT};

/// Inputs of different instances that are worked on at the same time.
pub(crate) const LANES: usize = 64;
/// Inputs waiting in one lane; a full lane holds up the walk along the log.
const LANE_DEPTH: usize = 256;

/// A saga behind its type: routes a commit to deliveries.
pub(crate) trait Router: Send + Sync {
    fn contexts(&self) -> &'static [&'static str];
    fn route(&self, recorded: &Recorded) -> Result<Vec<Delivery>, ReadError>;
}

pub(crate) struct Routed<S>(pub(crate) std::marker::PhantomData<S>);

impl<S: Saga> Router for Routed<S> {
    fn contexts(&self) -> &'static [&'static str] {
        S::CONTEXTS
    }

    fn route(&self, recorded: &Recorded) -> Result<Vec<Delivery>, ReadError> {
        let routed = S::route(recorded)?;
        Ok(routed.into_iter().map(|(key, event)| Delivery::event::<S>(key, event, recorded)).collect())
    }
}

/// Work for one lane.
struct Parcel {
    position: Seq,
    delivery: Delivery,
}

/// How far every commit up to here has been handled to its end.
#[derive(Debug, Default)]
pub(crate) struct Watermark {
    open: BTreeMap<Seq, usize>,
    seen: Seq,
}

impl Watermark {
    pub(crate) fn open(&mut self, position: Seq, parcels: usize) {
        self.seen = position;
        if parcels > 0 {
            self.open.insert(position, parcels);
        }
    }

    pub(crate) fn close(&mut self, position: Seq) {
        if let Some(left) = self.open.get_mut(&position) {
            *left -= 1;
            if *left == 0 {
                self.open.remove(&position);
            }
        }
    }

    pub(crate) fn done(&self) -> Seq {
        self.open.keys().next().map_or(self.seen, |first| Seq(first.0.saturating_sub(1)))
    }
}

/// The running engine's shared state.
pub(crate) struct Engine {
    routers: Vec<Box<dyn Router>>,
    lanes: Vec<mpsc::Sender<Parcel>>,
    watermark: Arc<Mutex<Watermark>>,
    done: watch::Sender<Seq>,
}

impl Engine {
    pub(crate) fn start(routers: Vec<Box<dyn Router>>, deliverer: &Arc<Deliverer>, from: Seq) -> Arc<Self> {
        let watermark = Arc::new(Mutex::new(Watermark { open: BTreeMap::new(), seen: from }));
        let done = watch::Sender::new(from);
        let lanes = (0..LANES).map(|_| lane(deliverer.clone(), watermark.clone(), done.clone())).collect();
        Arc::new(Self { routers, lanes, watermark, done })
    }

    /// The position up to which every input was handled and every command issued.
    pub(crate) fn done(&self) -> watch::Receiver<Seq> {
        self.done.subscribe()
    }

    /// Follows the log from a position on, until the walk fails.
    pub(crate) async fn follow(&self, log: &Log, from: Seq) -> Result<(), ReadError> {
        let mut tail = log.tail(from, Filter::All).await?;
        while let Some(step) = tail.next().await {
            match step? {
                Tailed::Commit(recorded) if recorded.stream.context() != CONTEXT => {
                    self.dispatch(&recorded).await?;
                }
                step @ (Tailed::Commit(_) | Tailed::Passed(_)) => self.pass(step.seq()),
            }
        }
        Ok(())
    }

    async fn dispatch(&self, recorded: &Recorded) -> Result<(), ReadError> {
        let mut deliveries = Vec::new();
        for router in &self.routers {
            if router.contexts().contains(&recorded.stream.context()) {
                deliveries.extend(router.route(recorded)?);
            }
        }
        self.with_watermark(|watermark| watermark.open(recorded.seq, deliveries.len()));
        for delivery in deliveries {
            let lane = self.lanes.get(lane_of(&delivery)).or_else(|| self.lanes.first());
            if let Some(lane) = lane {
                // A lane ends only with the process.
                let _ = lane.send(Parcel { position: recorded.seq, delivery }).await;
            }
        }
        self.publish();
        Ok(())
    }

    fn pass(&self, position: Seq) {
        self.with_watermark(|watermark| watermark.open(position, 0));
        self.publish();
    }

    fn with_watermark(&self, change: impl FnOnce(&mut Watermark)) {
        change(&mut self.watermark.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn publish(&self) {
        publish(&self.watermark, &self.done);
    }
}

fn publish(watermark: &Mutex<Watermark>, done: &watch::Sender<Seq>) {
    let now = watermark.lock().unwrap_or_else(PoisonError::into_inner).done();
    done.send_if_modified(|seen| {
        let moved = now > *seen;
        *seen = now.max(*seen);
        moved
    });
}

fn lane(
    deliverer: Arc<Deliverer>,
    watermark: Arc<Mutex<Watermark>>,
    done: watch::Sender<Seq>,
) -> mpsc::Sender<Parcel> {
    let (sender, mut parcels) = mpsc::channel::<Parcel>(LANE_DEPTH);
    tokio::spawn(async move {
        while let Some(parcel) = parcels.recv().await {
            deliverer.deliver(parcel.delivery).await;
            watermark.lock().unwrap_or_else(PoisonError::into_inner).close(parcel.position);
            publish(&watermark, &done);
        }
    });
    sender
}

fn lane_of(delivery: &Delivery) -> usize {
    let mut hasher = DefaultHasher::new();
    delivery.instance().hash(&mut hasher);
    let lanes = u64::try_from(LANES).unwrap_or(1);
    usize::try_from(hasher.finish() % lanes).unwrap_or(0)
}

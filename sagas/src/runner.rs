//! The coordinator's engine: follows the log, gives each saga instance its inputs in order, and issues what it wants.
//!
//! Instances share [`LANES`] lanes by their key: one instance's inputs stay in order, and a slow or failing one holds
//! up its lane's neighbours for a bounded time only. Timers come through the same lanes. What a saga can't be given is noted
//! for an operator, and the others go on.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use eventstore::{Filter, Log, ReadError, Recorded, Seq, StreamName, Tailed};
use futures::{FutureExt, StreamExt};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::Saga;
use crate::deliver::Deliverer;
use crate::delivery::Delivery;
use crate::points::{Points, Wait};
use crate::process::Process;

/// Inputs of different instances that are worked on at the same time.
pub(crate) const LANES: usize = 64;
/// Inputs waiting in one lane; a full lane holds up the walk along the log.
const LANE_DEPTH: usize = 256;

/// A saga behind its type: routes a commit to deliveries.
pub(crate) trait Router: Send + Sync {
    /// The saga's name.
    fn saga(&self) -> &'static str;

    /// Whether it listens to the context, or the stream is one of its instances'.
    fn listens(&self, stream: &StreamName) -> bool;

    fn route(&self, recorded: &Recorded) -> Result<Vec<Delivery>, ReadError>;
}

pub(crate) struct Routed<S>(pub(crate) std::marker::PhantomData<S>);

impl<S: Saga> Router for Routed<S> {
    fn saga(&self) -> &'static str {
        S::NAME
    }

    fn listens(&self, stream: &StreamName) -> bool {
        stream.is::<Process<S>>() || S::CONTEXTS.contains(&stream.context())
    }

    fn route(&self, recorded: &Recorded) -> Result<Vec<Delivery>, ReadError> {
        if recorded.stream.is::<Process<S>>() {
            return Ok(Delivery::own::<S>(recorded)?.into_iter().collect());
        }
        if !S::CONTEXTS.contains(&recorded.stream.context()) {
            return Ok(Vec::new());
        }
        let mut words = BTreeMap::new();
        let routed = S::route(recorded)?.into_iter().map(|(key, event)| {
            let nth = words.entry(key.to_string()).and_modify(|nth| *nth += 1).or_insert(0);
            Delivery::event::<S>(key, *nth, event, recorded)
        });
        Ok(routed.collect())
    }
}

/// Work for one lane.
struct Parcel {
    delivery: Delivery,
    receipt: Receipt,
}

/// Who hears that a parcel was handled to its end.
enum Receipt {
    /// The watermark, of a commit at this position.
    Position(Seq),
    /// Whoever fired a timer; hears whether it led to a step.
    Timer(oneshot::Sender<bool>),
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
    /// The lanes end with the engine, wherever they are.
    _working: JoinSet<()>,
    deliverer: Arc<Deliverer>,
    points: Points,
    watermark: Arc<Mutex<Watermark>>,
    done: watch::Sender<Seq>,
}

impl Engine {
    pub(crate) fn start(routers: Vec<Box<dyn Router>>, deliverer: &Arc<Deliverer>, from: Seq) -> Arc<Self> {
        let watermark = Arc::new(Mutex::new(Watermark { open: BTreeMap::new(), seen: from }));
        let done = watch::Sender::new(from);
        let mut working = JoinSet::new();
        let lanes = (0..LANES).map(|_| {
            let (sender, parcels) = mpsc::channel(LANE_DEPTH);
            working.spawn(lane(parcels, deliverer.clone(), watermark.clone(), done.clone()));
            sender
        });
        let lanes = lanes.collect();
        let (points, deliverer) = (deliverer.points.clone(), deliverer.clone());
        Arc::new(Self { routers, lanes, _working: working, deliverer, points, watermark, done })
    }

    /// The position up to which every input was handled and every command issued.
    pub(crate) fn done(&self) -> watch::Receiver<Seq> {
        self.done.subscribe()
    }

    /// Follows the log from a position on, until the walk fails.
    pub(crate) async fn follow(&self, log: &Log, from: Seq) -> Result<(), ReadError> {
        let mut tail = log.tail(from, Filter::All).await?;
        while let Some(step) = tail.next().await {
            match step {
                Ok(Tailed::Commit(recorded)) => self.dispatch(&recorded).await,
                Ok(Tailed::Passed(position)) => self.pass(position),
                Err(ReadError::Envelope { seq, stream, source }) => {
                    let error = ReadError::Envelope { seq, stream: stream.clone(), source };
                    for router in self.routers.iter().filter(|router| router.listens(&stream)) {
                        self.unheard(router.as_ref(), seq, &stream, &error).await;
                    }
                    self.pass(seq);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What one saga, by its name, is to hear of a commit.
    pub(crate) fn route_to(&self, saga: &str, recorded: &Recorded) -> Result<Vec<Delivery>, ReadError> {
        let router = self.routers.iter().find(|router| router.saga() == saga);
        router.map_or_else(|| Ok(Vec::new()), |router| router.route(recorded))
    }

    /// Notes that a saga could not be given a commit. On a stream of its own the instance is known.
    async fn unheard(&self, router: &dyn Router, position: Seq, stream: &StreamName, error: &ReadError) {
        let own = stream.context() == crate::process::CONTEXT;
        let key = own.then(|| stream.id().to_owned());
        self.deliverer.note_unheard(router.saga(), position, key, error.to_string()).await;
    }

    /// Hands timers to their instances in this order, and waits until each was answered; says how many led to a step.
    pub(crate) async fn fire(&self, timers: Vec<Delivery>) -> usize {
        let mut answers = Vec::with_capacity(timers.len());
        for delivery in timers {
            let (answer, answered) = oneshot::channel();
            self.send(Parcel { delivery, receipt: Receipt::Timer(answer) }).await;
            answers.push(answered);
        }
        let stepped = futures::future::join_all(answers).await;
        stepped.into_iter().filter(|stepped| matches!(stepped, Ok(true))).count()
    }

    async fn dispatch(&self, recorded: &Recorded) {
        let mut deliveries = Vec::new();
        for router in &self.routers {
            match router.route(recorded) {
                Ok(routed) => deliveries.extend(routed),
                Err(error) => {
                    self.unheard(router.as_ref(), recorded.seq, &recorded.stream, &error).await;
                }
            }
        }
        self.with_watermark(|watermark| watermark.open(recorded.seq, deliveries.len()));
        for delivery in deliveries {
            self.send(Parcel { delivery, receipt: Receipt::Position(recorded.seq) }).await;
        }
        self.publish();
    }

    async fn send(&self, parcel: Parcel) {
        if let Some(lane) = self.lanes.get(lane_of(&parcel.delivery)).or_else(|| self.lanes.first()) {
            // A lane ends only with the process.
            let saga = parcel.delivery.saga();
            let _ = self.points.around(Some(saga), Wait::Hand, lane.send(parcel)).await;
        }
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

/// Handles what comes down one lane, one after the other.
async fn lane(
    mut parcels: mpsc::Receiver<Parcel>,
    deliverer: Arc<Deliverer>,
    watermark: Arc<Mutex<Watermark>>,
    done: watch::Sender<Seq>,
) {
    while let Some(Parcel { delivery, receipt }) = parcels.recv().await {
        let (saga, key) = (delivery.saga(), delivery.key().to_owned());
        let handled = AssertUnwindSafe(delivery.handle(&deliverer)).catch_unwind();
        let handled = deliverer.points.around(Some(saga), Wait::Handle, handled).await;
        let error = match &handled {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it broke off: this release has an error there".to_owned()),
        };
        if let Some(error) = error {
            let position = match receipt {
                Receipt::Position(position) => position,
                Receipt::Timer(_) => deliverer.end_of(saga, &key).await,
            };
            deliverer.note_unheard(saga, position, Some(key), error).await;
        }
        let stepped = matches!(handled, Ok(Ok(true)));
        match receipt {
            Receipt::Position(position) => {
                watermark.lock().unwrap_or_else(PoisonError::into_inner).close(position);
                publish(&watermark, &done);
            }
            // Whoever fired it may have gone; the step is in the log all the same.
            Receipt::Timer(answer) => drop(answer.send(stepped)),
        }
    }
}

fn lane_of(delivery: &Delivery) -> usize {
    let mut hasher = DefaultHasher::new();
    (delivery.saga(), delivery.key()).hash(&mut hasher);
    let lanes = u64::try_from(LANES).unwrap_or(1);
    usize::try_from(hasher.finish() % lanes).unwrap_or(0)
}

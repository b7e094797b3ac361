//! The coordinator's engine: follows the log and gives each saga instance its inputs in order.
//!
//! Instances share [`LANES`] lanes by their key: one instance's inputs stay in order, and a slow or failing one holds
//! up its lane's neighbours for a bounded time only. Timers come through the same lanes. What a saga can't be given is noted
//! for an operator, and the others go on.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use eventstore::{Filter, Log, ReadError, Recorded, Seq, StreamName, Tailed};
use futures::StreamExt;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::Saga;
use crate::deliver::Deliverer;
use crate::delivery::Delivery;
use crate::done::Done;
use crate::lane::{self, Hurried, Hurry, Parcel, Queue, Receipt};
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
            Delivery::event::<S>(&key, *nth, event, recorded)
        });
        Ok(routed.collect())
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
    done: Arc<Done>,
    hurry: Hurry,
}

impl Engine {
    pub(crate) fn start(
        routers: Vec<Box<dyn Router>>,
        deliverer: &Arc<Deliverer>,
        from: Seq,
        patience: Duration,
    ) -> Arc<Self> {
        let (done, hurry) = (Arc::new(Done::from(from)), Hurry::default());
        let mut working = JoinSet::new();
        let lanes = (0..LANES).map(|_| {
            let (sender, parcels) = mpsc::channel(LANE_DEPTH);
            let queue = Queue::new(parcels, patience, hurry.heard());
            working.spawn(lane::work(queue, deliverer.clone(), done.clone()));
            sender
        });
        let lanes = lanes.collect();
        let (points, deliverer) = (deliverer.points.clone(), deliverer.clone());
        Arc::new(Self { routers, lanes, _working: working, deliverer, points, done, hurry })
    }

    /// The position up to which every input was handled and every command issued.
    pub(crate) fn done(&self) -> watch::Receiver<Seq> {
        self.done.watched()
    }

    /// As long as this is kept, no input waits for more of its instance.
    pub(crate) fn hurry(&self) -> Hurried {
        self.hurry.begin()
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
            self.send(Parcel::new(delivery, Receipt::Timer(answer))).await;
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
        self.done.open(recorded.seq, deliveries.len());
        for delivery in deliveries {
            self.send(Parcel::new(delivery, Receipt::Position(recorded.seq))).await;
        }
        self.done.publish();
    }

    async fn send(&self, parcel: Parcel) {
        if let Some(lane) = self.lanes.get(lane_of(parcel.delivery())).or_else(|| self.lanes.first()) {
            // A lane ends only with the process.
            let saga = parcel.delivery().saga();
            let _ = self.points.around(Some(saga), Wait::Hand, lane.send(parcel)).await;
        }
    }

    fn pass(&self, position: Seq) {
        self.done.open(position, 0);
        self.done.publish();
    }
}

fn lane_of(delivery: &Delivery) -> usize {
    let mut hasher = DefaultHasher::new();
    (delivery.saga(), delivery.key()).hash(&mut hasher);
    let lanes = u64::try_from(LANES).unwrap_or(1);
    usize::try_from(hasher.finish() % lanes).unwrap_or(0)
}

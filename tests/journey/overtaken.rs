//! A log before whose writes to one aggregate somebody else is faster.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, Commit, Context, EventStore, Filter, Log, Message, Messages, ReadError, Recorded,
    Seq, StreamName, Tailing,
};
use kernel::id::ShipmentId;
use shipping::Shipment;
use shipping::shipment::Command;

/// A log that dispatches a shipment before anything else is written to it.
pub struct Overtaken {
    log: Log,
    shipment: ShipmentId,
    context: Context,
    dispatch: Command,
    happened: AtomicBool,
}

impl Overtaken {
    pub fn over(log: &Log, context: Context, shipment: ShipmentId, dispatch: Command) -> Log {
        let (log, happened) = (log.clone(), AtomicBool::default());
        Log::new(Arc::new(Self { log, shipment, context, dispatch, happened }))
    }

    fn store(&self) -> &dyn EventStore {
        &**self.log.store()
    }
}

#[async_trait]
impl EventStore for Overtaken {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.append_all(vec![commit]).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        let stream = StreamName::of::<Shipment>(&self.shipment);
        let concerned = commits.iter().any(|commit| *commit.stream() == stream);
        if concerned && !self.happened.swap(true, Ordering::SeqCst) {
            self.log.execute::<Shipment>(&self.context, &self.shipment, self.dispatch.clone()).await.unwrap();
        }
        self.store().append_all(commits).await
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.store().load(stream, after).await
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.store().load_latest(stream, after).await
    }

    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError> {
        self.store().last(stream).await
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        self.store().messages_of(stream).await
    }

    async fn messages(&self, after: Seq) -> Result<Messages, ReadError> {
        self.store().messages(after).await
    }

    fn walk(&self, after: Seq, through: Seq) -> Messages {
        self.store().walk(after, through)
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.store().tail(after, filter).await
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        self.store().head().await
    }
}

//! One test's site: an empty log on the real server, seen straight and through a gate.

use std::sync::Arc;
use std::time::Duration;

use async_nats::ConnectOptions;
use eventstore::{EventStore, Filter, JetStream, JetStreamConfig, Prefix, Seq};
use futures::StreamExt;
use tokio::sync::watch;

use crate::gate::Gate;
use crate::tally;

/// Short enough for a test, long enough for three tries of a second each.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the client rests between two tries to connect.
const RECONNECT: Duration = Duration::from_millis(20);

pub struct Site {
    pub gate: Gate,
    /// The log as a writer behind the gate has it.
    pub behind: Arc<JetStream>,
    /// The same log, straight from the server.
    pub straight: Arc<JetStream>,
    tries: watch::Receiver<usize>,
}

impl Site {
    pub async fn new() -> Self {
        let url = std::env::var("JANGTEO_NATS_URL")
            .unwrap_or_else(|_| panic!("no JANGTEO_NATS_URL: run scripts/test"));
        let server = url.split(',').next().unwrap().trim_start_matches("nats://").to_owned();
        let gate = Gate::before(server).await;
        let prefix = Prefix::new(&format!("o{}", tally::id().simple())[..24]).unwrap();
        let config = JetStreamConfig { patience: PATIENCE, ..JetStreamConfig::new(prefix, 1) };
        let (trying, tries) = watch::channel(0);
        let options =
            ConnectOptions::new().ignore_discovered_servers().reconnect_delay_callback(move |tries| {
                trying.send_replace(tries);
                RECONNECT
            });
        let client = options.connect(gate.url()).await.unwrap();
        let behind = Arc::new(JetStream::open(client, &config).await.unwrap());
        let client = async_nats::connect(url.split(',').collect::<Vec<_>>()).await.unwrap();
        let straight = Arc::new(JetStream::open(client, &config).await.unwrap());
        Self { gate, behind, straight, tries }
    }

    /// Waits until this position stands in the log.
    pub async fn stands(&self, seq: Seq) {
        let mut tail = self.straight.tail(Seq(seq.0 - 1), Filter::All).await.unwrap();
        assert_eq!(tail.next().await.unwrap().unwrap().seq(), seq);
    }

    /// Waits until the client has tried so often to connect, in vain.
    pub async fn tried(&mut self, times: usize) {
        self.tries.wait_for(|tries| *tries >= times).await.unwrap();
    }

    pub async fn head(&self) -> Seq {
        self.straight.head().await.unwrap()
    }
}

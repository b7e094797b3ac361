//! The three keepers of the contract, each with an empty log.

use std::sync::Arc;

use eventstore::subject::Prefix;
use eventstore::{EventStore, JetStream, JetStreamConfig, Memory};

use crate::tally;

pub type Store = Arc<dyn EventStore>;

pub fn memory() -> Store {
    Arc::new(Memory::default())
}

pub async fn r1() -> Store {
    jetstream("JANGTEO_NATS_URL", 1).await
}

pub async fn r3() -> Store {
    jetstream("JANGTEO_NATS_R3_URL", 3).await
}

async fn jetstream(variable: &str, replicas: usize) -> Store {
    let (client, config) = site(variable, replicas).await;
    Arc::new(JetStream::open(client, &config).await.unwrap())
}

/// A connection to the servers of a variable, and a log of its own there.
pub async fn site(variable: &str, replicas: usize) -> (async_nats::Client, JetStreamConfig) {
    let url = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run scripts/test"));
    let client = async_nats::connect(url.split(',').collect::<Vec<_>>()).await.unwrap();
    let prefix = Prefix::new(&format!("t{}", tally::id().simple())[..24]).unwrap();
    (client, JetStreamConfig::new(prefix, replicas))
}

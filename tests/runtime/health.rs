//! `/health/live` and `/health/ready` of every role.

use eventstore::{Batch, Context};
use jangteo::ids;
use jangteo::service::request::{Command, Note, Request};
use kernel::Actor;
use kernel::id::{CommandId, CorrelationId};

use crate::house::House;
use crate::process::Process;

/// More than a process may be behind and still be ready.
const FAR: usize = 10_001;
/// As many as one append takes.
const AT_ONCE: usize = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn every_role_says_how_it_is() {
    let house = House::new().await;
    let _projections = house.run("project").await;
    for role in ["api", "serve", "coordinate"] {
        let process = house.run(role).await;
        assert_eq!((process.health("live").await, process.health("ready").await), (200, 200), "{role}");
        assert!(process.figures().await.contains("jangteo_up{server=\"log\"} 1"), "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_is_ready_when_what_it_serves_from_is_near() {
    let house = House::new().await;
    // Of an installation that is new there is nothing to serve from.
    let api = Process::start(house.command("api"));
    api.line("\"serving\"").await;
    assert_eq!((api.health("live").await, api.health("ready").await), (200, 503));
    // In a while nothing is projected, and much is written.
    fill(&house).await;
    assert_eq!((api.health("live").await, api.health("ready").await), (200, 503));
    let public = reqwest::get(format!("{}/health/ready", api.api)).await.unwrap();
    assert_eq!(public.status(), 503);
    let _projections = Process::start(house.command("project"));
    api.ready().await;
}

/// Writes what no read model takes.
async fn fill(house: &House) {
    let (log, at) = (house.log().await, chrono::DateTime::UNIX_EPOCH);
    for _ in 0..FAR.div_ceil(AT_ONCE) {
        let note = || Command::Note(Note { at });
        let batch = (0..AT_ONCE)
            .fold(Batch::new(), |batch, _| batch.with::<Request>(&CommandId(ids::fresh()), note()));
        let context = Context {
            command_id: CommandId(ids::fresh()),
            correlation_id: CorrelationId(ids::fresh()),
            causation: None,
            actor: Actor::system("test"),
            at,
            request: None,
        };
        log.commit(&context, batch).await.unwrap();
    }
}

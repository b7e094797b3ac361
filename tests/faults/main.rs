//! Faults: a whole installation of real processes under load, of which a seeded plan kills, freezes and restarts some and
//! cuts the links between them; then a checker holds the log against what clients were told.
//!
//! `scripts/test` runs short plans of known seeds, `scripts/faults` any seed for any time. Kills of processes say nothing
//! about power cuts: that what is acknowledged is on disk is another matter, and not tested here.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        unreachable_pub,
        reason = "a test stops at the first surprise"
    )
)]

mod caller;
mod chance;
mod checker;
mod failing;
mod house;
mod journal;
mod load;
mod market;
mod plan;
mod process;
mod proxy;
mod quiet;
mod read_models;
mod report;
mod run;
mod servers;
mod topology;
mod verifying;

use std::time::Duration;

use tokio::sync::Mutex;

use crate::topology::Topology;

/// The plans that are always run, chosen for what they hit. The first keeps the only server of the log away for longer than
/// it is waited for, and kills PostgreSQL, a projector and a coordinator; the second kills, freezes and restarts servers of
/// the log.
const SEED: u64 = 14_119;
const SEED_OF_A_CLUSTER: u64 = 10_035;
const LENGTH: Duration = Duration::from_mins(1);
const LENGTH_AT_A_CLUSTER: Duration = Duration::from_secs(30);
/// One run at a time, where one process runs every test: each loads the whole machine.
static TURN: Mutex<()> = Mutex::const_new(());

/// The seed and the length that `scripts/faults` asks for, or these.
fn asked(seed: u64, length: Duration) -> (u64, Duration) {
    let named = |variable: &str| std::env::var(variable).ok().filter(|value| !value.is_empty());
    let seed = named("FAULTS_SEED").map_or(seed, |seed| seed.parse().expect("a seed is a whole number"));
    let seconds = named("FAULTS_SECONDS").map(|seconds| seconds.parse().expect("seconds are a whole number"));
    (seed, seconds.map_or(length, Duration::from_secs))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_doubled_with_one_log_server() {
    let _turn = TURN.lock().await;
    let (seed, length) = asked(SEED, LENGTH);
    Box::pin(run::run(seed, length, Topology { nats: 1 })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_doubled_with_a_cluster_of_three() {
    let _turn = TURN.lock().await;
    let (seed, length) = asked(SEED_OF_A_CLUSTER, LENGTH_AT_A_CLUSTER);
    Box::pin(run::run(seed, length, Topology { nats: 3 })).await;
}

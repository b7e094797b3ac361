//! The figures that Prometheus fetches: what was counted since the process started, and how things stand at the moment of
//! asking. Nothing is counted in a process that serves no figures.

use std::time::Duration;

use eventstore::Seq;
use metrics::gauge;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::names;
use crate::app::App;
use crate::service::workings::ReadModel;

/// What the figures' text is, as Prometheus wants to be told.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How often what histograms have gathered is put into its buckets.
const UPKEEP: Duration = Duration::from_secs(5);
/// How long the log and the database may take to say how things stand.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// The upper bounds of durations, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// The upper bounds of what goes out together, in messages.
const MESSAGES: [f64; 11] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1_000.0];

/// Keeps the figures.
#[derive(Clone)]
pub struct Figures(PrometheusHandle);

impl std::fmt::Debug for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Figures").finish_non_exhaustive()
    }
}

impl Figures {
    /// Starts counting. One process counts once.
    pub fn start() -> Result<Self, BuildError> {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
            .set_buckets_for_metric(Matcher::Full(eventstore::metrics::GROUP_MESSAGES.to_owned()), &MESSAGES)?
            .install_recorder()?;
        names::describe();
        eventstore::metrics::describe();
        projections::metrics::describe();
        sagas::metrics::describe();
        Ok(Self(handle))
    }

    /// Keeps histograms from growing while nobody fetches them; never ends.
    pub async fn keep_up(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.0.run_upkeep();
        }
    }

    /// All figures as text. What can't be asked for just now keeps its last value, and [`names::UP`] says so.
    pub async fn text(&self, app: &App) -> String {
        let head = in_time(async { app.log.head().await.ok() }).await;
        gauge!(names::UP, "server" => "log").set(truth(head.is_some()));
        let stored = in_time(async { look(app, head).await.ok() }).await;
        gauge!(names::UP, "server" => "database").set(truth(stored.is_some()));
        self.0.render()
    }
}

async fn in_time<T>(asked: impl Future<Output = Option<T>>) -> Option<T> {
    tokio::time::timeout(ANSWER_LIMIT, asked).await.ok().flatten()
}

async fn look(app: &App, head: Option<Seq>) -> anyhow::Result<()> {
    if let Some(head) = head {
        gauge!(names::HEAD).set(number(head.0));
    }
    // Where the log is away, how far it has come can't be said.
    let models = if head.is_some() { app.read_models().await? } else { Vec::new() };
    for ReadModel { lag, stop, .. } in models.into_iter().filter(|model| model.lag.live) {
        gauge!(names::LAG_POSITIONS, "projection" => lag.name.clone()).set(number(lag.behind));
        if let Some(seconds) = lag.seconds {
            gauge!(names::LAG_SECONDS, "projection" => lag.name.clone()).set(number(seconds));
        }
        gauge!(names::STOPPED, "projection" => lag.name).set(truth(stop.is_some()));
    }
    for standing in app.saga_standings(app.clock.now()).await? {
        let saga = standing.saga;
        gauge!(names::PARKED, "saga" => saga.clone()).set(number(standing.parked));
        gauge!(names::POSTPONED, "saga" => saga.clone()).set(number(standing.postponed));
        gauge!(names::TIMERS_DUE, "saga" => saga).set(number(standing.due));
    }
    Ok(())
}

fn truth(is_so: bool) -> f64 {
    f64::from(u8::from(is_so))
}

/// A count as Prometheus keeps it; four billion stands for any more.
fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

//! What runs beside requests: projections, the coordinator, and the follower that keeps cached aggregates fresh.

use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use eventstore::Filter;
use futures::FutureExt;
use projections::books::Books;
use projections::campaigns::Campaigns;
use projections::catalog::Catalog;
use projections::claims::Claims;
use projections::deliveries::Deliveries;
use projections::news::News;
use projections::orders::Orders;
use projections::people::People;
use projections::{Projection, ProjectionError};
use sagas::{Coordinator, CoordinatorError, Points, Ports, Timers};
use tokio::task::JoinSet;

use crate::app::App;
use crate::sealer::{self, Sealing};

/// How long a worker that stopped rests before it starts again.
const REST: Duration = Duration::from_secs(1);

/// The names of every read model.
pub const PROJECTIONS: [&str; 8] = [
    Books::NAME,
    Campaigns::NAME,
    Catalog::NAME,
    Claims::NAME,
    Deliveries::NAME,
    Orders::NAME,
    People::NAME,
    Timers::NAME,
];

/// What the coordinator alone needs.
pub const TIMERS: [&str; 1] = [Timers::NAME];

/// Workers end when this is dropped.
pub type Workers = JoinSet<()>;

/// Starts every projection.
pub fn start_projections(app: &App, workers: &mut Workers) {
    start_projection::<Books>(app, workers);
    start_projection::<Campaigns>(app, workers);
    start_projection::<Catalog>(app, workers);
    start_projection::<Claims>(app, workers);
    start_projection::<Deliveries>(app, workers);
    start_projection::<Orders>(app, workers);
    start_projection::<People>(app, workers);
    start_projection::<Timers>(app, workers);
}

/// Starts one projection.
pub fn start_projection<P: Projection>(app: &App, workers: &mut Workers) {
    let (pool, log) = (app.projection_pool.clone(), app.log.clone());
    workers.spawn(restarting(P::NAME, move || {
        let (pool, log) = (pool.clone(), log.clone());
        async move {
            projections::run::<P>(pool, log).await;
            Ok::<(), Infallible>(())
        }
    }));
}

/// Builds a read model anew beside the live one; `progress` hears each position. `false` for an unknown name.
pub async fn rebuild(app: &App, name: &str, progress: impl FnMut(u64)) -> Result<bool, ProjectionError> {
    match name {
        Books::NAME => rebuild_one::<Books>(app, progress).await,
        Campaigns::NAME => rebuild_one::<Campaigns>(app, progress).await,
        Catalog::NAME => rebuild_one::<Catalog>(app, progress).await,
        Claims::NAME => rebuild_one::<Claims>(app, progress).await,
        Deliveries::NAME => rebuild_one::<Deliveries>(app, progress).await,
        Orders::NAME => rebuild_one::<Orders>(app, progress).await,
        People::NAME => rebuild_one::<People>(app, progress).await,
        Timers::NAME => rebuild_one::<Timers>(app, progress).await,
        _ => Ok(false),
    }
}

async fn rebuild_one<P: Projection>(
    app: &App,
    mut progress: impl FnMut(u64),
) -> Result<bool, ProjectionError> {
    projections::runner::rebuild::<P>(&app.projection_pool, &app.log, |at| progress(at.0)).await?;
    Ok(true)
}

/// Keeps the cached products, merchants and policies up with what other processes write.
pub fn start_follower(app: &App, workers: &mut Workers) {
    let log = app.log.clone();
    workers.spawn(restarting("the follower of the log", move || {
        let log = log.clone();
        async move { log.keep_fresh(Filter::All).await }
    }));
}

/// Seals the log as it grows.
pub fn start_sealer(app: &App, workers: &mut Workers) {
    let (log, clock) = (app.log.clone(), app.clock.clone());
    workers.spawn(restarting("the sealer of the log", move || {
        let (log, clock) = (log.clone(), clock.clone());
        async move { sealer::run(&**log.store(), &*clock, Sealing::default()).await }
    }));
}

/// Makes the coordinator ready; [`run_coordinator`] sets it going.
pub async fn coordinator(app: &App) -> Result<Arc<Coordinator>, CoordinatorError> {
    coordinator_of_patience(app, sagas::PATIENCE).await
}

/// The same with a patience of its own.
pub async fn coordinator_of_patience(
    app: &App,
    patience: Duration,
) -> Result<Arc<Coordinator>, CoordinatorError> {
    let ports = Ports {
        log: app.log.clone(),
        pool: app.pool.clone(),
        issuer: Arc::new(app.clone()),
        clock: app.clock.clone(),
        points: Points::default(),
        patience,
    };
    Coordinator::start(ports, sagas::every_saga()).await
}

/// Sets a coordinator going. When it stops, a new one takes over from the checkpoint.
pub fn run_coordinator(app: &App, first: Arc<Coordinator>, workers: &mut Workers) {
    let app = app.clone();
    workers.spawn(async move {
        let (mut current, mut said) = (first, News::default());
        loop {
            if let Err(error) = unbroken(current.run()).await
                && said.is_new(&error)
            {
                tracing::error!(%error, "the coordinator has stopped and starts again");
            }
            tokio::time::sleep(REST).await;
            match coordinator(&app).await {
                Ok(next) => current = next,
                Err(error) if said.is_new(&error) => {
                    tracing::error!(%error, "the coordinator cannot start yet");
                }
                Err(_) => {}
            }
        }
    });
}

/// Does some work for ever; what ends it, an error of ours included, ends it for a rest.
async fn restarting<F, E>(name: &'static str, mut work: impl FnMut() -> F + Send)
where
    F: Future<Output = Result<(), E>> + Send,
    E: std::fmt::Display,
{
    let mut said = News::default();
    loop {
        if let Err(error) = unbroken(work()).await
            && said.is_new(&error)
        {
            tracing::error!(worker = name, %error, "a worker has stopped and starts again");
        }
        tokio::time::sleep(REST).await;
    }
}

/// The work's outcome; that it broke off is one. A worker that were gone for good would be missed by nobody.
async fn unbroken<E: std::fmt::Display>(work: impl Future<Output = Result<(), E>>) -> Result<(), String> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(ended) => ended.map_err(|error| error.to_string()),
        Err(_) => Err("it broke off: this release has an error there".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    async fn pending() -> Result<(), Infallible> {
        std::future::pending().await
    }

    #[tokio::test]
    async fn a_worker_that_breaks_off_starts_again() {
        let (sender, mut begun) = mpsc::unbounded_channel();
        let mut times = 0;
        let _worker = tokio::spawn(restarting("test", move || {
            times += 1;
            sender.send(times).unwrap();
            async move { if times == 1 { panic!("it breaks off") } else { pending().await } }
        }));
        assert_eq!((begun.recv().await, begun.recv().await), (Some(1), Some(2)));
    }
}

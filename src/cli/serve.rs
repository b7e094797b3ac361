//! The serving roles. Each is stateless and can run many times.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::net::TcpListener;

use super::stop::{closing_time, until_stopped};
use super::{RoleOptions, ServeOptions};
use crate::app::App;
use crate::config::{Config, HttpConfig, Mode, RunConfig};
use crate::lifecycle::Lifecycle;
use crate::telemetry::figures::Figures;
use crate::workers::{self, Workers};
use crate::{http, migrations};

/// API, projections and coordinator in one process.
pub(super) async fn everything(options: ServeOptions) -> Result<()> {
    options.config.check_counterparts()?;
    let role = Role::start(&with_own_webhook(&options), &options.run, &workers::PROJECTIONS).await?;
    let mut running = Workers::new();
    workers::start_follower(&role.app, &mut running);
    workers::start_projections(&role.app, &mut running);
    let coordinator = workers::coordinator(&role.app).await?;
    workers::run_coordinator(&role.app, coordinator, &mut running);
    workers::start_sealer(&role.app, &mut running);
    role.app.sandbox_gateway.resume().await?;
    role.serve(&options.http, running).await
}

/// The API alone.
pub(super) async fn api(options: ServeOptions) -> Result<()> {
    options.config.check_counterparts()?;
    let role = Role::start(&with_own_webhook(&options), &options.run, &workers::PROJECTIONS).await?;
    let mut running = Workers::new();
    workers::start_follower(&role.app, &mut running);
    role.app.sandbox_gateway.resume().await?;
    role.serve(&options.http, running).await
}

/// The projections alone.
pub(super) async fn projections(options: RoleOptions) -> Result<()> {
    let role = Role::start(&options.config, &options.run, &workers::PROJECTIONS).await?;
    let mut running = Workers::new();
    workers::start_projections(&role.app, &mut running);
    role.work(running).await
}

/// The coordinator alone.
pub(super) async fn coordinator(options: RoleOptions) -> Result<()> {
    options.config.check_counterparts()?;
    let role = Role::start(&options.config, &options.run, &workers::TIMERS).await?;
    let mut running = Workers::new();
    workers::start_follower(&role.app, &mut running);
    let coordinator = workers::coordinator(&role.app).await?;
    workers::run_coordinator(&role.app, coordinator, &mut running);
    workers::start_sealer(&role.app, &mut running);
    role.work(running).await
}

/// What every role has: the application, its health and figures on an address of their own, and an end.
struct Role {
    app: App,
    run: RunConfig,
    life: Lifecycle,
    /// Health and figures; they go on to the very end.
    _ops: Workers,
}

impl Role {
    /// Starts a role that serves from these read models.
    async fn start(config: &Config, run: &RunConfig, models: &'static [&'static str]) -> Result<Self> {
        let app = App::open(config).await?;
        if !migrations::are_applied(&app.pool).await? {
            bail!("the database's schema is not up to date: run `jangteo migrate`");
        }
        let (life, mut ops) = (Lifecycle::default(), Workers::new());
        if let Some(address) = run.ops_addr {
            let figures = Figures::start()?;
            ops.spawn(figures.clone().keep_up());
            let router =
                http::ops_router(app.clone(), figures, http::ready(app.clone(), models, life.clone()));
            let listener = listen(address).await?;
            tracing::info!(%address, "health and figures");
            ops.spawn(async move {
                if let Err(error) = axum::serve(listener, router).await {
                    tracing::error!(%error, "health and figures are served no more");
                }
            });
        }
        Ok(Self { app, run: run.clone(), life, _ops: ops })
    }

    /// Serves the API until the stop.
    async fn serve(self, options: &HttpConfig, running: Workers) -> Result<()> {
        let address = options.http_addr;
        let listener = listen(address).await?;
        tracing::info!(%address, "serving");
        let router = http::stoppable_router(self.app.clone(), options, self.life.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let (life, run) = (self.life.clone(), self.run.clone());
        let closing = async move { closing_time(life, &run).await };
        let served = async {
            axum::serve(listener, service).with_graceful_shutdown(closing).await?;
            rest(running).await
        };
        until_stopped(&self.run, &self.life, served).await
    }

    /// Lets workers work until the stop.
    async fn work(self, running: Workers) -> Result<()> {
        let worked = async {
            self.life.stop_asked().await;
            rest(running).await
        };
        until_stopped(&self.run, &self.life, worked).await
    }
}

/// Ends workers wherever they are: a transaction under way is rolled back, a saga's command under way is issued again by
/// the next process, under the same name.
async fn rest(mut running: Workers) -> Result<()> {
    running.shutdown().await;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// In a sandbox the gateway sends its webhooks to this very process unless told otherwise.
fn with_own_webhook(options: &ServeOptions) -> Config {
    let mut config = options.config.clone();
    if config.webhook_url.is_none() && config.mode == Mode::Sandbox {
        config.webhook_url = Some(format!("http://{}", options.http.http_addr));
    }
    config
}

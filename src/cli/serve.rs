//! The serving roles. Each is stateless and can run many times.

use std::future::Future;

use anyhow::{Context as _, Result, bail};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::ServeOptions;
use crate::app::App;
use crate::config::{Config, Mode};
use crate::workers::{self, Workers};
use crate::{http, migrations};

/// API, projections and coordinator in one process.
pub(super) async fn everything(options: ServeOptions) -> Result<()> {
    options.config.check_counterparts()?;
    let app = open(&with_own_webhook(&options)).await?;
    let mut running = Workers::new();
    workers::start_follower(&app, &mut running);
    workers::start_projections(&app, &mut running);
    let coordinator = workers::coordinator(&app).await?;
    workers::run_coordinator(&app, coordinator, &mut running);
    workers::start_sealer(&app, &mut running);
    app.sandbox_gateway.resume().await?;
    serve_http(app, &options).await
}

/// The API alone.
pub(super) async fn api(options: ServeOptions) -> Result<()> {
    options.config.check_counterparts()?;
    let app = open(&with_own_webhook(&options)).await?;
    let mut running = Workers::new();
    workers::start_follower(&app, &mut running);
    app.sandbox_gateway.resume().await?;
    serve_http(app, &options).await
}

/// The projections alone.
pub(super) async fn projections(config: Config) -> Result<()> {
    let app = open(&config).await?;
    let mut running = Workers::new();
    workers::start_projections(&app, &mut running);
    stop_asked()?.await;
    Ok(())
}

/// The coordinator alone.
pub(super) async fn coordinator(config: Config) -> Result<()> {
    config.check_counterparts()?;
    let app = open(&config).await?;
    let mut running = Workers::new();
    workers::start_follower(&app, &mut running);
    let coordinator = workers::coordinator(&app).await?;
    workers::run_coordinator(&app, coordinator, &mut running);
    workers::start_sealer(&app, &mut running);
    stop_asked()?.await;
    Ok(())
}

async fn open(config: &Config) -> Result<App> {
    let app = App::open(config).await?;
    if !migrations::are_applied(&app.pool).await? {
        bail!("the database's schema is not up to date: run `jangteo migrate`");
    }
    Ok(app)
}

/// In a sandbox the gateway sends its webhooks to this very process unless told otherwise.
fn with_own_webhook(options: &ServeOptions) -> Config {
    let mut config = options.config.clone();
    if config.webhook_url.is_none() && config.mode == Mode::Sandbox {
        config.webhook_url = Some(format!("http://{}", options.http.http_addr));
    }
    config
}

async fn serve_http(app: App, options: &ServeOptions) -> Result<()> {
    let address = options.http.http_addr;
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    tracing::info!(%address, "serving");
    let router = http::router(app, &options.http);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let stop = stop_asked()?;
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// Ends on Ctrl-C or SIGTERM.
fn stop_asked() -> Result<impl Future<Output = ()> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    })
}

//! An API process of its own on a bench's installation, as an operator would run it; killed with the bench.

use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::config::{Config, Mode};

/// How long it may take until it serves.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How often it is asked whether it does.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// A running process.
pub(super) struct ApiProcess {
    pub(super) address: SocketAddr,
    _child: Child,
}

impl ApiProcess {
    /// Starts one and waits until it serves.
    pub(super) async fn start(config: &Config) -> Result<Self> {
        let address = free_address()?;
        let child = command(config, address)?.spawn().context("the API's process cannot be started")?;
        let deadline = Instant::now() + START_LIMIT;
        let ready = format!("http://{address}/health/ready");
        let http = reqwest::Client::new();
        while !http.get(&ready).send().await.is_ok_and(|reply| reply.status().is_success()) {
            anyhow::ensure!(Instant::now() < deadline, "the API's process is not ready in time");
            sleep(ASK_AGAIN).await;
        }
        Ok(Self { address, _child: child })
    }
}

fn command(config: &Config, address: SocketAddr) -> Result<Command> {
    let mode = match config.mode {
        Mode::Live => "live",
        Mode::Sandbox => "sandbox",
    };
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("api")
        .env("JANGTEO_NATS_URL", &config.nats_url)
        .env("JANGTEO_DATABASE_URL", &config.database_url)
        .env("JANGTEO_PREFIX", &config.prefix)
        .env("JANGTEO_REPLICAS", config.replicas.to_string())
        .env("JANGTEO_TOKEN_SECRET", &config.token_secret)
        .env("JANGTEO_EMAIL_HASH_SECRET", &config.email_hash_secret)
        .env("JANGTEO_MODE", mode)
        .env("JANGTEO_PAYMENT_GATEWAY", "sandbox")
        .env("JANGTEO_BANK", "sandbox")
        .env("JANGTEO_HTTP_ADDR", address.to_string())
        .env("JANGTEO_RATE_LIMIT", "0")
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true);
    Ok(command)
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0").context("no port is free")?.local_addr()?)
}

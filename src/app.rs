//! The application: what every entrance (HTTP, command line, sagas) works with. Wired together here and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use eventstore::subject::Prefix;
use eventstore::{JetStream, JetStreamConfig, Log};
use percent_encoding::percent_decode_str;
use sagas::Clock;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgPool};

use crate::carts::Carts;
use crate::clock::{SharedClock, SystemClock, VirtualClock};
use crate::config::{Config, LogConfig, Mode, PaymentCounterpart};
use crate::credential::{Passwords, Secrets, Tokens};
use crate::gateways::bank::Bank;
use crate::gateways::measured::{MeasuredBank, MeasuredGateway};
use crate::gateways::payment::PaymentGateway;
use crate::gateways::sandbox_bank::SandboxBank;
use crate::gateways::sandbox_payment::{SandboxGateway, Settings, WebhookTarget};
use crate::gateways::stripe::StripeGateway;
use crate::malls::Malls;
use crate::positions::Positions;
use crate::snapshots::StoredSnapshots;
use crate::vault::Vault;

/// Connections to PostgreSQL for requests and sagas.
const CONNECTIONS: u32 = 24;
/// Connections to PostgreSQL for projections: one each, and some to spare.
const PROJECTION_CONNECTIONS: u32 = 12;
/// The oldest PostgreSQL, as `server_version_num`.
const MIN_POSTGRES: i32 = 150_000;
/// How long the first answer of a server is waited for.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// A connection that was in use so lately is taken to be open; any other is asked first.
const TRUSTED: Duration = Duration::from_secs(1);
/// How long the sandbox gateway waits with a `late` booking.
const LATE_AFTER: Duration = Duration::from_secs(2);

/// The application; a copy is another hold on the same parts.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Everything that a use of the application needs.
#[derive(Clone)]
pub struct Parts {
    /// The log with its folded aggregates.
    pub log: Log,
    /// The database of the read models, keys and sandboxes.
    pub pool: PgPool,
    /// The same database for projections, which need not wait for its disk: what is lost is read from the log again.
    pub projection_pool: PgPool,
    /// Where the log and the read models stand.
    pub positions: Positions,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The same clock where it can be moved: in a sandbox.
    pub virtual_clock: Option<SharedClock>,
    /// Seals personal data.
    pub vault: Arc<Vault>,
    /// Keys of tokens and of e-mail hashes.
    pub secrets: Secrets,
    /// Signs and reads access tokens.
    pub tokens: Tokens,
    /// Hashes and verifies passwords, a bounded number at a time.
    pub passwords: Passwords,
    /// The malls.
    pub malls: Arc<Malls>,
    /// Carts.
    pub carts: Arc<Carts>,
    /// Takes and refunds money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// What Stripe signs its webhooks with, where Stripe is the gateway.
    pub stripe_webhook_secret: Option<Arc<str>>,
    /// The sandbox gateway, where payments are its own: operators make its shoppers deposit.
    pub sandbox_gateway: Arc<SandboxGateway>,
    /// Pays merchants.
    pub bank: Arc<dyn Bank>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("log", &self.log).finish_non_exhaustive()
    }
}

impl App {
    /// Connects to the servers and wires everything together. Each failure is one sentence.
    pub async fn open(config: &Config) -> Result<Self> {
        let client = connect_nats(&config.nats_url).await?;
        let prefix = Prefix::new(&config.prefix)?;
        let store = JetStream::open(client.clone(), &JetStreamConfig::new(prefix, config.replicas)).await?;
        let pool = connect_postgres(config, CONNECTIONS, "on").await?;
        let projection_pool = connect_postgres(config, PROJECTION_CONNECTIONS, "off").await?;
        let secrets = Secrets::parse(&config.token_secret, &config.email_hash_secret)?;
        let virtual_clock = match config.mode {
            Mode::Live => None,
            Mode::Sandbox => Some(SharedClock::open(client.clone(), &config.prefix, config.replicas).await?),
        };
        let clock: Arc<dyn Clock> = match &virtual_clock {
            None => Arc::new(SystemClock),
            Some(shared) => shared.clock(),
        };
        let sandbox_gateway = Arc::new(SandboxGateway::new(pool.clone(), gateway_settings(config, &secrets)));
        let (gateway, stripe_webhook_secret) = gateway(config, &pool, &sandbox_gateway)?;
        let snapshots = StoredSnapshots::new(pool.clone(), config.prefix.clone());
        let log = Log::new(Arc::new(store)).with_snapshots(Arc::new(snapshots));
        Ok(Self(Arc::new(Parts {
            positions: Positions::new(log.clone(), pool.clone()),
            log,
            clock,
            virtual_clock,
            vault: Arc::new(Vault::new(pool.clone())),
            tokens: Tokens::new(&secrets.token),
            secrets,
            passwords: Passwords::default(),
            malls: Arc::new(malls(config)?),
            carts: Arc::new(Carts::open(client, &config.prefix, config.replicas).await?),
            gateway,
            stripe_webhook_secret,
            sandbox_gateway,
            bank: Arc::new(MeasuredBank(SandboxBank::new(pool.clone()))),
            pool,
            projection_pool,
        })))
    }

    /// The same application with some parts changed.
    #[must_use]
    pub fn with(self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Arc::unwrap_or_clone(self.0);
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// The same application on a clock that stands where it is put: for imports and simulations in one process.
    #[must_use]
    pub fn on_clock(self, clock: Arc<VirtualClock>) -> Self {
        self.with(|parts| parts.clock = clock)
    }
}

/// Opens the log alone.
pub async fn open_log(config: &LogConfig) -> Result<Log> {
    let client = connect_nats(&config.nats_url).await?;
    let prefix = Prefix::new(&config.prefix)?;
    let store = JetStream::open(client, &JetStreamConfig::new(prefix, config.replicas)).await?;
    Ok(Log::new(Arc::new(store)))
}

/// Connects to nats-server; several addresses are the servers of one cluster.
pub async fn connect_nats(url: &str) -> Result<async_nats::Client> {
    let options = async_nats::ConnectOptions::new().name("jangteo").connection_timeout(CONNECT_LIMIT);
    // The client neither uses what an address says of the user nor keeps it out of its own lines.
    let options = match credentials(url) {
        Some((user, Some(password))) => options.user_and_password(user, password),
        Some((token, None)) => options.token(token),
        None => options,
    };
    let servers: Vec<String> = url.split(',').map(masked).collect();
    options
        .connect(servers)
        .await
        .map_err(|error| anyhow::anyhow!("nats-server at {} cannot be reached: {error}", masked(url)))
}

/// The user and password, or the token, that the first address with any names; percent-encoded, as in any URL.
fn credentials(addresses: &str) -> Option<(String, Option<String>)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    addresses.split(',').find_map(|address| {
        let rest = address.trim().split_once("://").map_or(address.trim(), |(_, rest)| rest);
        let (named, _) = rest.rsplit_once('@')?;
        let (user, password) =
            named.split_once(':').map_or((named, None), |(user, password)| (user, Some(password)));
        Some((decoded(user), password.map(decoded)))
    })
}

/// Addresses as they may be shown: without the user, password or token in them.
fn masked(addresses: &str) -> String {
    let shown = addresses.split(',').map(|address| {
        let (scheme, rest) = address.trim().split_once("://").map_or(("", address.trim()), |it| it);
        let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
        if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") }
    });
    shown.collect::<Vec<_>>().join(", ")
}

async fn connect_postgres(config: &Config, connections: u32, synchronous_commit: &str) -> Result<PgPool> {
    let options: PgConnectOptions = config
        .database_url
        .parse()
        .context("JANGTEO_DATABASE_URL is not an address of a PostgreSQL database")?;
    let options = options.application_name("jangteo").options([("synchronous_commit", synchronous_commit)]);
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(CONNECT_LIMIT)
        .test_before_acquire(false)
        .before_acquire(|connection, kept| {
            Box::pin(async move {
                if kept.idle_for > TRUSTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| anyhow::anyhow!("PostgreSQL at JANGTEO_DATABASE_URL cannot be reached: {error}"))?;
    let found = sqlx::query_scalar!(r#"SELECT current_setting('server_version_num')::integer AS "version!""#);
    let found = found.fetch_one(&pool).await?;
    if found < MIN_POSTGRES {
        bail!("PostgreSQL {} is too old: Jangteo needs {} or newer", found / 10_000, MIN_POSTGRES / 10_000);
    }
    Ok(pool)
}

/// A gateway, and what its webhooks are signed with where that isn't ours.
type Chosen = (Arc<dyn PaymentGateway>, Option<Arc<str>>);

/// Who takes and refunds money, and what its webhooks are signed with where that isn't ours.
fn gateway(config: &Config, pool: &PgPool, sandbox: &Arc<SandboxGateway>) -> Result<Chosen> {
    match config.payment_gateway {
        None | Some(PaymentCounterpart::Sandbox) => Ok((Arc::new(MeasuredGateway(sandbox.clone())), None)),
        Some(PaymentCounterpart::Stripe) => {
            let (account, webhook_secret) = config.stripe.account()?;
            let stripe = Arc::new(StripeGateway::new(&account, pool.clone())?);
            Ok((Arc::new(MeasuredGateway(stripe)), Some(webhook_secret.into())))
        }
    }
}

fn gateway_settings(config: &Config, secrets: &Secrets) -> Settings {
    let webhooks = config.webhook_url.clone();
    let webhooks = webhooks.map(|base_url| WebhookTarget { base_url, secret: webhook_secret(secrets) });
    Settings { late_after: LATE_AFTER, webhooks }
}

/// What the sandbox gateway and carrier sign their webhooks with: follows from the installation's secret.
pub fn webhook_secret(secrets: &Secrets) -> Vec<u8> {
    secrets.token.mac(b"webhook").to_vec()
}

fn malls(config: &Config) -> Result<Malls> {
    let Some(path) = &config.malls else { return Ok(Malls::standard()) };
    let json = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Malls::parse(&json)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        assert_eq!(masked("nats://127.0.0.1:4222"), "nats://127.0.0.1:4222");
        assert_eq!(masked("nats://user:p@ss@a:4222, token@b"), "nats://a:4222, b");
    }

    #[test]
    fn an_address_says_who_connects() {
        let user = |user: &str, password: &str| Some((user.to_owned(), Some(password.to_owned())));
        assert_eq!(credentials("nats://127.0.0.1:4222, b"), None);
        assert_eq!(credentials("a:4222, nats://user:p:ss@b"), user("user", "p:ss"));
        assert_eq!(credentials("nats://us%40er:%2C%3a%25@b"), user("us@er", ",:%"));
        assert_eq!(credentials("token@b"), Some(("token".to_owned(), None)));
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_named_without_its_password() {
        let error = connect_nats("nats://user:hidden@127.0.0.1:1").await.unwrap_err().to_string();
        assert!(error.starts_with("nats-server at nats://127.0.0.1:1 cannot be reached"), "{error}");
        assert!(!error.contains("hidden"), "{error}");
    }
}

//! Configuration: command line options, each with its environment variable.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Where the servers are and which secrets are used.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// nats-server's address; several, comma separated, for a cluster.
    #[arg(long, env = "JANGTEO_NATS_URL", default_value = "nats://127.0.0.1:4222")]
    pub nats_url: String,
    /// PostgreSQL's address.
    #[arg(long, env = "JANGTEO_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// The log's name on that server: the first token of every subject.
    #[arg(long, env = "JANGTEO_PREFIX", default_value = "shop")]
    pub prefix: String,
    /// Copies of the log: 1, or 3 on a cluster.
    #[arg(long, env = "JANGTEO_REPLICAS", default_value_t = 1)]
    pub replicas: usize,
    /// 64 hex characters that sign access tokens.
    #[arg(long, env = "JANGTEO_TOKEN_SECRET", hide_env_values = true)]
    pub token_secret: String,
    /// 64 hex characters that key the hashes of e-mail addresses. It must never change.
    #[arg(long, env = "JANGTEO_EMAIL_HASH_SECRET", hide_env_values = true)]
    pub email_hash_secret: String,
    /// `sandbox`: a movable clock. `live`: the machine's clock.
    #[arg(long, env = "JANGTEO_MODE", value_enum, default_value = "live")]
    pub mode: Mode,
    /// A JSON file with the malls; without it, one in won and one in reais.
    #[arg(long, env = "JANGTEO_MALLS")]
    pub malls: Option<PathBuf>,
    /// Where the sandbox gateway sends its webhooks to; without it, nowhere.
    #[arg(long, env = "JANGTEO_WEBHOOK_URL")]
    pub webhook_url: Option<String>,
}

/// Where the log alone is: all that it takes to read it.
#[derive(Debug, Clone, Args)]
pub struct LogConfig {
    /// nats-server's address; several, comma separated, for a cluster.
    #[arg(long, env = "JANGTEO_NATS_URL", hide_env_values = true, default_value = "nats://127.0.0.1:4222")]
    pub nats_url: String,
    /// The log's name on that server: the first token of every subject.
    #[arg(long, env = "JANGTEO_PREFIX", default_value = "shop")]
    pub prefix: String,
    /// Copies of the log: 1, or 3 on a cluster.
    #[arg(long, env = "JANGTEO_REPLICAS", default_value_t = 1)]
    pub replicas: usize,
}

/// How time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// The machine's clock.
    Live,
    /// A clock that operators can move forward.
    Sandbox,
}

/// Where the API listens.
#[derive(Debug, Clone, Args)]
pub struct HttpConfig {
    /// The address to listen on.
    #[arg(long, env = "JANGTEO_HTTP_ADDR", default_value = "127.0.0.1:8080")]
    pub http_addr: std::net::SocketAddr,
    /// Requests per second that one caller may make, and twice as many at once; 0: any number, and any number of failed
    /// log-ins too.
    #[arg(long, env = "JANGTEO_RATE_LIMIT", default_value_t = RATE_LIMIT)]
    pub rate_limit: u32,
    /// How many proxies of ours stand in front, each of which appends its caller's address to `X-Forwarded-For`.
    #[arg(long, env = "JANGTEO_PROXIES", default_value_t = 0)]
    pub proxies: usize,
}

/// The rate limit where none is named: more than a person's browser or a merchant's system needs in the long run.
const RATE_LIMIT: u32 = 50;

impl HttpConfig {
    /// An address where callers may ask as often as they like: for measuring and for tests.
    pub const fn unlimited(http_addr: std::net::SocketAddr) -> Self {
        Self { http_addr, rate_limit: 0, proxies: 0 }
    }
}

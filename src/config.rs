//! Configuration: command line options, each with its environment variable.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::gateways::stripe::Account;

/// Where the servers are and which secrets are used.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// nats-server's address; several, comma separated, for a cluster.
    #[arg(long, env = "JANGTEO_NATS_URL", hide_env_values = true, default_value = "nats://127.0.0.1:4222")]
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
    /// Who takes and refunds money. `sandbox` takes none: a live installation must say that this is meant.
    #[arg(long, env = "JANGTEO_PAYMENT_GATEWAY", value_enum)]
    pub payment_gateway: Option<PaymentCounterpart>,
    /// The account at Stripe, where that is who takes payments.
    #[command(flatten)]
    pub stripe: StripeConfig,
    /// Who pays merchants. `sandbox` pays nobody: a live installation must say that this is meant.
    #[arg(long, env = "JANGTEO_BANK", value_enum)]
    pub bank: Option<Counterpart>,
    /// A JSON file with the malls; without it, one in won and one in reais.
    #[arg(long, env = "JANGTEO_MALLS")]
    pub malls: Option<PathBuf>,
    /// Where the sandbox gateway sends its webhooks to; without it, nowhere.
    #[arg(long, env = "JANGTEO_WEBHOOK_URL", hide_env_values = true)]
    pub webhook_url: Option<String>,
}

/// An account at Stripe.
#[derive(Clone, Args)]
pub struct StripeConfig {
    /// Where Stripe's API is: TLS, but on this machine.
    #[arg(long = "stripe-api-url", env = "JANGTEO_STRIPE_API_URL", default_value = "https://api.stripe.com")]
    pub api_url: String,
    /// The secret key of the account.
    #[arg(long = "stripe-secret-key", env = "JANGTEO_STRIPE_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
    /// The secret that Stripe signs its webhooks with, as given out for the endpoint `/webhooks/stripe`.
    #[arg(long = "stripe-webhook-secret", env = "JANGTEO_STRIPE_WEBHOOK_SECRET", hide_env_values = true)]
    pub webhook_secret: Option<String>,
}

impl std::fmt::Debug for StripeConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StripeConfig").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

/// What is missing for payments by Stripe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StripeMisconfigured {
    /// No secret key.
    #[error("payments by Stripe need the account's secret key: set JANGTEO_STRIPE_SECRET_KEY")]
    NoSecretKey,
    /// No webhook secret: what Stripe tells could not be believed.
    #[error(
        "payments by Stripe need the secret that its webhooks are signed with: set JANGTEO_STRIPE_WEBHOOK_SECRET"
    )]
    NoWebhookSecret,
    /// The secret key would go over the network for everybody to read.
    #[error(
        "JANGTEO_STRIPE_API_URL must begin with https://, or name this machine (http://127.0.0.1, http://localhost)"
    )]
    Unprotected,
}

/// Where no TLS is needed.
const THIS_MACHINE: [&str; 3] = ["http://127.0.0.1", "http://localhost", "http://[::1]"];

impl StripeConfig {
    /// The account, and the secret that its webhooks are signed with.
    pub fn account(&self) -> Result<(Account, String), StripeMisconfigured> {
        let (api_url, given) = (self.api_url.clone(), |secret: &Option<String>| {
            secret.clone().filter(|secret| !secret.trim().is_empty())
        });
        let is_here = THIS_MACHINE.iter().any(|here| {
            let rest = api_url.strip_prefix(here);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        });
        if !api_url.starts_with("https://") && !is_here {
            return Err(StripeMisconfigured::Unprotected);
        }
        let secret_key = given(&self.secret_key).ok_or(StripeMisconfigured::NoSecretKey)?;
        let webhook_secret = given(&self.webhook_secret).ok_or(StripeMisconfigured::NoWebhookSecret)?;
        Ok((Account { api_url, secret_key }, webhook_secret))
    }
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

/// Who an installation deals with outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counterpart {
    /// One inside the house, that moves no money.
    Sandbox,
}

/// Who takes an installation's payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaymentCounterpart {
    /// One inside the house, that moves no money.
    Sandbox,
    /// Stripe, by its API.
    Stripe,
}

/// A live installation that wasn't told who moves its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a live installation must be told who {does}: set {variable}, if to `sandbox`, which moves no money; without any, set \
     JANGTEO_MODE=sandbox"
)]
pub struct NotChosen {
    variable: &'static str,
    does: &'static str,
}

impl Config {
    /// Refuses to move money live through somebody who was not chosen for it, and warns where that is a sandbox.
    pub fn check_counterparts(&self) -> Result<(), NotChosen> {
        if self.mode == Mode::Sandbox {
            return Ok(());
        }
        let gateway = self.payment_gateway.map(|chosen| chosen == PaymentCounterpart::Sandbox);
        let bank = self.bank.map(|Counterpart::Sandbox| true);
        let gateway = ("JANGTEO_PAYMENT_GATEWAY", "takes its payments", gateway);
        let bank = ("JANGTEO_BANK", "pays its merchants", bank);
        for (variable, does, is_sandbox) in [gateway, bank] {
            if is_sandbox.ok_or(NotChosen { variable, does })? {
                tracing::warn!(variable, "live, but on a sandbox: no money is moved");
            }
        }
        Ok(())
    }
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

/// How a process runs and ends.
#[derive(Debug, Clone, Args)]
pub struct RunConfig {
    /// Where health and figures are served, apart from callers; without it, health with the API alone and no figures.
    #[arg(long, env = "JANGTEO_OPS_ADDR")]
    pub ops_addr: Option<std::net::SocketAddr>,
    /// How many seconds requests are still accepted once a stop is asked for, while `/health/ready` says that they should
    /// go elsewhere.
    #[arg(long, env = "JANGTEO_STOP_DELAY", default_value_t = STOP_DELAY_S)]
    pub stop_delay: u64,
    /// How many seconds a stop may take in all; what isn't done by then is cut off.
    #[arg(long, env = "JANGTEO_STOP_LIMIT", default_value_t = STOP_LIMIT_S)]
    pub stop_limit: u64,
}

/// How long requests are still accepted where nothing else is named.
const STOP_DELAY_S: u64 = 1;
/// How long a stop may take where nothing else is named: less than the 30 s that most keepers of processes wait.
const STOP_LIMIT_S: u64 = 25;

/// The rate limit where none is named: more than a person's browser or a merchant's system needs in the long run.
const RATE_LIMIT: u32 = 50;

impl HttpConfig {
    /// An address where callers may ask as often as they like: for measuring and for tests.
    pub const fn unlimited(http_addr: std::net::SocketAddr) -> Self {
        Self { http_addr, rate_limit: 0, proxies: 0 }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        config: Config,
    }

    fn of(more: &[&str]) -> Config {
        let secret = "00".repeat(32);
        let needed =
            ["test", "--database-url", "x", "--token-secret", &secret, "--email-hash-secret", &secret];
        Options::parse_from(needed.iter().chain(more)).config
    }

    #[test]
    fn a_live_installation_says_who_moves_its_money() {
        let told = |more: &[&str]| of(more).check_counterparts().map_err(|no| no.to_string());
        let live = ["--mode", "live"];
        assert!(told(&live).unwrap_err().contains("set JANGTEO_PAYMENT_GATEWAY"));
        let with_gateway = [&live[..], &["--payment-gateway", "sandbox"]].concat();
        assert!(told(&with_gateway).unwrap_err().contains("set JANGTEO_BANK"));
        assert_eq!(told(&[&with_gateway[..], &["--bank", "sandbox"]].concat()), Ok(()));
        assert_eq!(told(&["--mode", "sandbox"]), Ok(()));
    }

    #[test]
    fn stripe_needs_its_secrets_and_a_protected_way() {
        let told =
            |more: &[&str]| of(more).stripe.account().map(|(account, secret)| (account.api_url, secret));
        let (key, secret) = (["--stripe-secret-key", "sk_1"], ["--stripe-webhook-secret", "whsec_1"]);
        assert_eq!(told(&[]), Err(StripeMisconfigured::NoSecretKey));
        assert_eq!(told(&key), Err(StripeMisconfigured::NoWebhookSecret));
        assert_eq!(told(&["--stripe-secret-key", " "]), Err(StripeMisconfigured::NoSecretKey));
        let all = [key, secret].concat();
        assert_eq!(told(&all), Ok(("https://api.stripe.com".to_owned(), "whsec_1".to_owned())));
        for (url, is_good) in [
            ("http://127.0.0.1:8420", true),
            ("http://localhost", true),
            ("http://localhost.example", false),
            ("http://api.stripe.com", false),
            ("ftp://api.stripe.com", false),
        ] {
            assert_eq!(told(&[&all[..], &["--stripe-api-url", url]].concat()).is_ok(), is_good, "{url}");
        }
        assert!(!format!("{:?}", of(&all).stripe).contains("sk_1"));
    }

    #[test]
    fn live_is_the_default() {
        assert_eq!(of(&[]).mode, Mode::Live);
    }
}

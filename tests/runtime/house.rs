//! An installation for one test: a database and a log of its own with the demo market in it, and the binary to run on them.

use std::process::{Command, Stdio};

use eventstore::Log;
use eventstore::subject::Prefix;
use eventstore::{JetStream, JetStreamConfig};
use jangteo::ids;

use crate::process::Process;

/// What signs access tokens here.
pub const TOKEN_SECRET: &str = "5ec2e70000000000000000000000000000000000000000000000000000a1b2c3";
/// What keys the hashes of addresses here.
pub const EMAIL_HASH_SECRET: &str = "0a5b5ec2e7000000000000000000000000000000000000000000000000d4e5f6";

/// An installation.
pub struct House {
    name: String,
    database: String,
    /// What the demo market's seeding said.
    pub seeded: String,
}

impl House {
    /// A new one.
    pub async fn new() -> Self {
        let name = format!("t{}", &ids::fresh().simple().to_string()[..24]);
        let url =
            std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test");
        let server = sqlx::PgPool::connect(&url).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&server).await.unwrap();
        let (server, _) = url.rsplit_once('/').unwrap();
        let mut house = Self { database: format!("{server}/{name}"), name, seeded: String::new() };
        assert!(house.command("migrate").stderr(Stdio::null()).status().unwrap().success());
        let seeded = house.command("seed").output().unwrap();
        assert!(seeded.status.success(), "{seeded:?}");
        house.seeded = String::from_utf8(seeded.stdout).unwrap();
        house
    }

    /// The binary in a role, on this installation.
    pub fn command(&self, role: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jangteo"));
        command
            .arg(role)
            .env("JANGTEO_DATABASE_URL", &self.database)
            .env("JANGTEO_PREFIX", &self.name)
            .env("JANGTEO_MODE", "sandbox")
            .env("JANGTEO_RATE_LIMIT", "0")
            .env("JANGTEO_TOKEN_SECRET", TOKEN_SECRET)
            .env("JANGTEO_EMAIL_HASH_SECRET", EMAIL_HASH_SECRET)
            .env_remove("RUST_LOG");
        command
    }

    /// A process in a role, ready.
    pub async fn run(&self, role: &str) -> Process {
        Process::start(self.command(role)).ready().await
    }

    /// The same with variables.
    pub async fn run_with(&self, role: &str, variables: &[(&str, &str)]) -> Process {
        let mut command = self.command(role);
        command.envs(variables.iter().copied());
        Process::start(command).ready().await
    }

    /// The database's address, with its password.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The log.
    pub async fn log(&self) -> Log {
        let client = jangteo::app::connect_nats(&std::env::var("JANGTEO_NATS_URL").unwrap()).await.unwrap();
        let config = JetStreamConfig::new(Prefix::new(&self.name).unwrap(), 1);
        Log::new(std::sync::Arc::new(JetStream::open(client, &config).await.unwrap()))
    }

    /// The log's name on the server.
    pub fn prefix(&self) -> &str {
        &self.name
    }
}

//! The command line: one binary, several roles.

mod log;
mod operate;
mod operator;
mod projections;
mod read_models;
mod serve;
mod stop;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, HttpConfig, RunConfig};
use crate::telemetry;

/// Jangteo (장터): an event-sourced commerce backend for marketplaces.
#[derive(Debug, Parser)]
#[command(name = "jangteo", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// API, projections and coordinator in one process.
    Serve(ServeOptions),
    /// The API alone.
    Api(ServeOptions),
    /// The projections alone.
    Project(RoleOptions),
    /// The coordinator of sagas and timers alone.
    Coordinate(RoleOptions),
    /// Bring the database's schema up to date.
    Migrate(Config),
    /// Make an operator, a merchant, a shopper and a small demo market, and print how to log in; again changes nothing.
    Seed(Config),
    /// Operators, where none can be made through the API.
    Operator {
        #[command(subcommand)]
        act: operator::Act,
    },
    /// Where each read model stands; and have one that stopped tried again, or skip what stopped it.
    Projections {
        #[command(flatten)]
        config: Config,
        #[command(subcommand)]
        act: Option<projections::Act>,
    },
    /// Build a read model anew beside the live one, then switch.
    Rebuild {
        #[command(flatten)]
        config: Config,
        /// The read model's name.
        name: String,
    },
    /// Read orders of another system.
    Import {
        #[command(subcommand)]
        source: Source,
    },
    /// Import real orders from nothing and write what settlement makes of them.
    RealInput {
        #[command(flatten)]
        config: Config,
        /// The folder with the data set's files.
        directory: PathBuf,
        /// Where the results are written to.
        out: PathBuf,
    },
    /// Look into the log.
    Log {
        #[command(subcommand)]
        look: log::Look,
    },
    /// Walk the whole log and check it: every event decodes, no commit is missing, every law of stock, money and ledger
    /// holds, the log is what was sealed, and what clients were told is there. Exit code 1 where anything is wrong.
    Verify(verify::VerifyOptions),
    /// Measure.
    Bench(BenchOptions),
}

#[derive(Debug, Subcommand)]
enum Source {
    /// The public data set of the Olist marketplace.
    Olist {
        #[command(flatten)]
        config: Config,
        /// The folder with the data set's files.
        directory: PathBuf,
    },
}

/// How the API is served.
#[derive(Debug, Clone, clap::Args)]
pub struct ServeOptions {
    /// The servers and secrets.
    #[command(flatten)]
    pub config: Config,
    /// Where the API listens.
    #[command(flatten)]
    pub http: HttpConfig,
    /// How the process runs and ends.
    #[command(flatten)]
    pub run: RunConfig,
}

/// How a role without an API is run.
#[derive(Debug, Clone, clap::Args)]
pub struct RoleOptions {
    /// The servers and secrets.
    #[command(flatten)]
    pub config: Config,
    /// How the process runs and ends.
    #[command(flatten)]
    pub run: RunConfig,
}

/// What is measured.
#[derive(Debug, Clone, clap::Args)]
pub struct BenchOptions {
    /// The servers and secrets.
    #[command(flatten)]
    pub config: Config,
    /// Which benches; all of them without a name.
    pub names: Vec<String>,
    /// Where the figures are written to as JSON.
    #[arg(long)]
    pub json: Option<PathBuf>,
}

/// Runs the command line. A failure is one sentence on standard error and a non-zero exit.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let telemetry = telemetry::start();
    let ended = run(cli);
    if let Err(error) = &ended {
        say(error);
    }
    telemetry.stop();
    if ended.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// For machines it is a line like any other.
fn say(error: &anyhow::Error) {
    if telemetry::is_for_machines() {
        tracing::error!(error = format!("{error:#}"), "jangteo has failed");
    } else {
        eprintln!("jangteo: {error:#}");
    }
}

#[tokio::main]
async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(options) => serve::everything(options).await,
        Command::Api(options) => serve::api(options).await,
        Command::Project(options) => serve::projections(options).await,
        Command::Coordinate(options) => serve::coordinator(options).await,
        Command::Migrate(config) => operate::migrate(&config).await,
        Command::Seed(config) => crate::seed::run(&config).await,
        Command::Operator { act } => operator::run(act).await,
        Command::Projections { config, act } => projections::run(&config, act).await,
        Command::Rebuild { config, name } => operate::rebuild(&config, &name).await,
        Command::Import { source: Source::Olist { config, directory } } => {
            crate::import::run(&config, &directory).await
        }
        Command::RealInput { config, directory, out } => {
            crate::import::real_input(&config, &directory, &out).await
        }
        Command::Log { look } => log::run(look).await,
        Command::Verify(options) => verify::run(&options).await,
        Command::Bench(options) => crate::bench::run(&options).await,
    }
}

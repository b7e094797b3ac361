//! `jangteo verify`: the walk over the whole log, with its progress, its report and its exit code.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use eventstore::seal::Chain;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::open_log;
use crate::config::LogConfig;
use crate::verify::{Journal, Outside};

use super::read_models;

/// What is verified, and where the report goes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct VerifyOptions {
    /// The log.
    #[command(flatten)]
    log: LogConfig,
    #[command(flatten)]
    read_models: read_models::ReadModelOptions,
    /// What a client was told is written, as JSON Lines of `position`, `stream` and `command_id`; may be given again.
    #[arg(long, value_name = "FILE")]
    journal: Vec<PathBuf>,
    /// A seal that was kept outside of the log, as an earlier report names it; may be given again.
    #[arg(long, value_name = "POSITION:HASH")]
    expect_seal: Vec<Chain>,
    /// Where the report is written to as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

pub(super) async fn run(options: &VerifyOptions) -> Result<()> {
    // Read first: whatever it tells of is in the log by the time that the log's end is asked for.
    let journal = Journal::read(&options.journal)?;
    let log = open_log(&options.log).await?;
    let bar = ProgressBar::new(log.head().await?.0);
    bar.set_style(ProgressStyle::with_template("verify {wide_bar} {pos}/{len} {per_sec} {eta}")?);
    let outside = Outside { journal, seals: options.expect_seal.clone() };
    let report =
        crate::verify::verify(&**log.store(), outside, |position| bar.set_position(position.0)).await?;
    bar.finish_and_clear();
    print!("{report}");
    if let Some(path) = &options.json {
        let json = serde_json::to_string_pretty(&report)? + "\n";
        std::fs::write(path, json).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let read_models = read_models::run(&options.read_models, &log).await?;
    if !report.is_sound() {
        bail!("the log is not sound");
    }
    if read_models.is_some_and(|models| !models.are_equal()) {
        bail!("the read models are not what the log says");
    }
    Ok(())
}

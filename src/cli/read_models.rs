//! `jangteo verify --read-models`: the part of verifying that needs the database.

use anyhow::{Context as _, Result, bail};
use eventstore::Log;
use indicatif::{ProgressBar, ProgressStyle};
use sqlx::PgPool;

use crate::verify::read_models::{ReadModels, compare_read_models};

/// Whether the read models are verified, and where they are.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ReadModelOptions {
    /// Also fold each read model from the log and compare it with the live one. Needs the database and room in it.
    #[arg(long)]
    read_models: bool,
    /// PostgreSQL's address.
    #[arg(long, env = "JANGTEO_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

/// Compares and prints, where that is asked for.
pub(super) async fn run(options: &ReadModelOptions, log: &Log) -> Result<Option<ReadModels>> {
    if !options.read_models {
        return Ok(None);
    }
    let Some(url) = &options.database_url else {
        bail!("set JANGTEO_DATABASE_URL, where the read models are")
    };
    let pool = PgPool::connect(url).await.context("PostgreSQL at JANGTEO_DATABASE_URL cannot be reached")?;
    let bar = ProgressBar::new(log.head().await?.0);
    bar.set_style(ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}")?);
    let compared = compare_read_models(&pool, log, |name, position| {
        bar.set_message(name);
        bar.set_position(position.0);
    });
    let compared = compared.await;
    bar.finish_and_clear();
    print!("{compared}");
    Ok(Some(compared))
}

//! `jangteo projections`: where each read model stands, and what to do about one that stopped.

use std::time::Duration;

use anyhow::Result;
use chrono::SecondsFormat;
use clap::Subcommand;
use eventstore::Seq;
use projections::intervention::{self, Intervention, Reason, Stop};
use projections::{Lag, checkpoint};

use crate::app::App;
use crate::config::Config;
use crate::service::workings::ReadModel;

/// How long a worker may take to go on after an intervention, or to stop again.
const OUTCOME_LIMIT: Duration = Duration::from_secs(10);

/// What to do about a read model that stopped.
#[derive(Debug, Subcommand)]
pub(super) enum Act {
    /// Try the commit again that stopped a read model, once what was wrong is mended.
    Retry {
        /// The read model.
        name: String,
        #[command(flatten)]
        why: Why,
    },
    /// Leave the commit out that stopped a read model: in this build and in every later one.
    Skip {
        /// The read model.
        name: String,
        /// The position where it stopped; any other is refused.
        #[arg(long)]
        position: u64,
        #[command(flatten)]
        why: Why,
    },
    /// Take a skip back: the next rebuild reads the commit again.
    Withdraw {
        /// The read model.
        name: String,
        /// The position that is skipped.
        #[arg(long)]
        position: u64,
        #[command(flatten)]
        why: Why,
    },
}

/// Who acts and why; it is kept.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    /// Why.
    #[arg(long)]
    reason: String,
    /// Who; without it the machine's user.
    #[arg(long, env = "USER", default_value = "unknown")]
    by: String,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        Self { by: why.by, text: why.reason }
    }
}

/// Lists, or acts.
pub(super) async fn run(config: &Config, act: Option<Act>) -> Result<()> {
    let app = App::open(config).await?;
    match act {
        None => list(&app).await,
        Some(Act::Retry { name, why }) => {
            let stop = intervention::retry(&app.pool, &name, &why.into()).await?;
            tell_outcome(&app, &name, &stop).await
        }
        Some(Act::Skip { name, position, why }) => {
            let stop = intervention::skip(&app.pool, &name, Seq(position), &why.into()).await?;
            println!("{name} leaves position {position} out, where it stopped: {}", stop.why);
            tell_outcome(&app, &name, &stop).await
        }
        Some(Act::Withdraw { name, position, why }) => {
            intervention::withdraw(&app.pool, &name, Seq(position), &why.into()).await?;
            println!("{name} reads position {position} again when it is rebuilt: jangteo rebuild {name}");
            Ok(())
        }
    }
}

async fn tell_outcome(app: &App, name: &str, stop: &Stop) -> Result<()> {
    if checkpoint::wait_for(&app.pool, name, stop.position, OUTCOME_LIMIT).await? {
        println!("{name} has passed position {}", stop.position);
    } else {
        println!(
            "{name} has not passed position {} within {OUTCOME_LIMIT:?}; see jangteo projections",
            stop.position
        );
    }
    Ok(())
}

async fn list(app: &App) -> Result<()> {
    println!(
        "{:<12} {:>4} {:>6} {:>10} {:>8} {:>8}  state",
        "name", "rev", "build", "position", "behind", "seconds"
    );
    for model in app.read_models().await? {
        println!("{}", line(&model));
    }
    let interventions = intervention::interventions(&app.pool).await?;
    if !interventions.is_empty() {
        println!("\ninterventions, the last one on a position holds:");
    }
    for intervention in &interventions {
        println!("{}", intervention_line(intervention));
    }
    Ok(())
}

fn line(model: &ReadModel) -> String {
    let Lag { name, revision, build, live, position, behind, seconds } = &model.lag;
    let seconds = seconds.map_or_else(|| "?".to_owned(), |seconds| seconds.to_string());
    let state = match &model.stop {
        Some(Stop { position, why }) => format!("stopped at position {position}: {why}"),
        None if *live => "live".to_owned(),
        None => "building".to_owned(),
    };
    format!("{name:<12} {revision:>4} {build:>6} {:>10} {behind:>8} {seconds:>8}  {state}", position.0)
}

fn intervention_line(made: &Intervention) -> String {
    let Intervention { name, position, kind, error, reason, made_by, made_at } = made;
    let after = if error.is_empty() { String::new() } else { format!(" (stopped by: {error})") };
    let at = made_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("{name:<12} {position:>10}  {kind} by {made_by} at {at}: {reason}{after}")
}

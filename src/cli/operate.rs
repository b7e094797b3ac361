//! What an operator runs by hand: migrations, read models.

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::App;
use crate::config::Config;
use crate::{migrations, workers};

/// Brings the database's schema up to date.
pub(super) async fn migrate(config: &Config) -> Result<()> {
    let app = App::open(config).await?;
    migrations::apply(&app.pool).await?;
    eprintln!("the database's schema is up to date");
    Ok(())
}

/// Prints where each read model stands.
pub(super) async fn projections(config: &Config) -> Result<()> {
    let app = App::open(config).await?;
    let head = app.log.head().await?;
    println!("{:<12} {:>4} {:>6} {:>10} {:>8}  state", "name", "rev", "build", "position", "behind");
    for build in app.read_models().await? {
        let behind = head.0.saturating_sub(projections::checkpoint::seq(build.position).0);
        let state = match (build.stopped_at, build.stopped_why) {
            (Some(at), Some(why)) => format!("stopped at position {at}: {why}"),
            _ if build.live => "live".to_owned(),
            _ => "building".to_owned(),
        };
        println!(
            "{:<12} {:>4} {:>6} {:>10} {behind:>8}  {state}",
            build.name, build.revision, build.build, build.position
        );
    }
    Ok(())
}

/// Builds a read model anew beside the live one, then switches.
pub(super) async fn rebuild(config: &Config, name: &str) -> Result<()> {
    let app = App::open(config).await?;
    let bar = ProgressBar::new(app.log.head().await?.0);
    bar.set_style(ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}")?);
    bar.set_message(name.to_owned());
    if !workers::rebuild(&app, name, |position| bar.set_position(position)).await? {
        bail!("there is no read model `{name}`; there are: {}", workers::PROJECTIONS.join(", "));
    }
    bar.finish();
    Ok(())
}

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

//! Imports: other marketplaces' records, driven through the very commands that the APIs use.
//!
//! One process holds everything that an import needs: the application on a clock of its own, the read models that it
//! reads, the sagas. Never here: a way around a decider. What a rule refuses is a finding of the import's report.

pub mod olist;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use chrono::DateTime;
use projections::books::Books;
use projections::orders::Orders;
use sagas::Timers;

pub use olist::drive::Spent;
pub use olist::report::Report;
pub use olist::{ImportWorld, Source, import_olist, write_results};

use crate::app::App;
use crate::clock::VirtualClock;
use crate::config::{Config, Mode};
use crate::workers::Workers;
use crate::{migrations, workers};

/// Imports the orders in a folder, or takes up an import that was interrupted, and says what came of it.
pub async fn run(config: &Config, directory: &Path) -> anyhow::Result<()> {
    let report =
        with_world(config, directory, async |world, source| import_olist(world, source).await).await?;
    say(&report);
    Ok(())
}

/// The same, and writes the results to a folder.
pub async fn real_input(config: &Config, directory: &Path, out: &Path) -> anyhow::Result<()> {
    let importing = async |world: &ImportWorld, source: Source| {
        let report = import_olist(world, source).await?;
        write_results(world, &report, out).await?;
        Ok(report)
    };
    let report = with_world(config, directory, importing).await?;
    say(&report);
    eprintln!("the results are in {}", out.display());
    Ok(())
}

/// Runs an import with everything around it; it ends when the coordinator does, since nothing would follow any more.
/// Nothing is set going on a log that isn't the import's.
async fn with_world(
    config: &Config,
    directory: &Path,
    import: impl AsyncFnOnce(&ImportWorld, Source) -> anyhow::Result<Report>,
) -> anyhow::Result<Report> {
    if config.mode != Mode::Sandbox {
        bail!(
            "an import is for sandboxes only: its clock runs through years of orders (set JANGTEO_MODE=sandbox)"
        );
    }
    let app = Box::pin(App::open(config)).await?;
    migrations::apply(&app.pool).await?;
    let source = Source::read(&app, directory)?;
    source.claim_log(&app).await?;
    let clock = Arc::new(VirtualClock::stopped_at(DateTime::UNIX_EPOCH));
    let app = app.on_clock(clock.clone());
    let mut running = Workers::new();
    workers::start_projection::<Books>(&app, &mut running);
    workers::start_projection::<Orders>(&app, &mut running);
    workers::start_projection::<Timers>(&app, &mut running);
    // However often it is broken off, its log comes out the same.
    let coordinator = workers::coordinator_of_patience(&app, Duration::ZERO).await?;
    let world = ImportWorld { app, clock, coordinator: coordinator.clone() };
    tokio::select! {
        report = Box::pin(import(&world, source)) => report,
        ended = Box::pin(coordinator.run()) => Err(ended.map_or_else(Into::into, |()| anyhow::anyhow!("the log has ended"))),
    }
}

/// The report in a few lines; what needs a look is named.
fn say(report: &Report) {
    let Report { orders, orders_taken, seconds, orders_per_second, .. } = report;
    eprintln!("{orders_taken} of {orders} orders in {seconds} s ({orders_per_second} per second)");
    let Spent { registration_ms, commands_ms, sagas_ms, timers_ms } = report.spent;
    eprintln!(
        "  {} commits; registration {registration_ms} ms, commands {commands_ms} ms, waiting for sagas {sagas_ms} ms, \
         for timers {timers_ms} ms",
        report.commits
    );
    for (status, count) in &report.by_final_status {
        eprintln!("  {count:>8} {status}");
    }
    eprintln!("findings:");
    for (reason, found) in &report.findings {
        let reason = serde_json::to_string(reason).unwrap_or_default();
        eprintln!("  {:>8} {}", found.count, reason.trim_matches('"'));
    }
}

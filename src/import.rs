//! Imports: other marketplaces' records, driven through the very commands that the APIs use.
//!
//! One process holds everything that an import needs: the application on a clock of its own, the read models that it
//! reads, the sagas. Never here: a way around a decider. What a rule refuses is a finding of the import's report.

pub mod olist;

use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use projections::books::Books;
use projections::orders::Orders;
use sagas::Timers;

pub use olist::drive::Spent;
pub use olist::report::Report;
pub use olist::{ImportWorld, import_olist, write_results};

use crate::app::App;
use crate::clock::VirtualClock;
use crate::config::Config;
use crate::workers::Workers;
use crate::{migrations, workers};

/// Imports the orders in a folder, or takes up an import that was interrupted, and says what came of it.
pub async fn run(config: &Config, directory: &Path) -> anyhow::Result<()> {
    let report = with_world(config, async |world| import_olist(world, directory).await).await?;
    say(&report);
    Ok(())
}

/// The same, and writes the results to a folder.
pub async fn real_input(config: &Config, directory: &Path, out: &Path) -> anyhow::Result<()> {
    let importing = async |world: &ImportWorld| {
        let report = import_olist(world, directory).await?;
        write_results(world, &report, out).await?;
        Ok(report)
    };
    let report = with_world(config, importing).await?;
    say(&report);
    eprintln!("the results are in {}", out.display());
    Ok(())
}

/// Runs an import with everything around it; it ends when the coordinator does, since nothing would follow any more.
async fn with_world(
    config: &Config,
    import: impl AsyncFnOnce(&ImportWorld) -> anyhow::Result<Report>,
) -> anyhow::Result<Report> {
    let app = Box::pin(App::open(config)).await?;
    migrations::apply(&app.pool).await?;
    let clock = Arc::new(VirtualClock::stopped_at(DateTime::UNIX_EPOCH));
    let app = app.on_clock(clock.clone());
    let mut running = Workers::new();
    workers::start_projection::<Books>(&app, &mut running);
    workers::start_projection::<Orders>(&app, &mut running);
    workers::start_projection::<Timers>(&app, &mut running);
    let coordinator = workers::coordinator(&app).await?;
    let world = ImportWorld { app, clock, coordinator: coordinator.clone() };
    tokio::select! {
        report = Box::pin(import(&world)) => report,
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

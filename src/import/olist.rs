//! The orders of the public "Brazilian E-Commerce Public Dataset by Olist", at their real times on the virtual clock.
//!
//! ```text
//!  DIR/*.csv ──files──▶ rows ──plan──▶ timeline ──drive──▶ commands, window by window ──▶ report, exports
//!                 └──────────┴── findings: every row that could not be taken as it is, with its key ──▲
//! ```
//!
//! Reading and planning are pure and tell the same each time; ids and command names follow from the data's own ids.
//! So a run that was killed is simply run again. Never here: the data itself.

pub mod drive;
pub mod export;
pub mod files;
pub mod finding;
pub mod identity;
pub mod plan;
pub mod progress;
pub mod report;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use kernel::MallId;
use sagas::Coordinator;
use tokio::time::Instant;

use self::drive::Driver;
use self::files::Files;
use self::plan::Plan;
use self::report::Report;
use crate::app::App;
use crate::clock::VirtualClock;
use crate::malls::Mall;

/// The mall that the orders were placed in.
pub const MALL: &str = "brasil";

/// What an import works on. The coordinator and the projections run in this process.
#[derive(Debug, Clone)]
pub struct ImportWorld {
    /// The application, on the clock.
    pub app: App,
    /// The clock; it stands before the first order, or where a former run left it.
    pub clock: Arc<VirtualClock>,
    /// Drives the sagas; it is running.
    pub coordinator: Arc<Coordinator>,
}

/// What is to be imported, read and planned. Nothing is done yet.
#[derive(Debug)]
pub struct Source {
    began: Instant,
    statuses: BTreeMap<String, u64>,
    plan: Plan,
    mall: Mall,
}

impl Source {
    /// Reads the orders in a folder.
    pub fn read(app: &App, directory: &Path) -> anyhow::Result<Self> {
        let began = Instant::now();
        let (files, unreadable) = Files::read(directory)?;
        let mall = app.malls.get(&MallId::new(MALL)?);
        let mall = mall.with_context(|| format!("there is no mall `{MALL}` to import into"))?.clone();
        let statuses = report::statuses_of(&files);
        let mut plan = Plan::of(&files, &mall);
        plan.findings.extend(unreadable);
        Ok(Self { began, statuses, plan, mall })
    }

    /// Refuses a log that holds anything but this import's own work; an empty one is the import's from now on.
    pub async fn claim_log(&self, app: &App) -> anyhow::Result<()> {
        drive::claim_log(app, &self.plan).await
    }
}

/// Imports orders, or takes up an import that was interrupted.
pub async fn import_olist(world: &ImportWorld, source: Source) -> anyhow::Result<Report> {
    let Source { began, statuses, plan, mall } = source;
    let driven = Driver::of(world, &plan, &mall).await?.run().await?;
    report::of(world, plan, driven, statuses, began).await
}

/// Writes what came of an import: settled lines by seller, the report, the statements.
pub async fn write_results(world: &ImportWorld, report: &Report, out: &Path) -> anyhow::Result<()> {
    export::write(world, report, out).await
}

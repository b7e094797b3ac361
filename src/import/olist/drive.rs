//! Driving a plan: window by window, its jobs as commands, the sagas' answers awaited, the clock moved to the window's
//! end.
//!
//! ```text
//!  registration ─▶ per window: buying ─▶ quiet ─▶ fulfilling ─▶ quiet ─▶ clock to the end ─▶ quiet ─▶ checkpoint
//! ```
//!
//! Every command has a name that follows from the data, so a window that is done again changes nothing.

mod checkpoint;
mod context;
mod persist;
mod registration;
mod side_by_side;
mod spent;
mod work;

use std::sync::Arc;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use eventstore::Seq;
use kernel::{MallId, Timestamp};

use self::checkpoint::Checkpoint;
use self::side_by_side::side_by_side;
pub use self::spent::Spent;
use self::spent::timed;
use super::ImportWorld;
use super::finding::Finding;
use super::plan::{Chain, Plan, Window};
use super::progress::Progress;
use crate::app::App;
use crate::malls::Mall;

/// A window's end itself belongs to the next: what is due then happens then.
const BEFORE_THE_END: TimeDelta = TimeDelta::milliseconds(1);

/// The timers of a window may fire in one go: a settlement cycle closes only at its beginning, and what confirms in it
/// was delivered before it.
const FIRED_TOGETHER: TimeDelta = TimeDelta::days(7);

/// Drives a plan through the application.
#[derive(Debug)]
pub struct Driver<'a> {
    world: &'a ImportWorld,
    work: Arc<Work>,
    checkpoint: Checkpoint,
    spent: Spent,
}

/// What every job needs.
#[derive(Debug)]
struct Work {
    app: App,
    mall: MallId,
    plan: Plan,
    source: String,
}

impl<'a> Driver<'a> {
    /// A driver that takes up where a former run of the same data was.
    pub async fn of(world: &'a ImportWorld, plan: &Plan, mall: &Mall) -> anyhow::Result<Self> {
        let source = checkpoint::digest(plan);
        let checkpoint = Checkpoint::read(&world.app.pool, &source).await?;
        let checkpoint = checkpoint.unwrap_or_else(|| Checkpoint::start(&source));
        let work = Work { app: world.app.clone(), mall: mall.mall.clone(), plan: plan.clone(), source };
        Ok(Self { world, work: Arc::new(work), checkpoint, spent: Spent::default() })
    }

    /// Drives everything that is not done yet; returns what rules refused, in this run and in former
    /// ones, and what this run's time went to.
    pub async fn run(mut self) -> anyhow::Result<(Vec<Finding>, Spent)> {
        let work = self.work.clone();
        let mut progress = Progress::of(work.plan.windows.iter().map(jobs).sum::<usize>() + work.things());
        self.set_out()?;
        self.world.coordinator.quiesce().await?;
        if !self.checkpoint.registered {
            timed(&mut self.spent.registration_ms, work.register(&mut progress)).await?;
            self.checkpoint.registered(&work.app.pool).await?;
        }
        for window in &work.plan.windows {
            if self.checkpoint.is_after(window.until) {
                progress.advance(jobs(window), "done before");
                continue;
            }
            self.window(window).await.with_context(|| format!("the days until {}", window.until))?;
            self.checkpoint.done(&work.app.pool, window.until).await?;
            progress.advance(jobs(window), &window.until.date_naive().to_string());
        }
        progress.finish();
        Ok((checkpoint::findings(&work.app.pool, &work.source).await?, self.spent))
    }

    /// Brings the clock to where the import goes on; it may not have gone further.
    fn set_out(&self) -> anyhow::Result<()> {
        let at = self.checkpoint.done_until.map_or(self.work.plan.starts_at, |until| until - BEFORE_THE_END);
        match self.world.clock.stop_at(at) {
            Ok(_) => Ok(()),
            Err(ahead) => bail!("{ahead}, after {at}, where the import goes on: it needs a log of its own"),
        }
    }

    async fn window(&mut self, window: &Window) -> anyhow::Result<()> {
        for round in [&window.buying, &window.fulfilling] {
            if !round.is_empty() {
                timed(&mut self.spent.commands_ms, round_of(&self.work, round)).await?;
                timed(&mut self.spent.sagas_ms, self.world.coordinator.quiesce()).await?;
            }
        }
        self.world.clock.stop_at(before(window.until))?;
        timed(&mut self.spent.timers_ms, self.world.coordinator.quiesce_firing(FIRED_TOGETHER)).await?;
        Ok(())
    }
}

/// Refuses a log with anything in it, unless this very plan has begun there; an empty log is the plan's from now on.
pub(super) async fn claim_log(app: &App, plan: &Plan) -> anyhow::Result<()> {
    let source = checkpoint::digest(plan);
    if Checkpoint::read(&app.pool, &source).await?.is_some() {
        return Ok(());
    }
    let head = app.log.head().await?;
    if head > Seq(0) {
        bail!(
            "an import needs a log of its own: this one holds {head} commits that are not of it (set JANGTEO_PREFIX)"
        );
    }
    Ok(Checkpoint::start(&source).save(&app.pool).await?)
}

/// Runs chains side by side.
async fn round_of(work: &Arc<Work>, chains: &[Chain]) -> anyhow::Result<()> {
    let works = chains.iter().cloned().map(|chain| {
        let work = work.clone();
        async move { work.chain(&chain).await }
    });
    side_by_side(works, || {}).await
}

fn before(until: Timestamp) -> Timestamp {
    until - BEFORE_THE_END
}

fn jobs(window: &Window) -> usize {
    window.buying.iter().chain(&window.fulfilling).map(Vec::len).sum()
}

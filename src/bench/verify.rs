//! Verifying: how fast a whole log is fetched, hashed, decoded, folded and held against its laws, and how fast that is
//! on one core where the messages are at hand.

use anyhow::{Result, ensure};
use eventstore::{Message, Seq};
use futures::TryStreamExt;
use tokio::time::Instant;

use super::figure::Figure;
use super::following::prepare;
use super::{Installation, timing};
use crate::config::Config;
use crate::verify::{Outside, Report, audit, verify};

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let store = installation.app.log.store().clone();
    prepare(&installation.app).await?;

    eprintln!("verify: the whole log, off its server");
    let began = Instant::now();
    let whole = verify(&*store, Outside::default(), |_| ()).await?;
    let verified = began.elapsed();

    let began = Instant::now();
    let messages: Vec<Message> = store.walk(Seq(0), whole.head).try_collect().await?;
    let fetched = began.elapsed();

    eprintln!("verify: the same messages from memory, on one core");
    let began = Instant::now();
    let folded = audit(&messages, whole.head);
    let fold = began.elapsed();

    installation.remove().await?;
    ensure!(whole.is_sound() && folded.is_sound(), "a sound log is found to be none: {whole}");
    ensure!(events(&whole) == events(&folded), "two walks over one log find {whole} and {folded}");
    let per_second = |time| timing::per_second(events(&whole), time);
    Ok(vec![
        Figure::new("verify.events_per_s", per_second(verified), "events/s"),
        Figure::new("verify.fetched_events_per_s", per_second(fetched), "events/s"),
        Figure::new("verify.folded_events_per_s", per_second(fold), "events/s"),
    ])
}

fn events(report: &Report) -> usize {
    usize::try_from(report.events).unwrap_or(usize::MAX)
}

//! Walking a log from its beginning to where it ends now.

use anyhow::Result;
use eventstore::{Filter, Log, Recorded, Seq, Tailed};
use futures::StreamExt;

/// Shows every commit that the filter wants.
pub(super) async fn walk(
    log: &Log,
    filter: Filter,
    mut see: impl FnMut(&Recorded) -> Result<()>,
) -> Result<()> {
    let head = log.head().await?;
    let mut tail = log.tail(Seq(0), filter).await?;
    let mut at = Seq(0);
    while at < head {
        let Some(step) = tail.next().await.transpose()? else { break };
        at = step.seq();
        if let Tailed::Commit(recorded) = step {
            see(&recorded)?;
        }
    }
    Ok(())
}

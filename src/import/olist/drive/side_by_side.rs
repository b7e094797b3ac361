//! Work side by side on tasks of its own, so that it uses every core; all of it ends when the import does.

use std::future::Future;

use tokio::task::JoinSet;

/// How many tasks run side by side.
const AT_ONCE: usize = 64;

/// Runs every work, some side by side, until all are done or one fails. `done` hears of each.
pub(super) async fn side_by_side<F>(
    works: impl Iterator<Item = F>,
    mut done: impl FnMut(),
) -> anyhow::Result<()>
where
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let mut running = JoinSet::new();
    for work in works {
        if running.len() >= AT_ONCE
            && let Some(ended) = running.join_next().await
        {
            ended??;
            done();
        }
        running.spawn(work);
    }
    while let Some(ended) = running.join_next().await {
        ended??;
        done();
    }
    Ok(())
}

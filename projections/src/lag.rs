//! How far each build of each read model is behind the log: in positions, and in seconds.
//!
//! The seconds are the age of the first commit that the build hasn't seen: how long somebody who waits for it has waited.
//! So they are zero at the log's end, grow while a build stands still, and shrink as it catches up, however few or many
//! commits are missing. Both instants are the house's clock's: the commit's from its writer, `now` from the caller.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Duration;

use eventstore::{Filter, Log, Seq, Tailed};
use futures::StreamExt;
use kernel::Timestamp;
use sqlx::PgPool;

use crate::{ProjectionError, checkpoint};

/// How long the first unseen commit is waited for; it is in the log already.
const READ_LIMIT: Duration = Duration::from_secs(2);
/// The most positions looked at for one whose instant can be read.
const LOOKS: usize = 8;

/// How far one build is behind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lag {
    /// The projection's name.
    pub name: String,
    /// The revision of its shape.
    pub revision: i32,
    /// Which build of that revision.
    pub build: i32,
    /// Whether readers see it.
    pub live: bool,
    /// How far it has seen the log.
    pub position: Seq,
    /// How many positions of the log it hasn't seen.
    pub behind: u64,
    /// How many seconds ago the first of them was recorded; `None` where that can't be read.
    pub seconds: Option<u64>,
}

/// The lag of every build, by name.
pub async fn lag(pool: &PgPool, log: &Log, now: Timestamp) -> Result<Vec<Lag>, ProjectionError> {
    let head = log.head().await?;
    let builds = sqlx::query!(
        "SELECT name, revision, build, live, position FROM projection ORDER BY name, revision, build"
    )
    .fetch_all(pool)
    .await?;
    let mut ages = BTreeMap::from([(head, Some(0))]);
    let mut lags = Vec::with_capacity(builds.len());
    for build in builds {
        let position = checkpoint::seq(build.position).min(head);
        // Builds that stand together share the look at the log.
        let seconds = match ages.entry(position) {
            Entry::Occupied(age) => *age.get(),
            Entry::Vacant(place) => *place.insert(age_after(log, position, now).await?),
        };
        lags.push(Lag {
            name: build.name,
            revision: build.revision,
            build: build.build,
            live: build.live,
            position: checkpoint::seq(build.position),
            behind: head.0 - position.0,
            seconds,
        });
    }
    Ok(lags)
}

/// How many seconds ago the first commit after this position was recorded.
async fn age_after(log: &Log, position: Seq, now: Timestamp) -> Result<Option<u64>, ProjectionError> {
    let mut next = log.tail(position, Filter::All).await?.take(LOOKS);
    let recorded = async {
        while let Some(step) = next.next().await {
            if let Ok(Tailed::Commit(commit)) = step {
                return Some(commit.meta.recorded_at);
            }
        }
        None
    };
    let recorded = tokio::time::timeout(READ_LIMIT, recorded).await.ok().flatten();
    Ok(recorded.map(|at| u64::try_from((now - at).num_seconds()).unwrap_or(0)))
}

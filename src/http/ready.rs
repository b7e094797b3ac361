//! Whether a process can serve: it is in that phase of its life, the log and the database answer, and the read models that it
//! serves from are near the log's end.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use projections::checkpoint;

use super::health::Ready;
use crate::app::App;
use crate::lifecycle::{Lifecycle, Phase};

/// How far a read model may be behind the log, in positions.
const READY_WITHIN: u64 = 10_000;
/// How long the log and the database may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// Asks whether a process can serve from these read models.
pub fn ready(app: App, models: &'static [&'static str], life: Lifecycle) -> Ready {
    Arc::new(move || {
        let (app, life) = (app.clone(), life.clone());
        async move {
            if life.phase() != Phase::Serving {
                return Err(format!("the process is {:?}", life.phase()));
            }
            let asked = tokio::time::timeout(ANSWER_LIMIT, are_near(&app, models)).await;
            asked.unwrap_or_else(|_| Err("the log or the database gives no answer".to_owned()))
        }
        .boxed()
    })
}

async fn are_near(app: &App, models: &[&str]) -> Result<(), String> {
    let head = app.log.head().await.map_err(|error| error.to_string())?;
    for name in models {
        let seen = checkpoint::live_position(&app.pool, name).await.map_err(|error| error.to_string())?;
        let seen = seen.ok_or_else(|| format!("the read model {name} isn't there yet"))?;
        let behind = head.0.saturating_sub(seen.0);
        if behind > READY_WITHIN {
            return Err(format!("the read model {name} is {behind} positions behind"));
        }
    }
    Ok(())
}

//! Quiet: everything that follows from the log has happened, is seen by every read model, and no timer is due.

use std::time::Duration;

use eventstore::Seq;
use jangteo::app::App;
use jangteo::workers::PROJECTIONS;
use projections::checkpoint;
use tokio::time::Instant;

use crate::caller::pace;

/// How often it is looked for.
const LOOK: Duration = Duration::from_millis(150);
/// How long it may take.
const LIMIT: Duration = Duration::from_mins(2);

/// Waits for quiet, and says where the log stands then; or what was still going on when that took too long.
pub async fn quiet(app: &App) -> Result<Seq, String> {
    let (began, mut looks) = (Instant::now(), pace(LOOK));
    let mut noise = String::new();
    while began.elapsed() < LIMIT {
        looks.tick().await;
        match look(app).await {
            Ok(head) => return Ok(head),
            Err(heard) => noise = heard,
        }
    }
    Err(format!("no quiet within {} s: {noise}", LIMIT.as_secs()))
}

/// One look: where the log stands, if nothing is left to do, or what is.
async fn look(app: &App) -> Result<Seq, String> {
    let head = app.log.head().await.map_err(|error| error.to_string())?;
    let broken = |error: sqlx::Error| error.to_string();
    for name in PROJECTIONS {
        let seen = checkpoint::live_position(&app.pool, name).await.map_err(broken)?.unwrap_or_default();
        if seen < head {
            return Err(format!("{name} has seen {seen} of {head}"));
        }
    }
    let done = coordinator_position(app).await.map_err(broken)?;
    if done < head {
        return Err(format!("the coordinator has done {done} of {head}"));
    }
    let due: i64 = sqlx::query_scalar("SELECT count(*) FROM saga_timer WHERE due_at <= $1")
        .bind(app.clock.now())
        .fetch_one(&app.pool)
        .await
        .map_err(broken)?;
    if due > 0 {
        return Err(format!("{due} timers are due"));
    }
    match app.log.head().await {
        Ok(now) if now == head => Ok(head),
        Ok(now) => Err(format!("the log has grown from {head} to {now}")),
        Err(error) => Err(error.to_string()),
    }
}

/// Up to where the coordinator has handled everything.
pub async fn coordinator_position(app: &App) -> sqlx::Result<Seq> {
    let position: Option<i64> =
        sqlx::query_scalar("SELECT max(position) FROM coordinator_checkpoint").fetch_one(&app.pool).await?;
    Ok(position.map_or(Seq(0), checkpoint::seq))
}

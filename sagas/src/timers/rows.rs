//! The rows of timers and instances. Never here: what an event means.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Latest, Row};
use crate::process::{Parked, Postponed};
use crate::unheard::{Heard, Noted};

pub(super) async fn set_timers(db: &mut PgConnection, latest: &Latest<'_>) -> sqlx::Result<()> {
    let all = latest.iter().map(|(name, (_, correlation))| (name, *correlation));
    let (sagas, keys, timers, _) = columns(all);
    sqlx::query!(
        "DELETE FROM saga_timer USING UNNEST($1::text[], $2::text[], $3::text[]) AS gone (saga, key, timer)
         WHERE saga_timer.saga = gone.saga AND saga_timer.key = gone.key AND saga_timer.timer = gone.timer",
        &sagas,
        &keys,
        &timers
    )
    .execute(&mut *db)
    .await?;
    let set = latest.iter().filter(|(_, (due_at, _))| due_at.is_some());
    let due: Vec<DateTime<Utc>> = set.clone().filter_map(|(_, (due_at, _))| *due_at).collect();
    let (sagas, keys, timers, correlations) =
        columns(set.map(|(name, (_, correlation))| (name, *correlation)));
    sqlx::query!(
        "INSERT INTO saga_timer (saga, key, timer, due_at, correlation_id)
         SELECT * FROM UNNEST($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[])",
        &sagas,
        &keys,
        &timers,
        &due,
        &correlations
    )
    .execute(db)
    .await?;
    Ok(())
}

type Columns = (Vec<String>, Vec<String>, Vec<String>, Vec<Uuid>);

fn columns<'a>(timers: impl Iterator<Item = (&'a (&'a str, &'a str, &'a str), Uuid)>) -> Columns {
    let mut columns = Columns::default();
    for ((saga, key, timer), correlation) in timers {
        columns.0.push((*saga).to_owned());
        columns.1.push((*key).to_owned());
        columns.2.push((*timer).to_owned());
        columns.3.push(correlation);
    }
    columns
}

/// Since when it waits is when it was postponed first.
pub(super) async fn postpone(db: &mut PgConnection, row: &Row, postponed: &Postponed) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO saga_postponed
             (saga, key, command, waits_for, error, code, times, since, next_try_at, correlation_id, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (saga, key, command) DO UPDATE
         SET error = EXCLUDED.error, code = EXCLUDED.code, times = EXCLUDED.times,
             next_try_at = EXCLUDED.next_try_at",
        row.saga,
        row.key,
        postponed.command,
        postponed.waits_for,
        postponed.error,
        postponed.code,
        i64::from(postponed.times),
        row.at,
        postponed.again_at,
        row.correlation,
        row.position
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn park(db: &mut PgConnection, row: &Row, parked: &Parked) -> sqlx::Result<()> {
    let_go(db, row, &parked.command).await?;
    sqlx::query!(
        "INSERT INTO saga_parked
             (saga, key, command, waits_for, error, code, times, parked_at, correlation_id, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        row.saga,
        row.key,
        parked.command,
        parked.waits_for,
        parked.error,
        parked.code,
        i64::from(parked.times),
        row.at,
        row.correlation,
        row.position
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A command waits no more.
pub(super) async fn let_go(db: &mut PgConnection, row: &Row, command: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM saga_parked WHERE saga = $1 AND key = $2 AND command = $3",
        row.saga,
        row.key,
        command
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "DELETE FROM saga_postponed WHERE saga = $1 AND key = $2 AND command = $3",
        row.saga,
        row.key,
        command
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn unheard(db: &mut PgConnection, row: &Row, noted: &Noted) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO saga_unheard (saga, position, key, error, since) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (saga, position) DO UPDATE SET error = EXCLUDED.error",
        noted.saga,
        projections::checkpoint::position(noted.position),
        noted.key,
        noted.error,
        row.at
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn heard(db: &mut PgConnection, heard: &Heard) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM saga_unheard WHERE saga = $1 AND position = $2",
        heard.saga,
        projections::checkpoint::position(heard.position)
    )
    .execute(db)
    .await?;
    Ok(())
}

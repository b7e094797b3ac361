//! How the sagas stand, each in a few numbers. Never here: one instance's affairs (see [`super::workings`]).

use chrono::TimeDelta;
use kernel::Timestamp;

use crate::app::App;

/// How one saga stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SagaStanding {
    /// The saga.
    pub saga: String,
    /// Commands that wait for an operator.
    pub parked: u64,
    /// Commands that are tried again by themselves.
    pub postponed: u64,
    /// Timers that are due and not yet fired.
    pub due: u64,
}

impl App {
    /// How every saga stands at an instant.
    pub async fn saga_standings(&self, at: Timestamp) -> sqlx::Result<Vec<SagaStanding>> {
        let sagas: Vec<String> = sagas::every_saga().names().map(str::to_owned).collect();
        // No command waits longer than that to be tried again, so that few timers are looked at.
        let soon = at.checked_add_signed(sagas::again::LONGEST_WAIT + TimeDelta::minutes(1)).unwrap_or(at);
        let rows = sqlx::query!(
            r#"SELECT named.saga AS "saga!",
                 (SELECT count(*) FROM saga_parked WHERE saga_parked.saga = named.saga) AS "parked!",
                 (SELECT count(*) FROM saga_timer WHERE saga_timer.saga = named.saga
                    AND due_at <= $2 AND timer LIKE '{"try_again"%') AS "postponed!",
                 (SELECT count(*) FROM saga_timer WHERE saga_timer.saga = named.saga AND due_at <= $3) AS "due!"
               FROM UNNEST($1::text[]) AS named (saga)"#,
            &sagas,
            soon,
            at
        )
        .fetch_all(&self.pool)
        .await?;
        let count = |rows: i64| u64::try_from(rows).unwrap_or(0);
        let standing = rows.into_iter().map(|row| SagaStanding {
            saga: row.saga,
            parked: count(row.parked),
            postponed: count(row.postponed),
            due: count(row.due),
        });
        Ok(standing.collect())
    }
}

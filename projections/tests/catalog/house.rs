//! A log in memory, a database of one's own, and one read model that follows. Nothing sleeps: `seen` waits for a position.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use eventstore::{Context, Log, Memory, Seq};
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Decider};
use projections::{Projection, checkpoint, runner};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool};
use uuid::Uuid;

/// Long enough for a busy machine; never waited out when all is well.
const PATIENCE: Duration = Duration::from_secs(20);
static COUNTER: AtomicU64 = AtomicU64::new(1);

/// A fresh id, later ones larger.
pub(crate) fn id() -> Uuid {
    Uuid::from_u128(u128::from(COUNTER.fetch_add(1, Ordering::Relaxed)) << 64 | 0x7000)
}

/// So many minutes into the story.
pub(crate) fn minute(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) struct House {
    pub(crate) pool: PgPool,
    pub(crate) log: Log,
    database: String,
    following: tokio::task::JoinHandle<()>,
}

impl House {
    /// A house whose read model follows its log.
    pub(crate) async fn open<P: Projection>() -> Self {
        let database = format!("test_{}_{}_{}", P::NAME, std::process::id(), id().as_u128() >> 64);
        admin(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        admin(&format!("CREATE DATABASE {database}")).await;
        let pool = PgPool::connect_with(server().database(&database)).await.unwrap();
        for file in migrations() {
            sqlx::raw_sql(AssertSqlSafe(std::fs::read_to_string(file).unwrap()))
                .execute(&pool)
                .await
                .unwrap();
        }
        let log = Log::new(Arc::new(Memory::default()));
        let following = tokio::spawn(runner::run::<P>(pool.clone(), log.clone()));
        Self { pool, log, database, following }
    }

    /// One command, which must be taken.
    pub(crate) async fn does<D: Decider>(&self, to: &D::Id, command: D::Command) -> Seq
    where
        D::Command: Clone + Sync,
    {
        let context = Context {
            command_id: CommandId(id()),
            correlation_id: CorrelationId(id()),
            causation: None,
            actor: Actor::system("test"),
            at: minute(0),
            request: None,
        };
        self.log.execute::<D>(&context, to, command).await.unwrap().position
    }

    /// Waits until the live tables have seen all of the log.
    pub(crate) async fn seen<P: Projection>(&self) {
        let head = self.log.head().await.unwrap();
        let seen = checkpoint::wait_for(&self.pool, P::NAME, head, PATIENCE).await.unwrap();
        let why = sqlx::query_scalar("SELECT stopped_why FROM projection WHERE stopped_why IS NOT NULL");
        let why: Option<String> = why.fetch_optional(&self.pool).await.unwrap();
        assert!(seen, "the projection has not come to {head}: {why:?}");
    }

    /// What all rows of all tables come to.
    pub(crate) async fn checksum<P: Projection>(&self) -> Vec<(&'static str, i64, Option<String>)> {
        let mut sums = Vec::new();
        for table in P::TABLES {
            let sql =
                format!("SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t");
            let (rows, sum) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&self.pool).await.unwrap();
            sums.push((*table, rows, sum));
        }
        sums
    }

    /// The tables built anew in one go hold what the live ones hold, and every table was put to the test.
    pub(crate) async fn rebuilding_changes_nothing<P: Projection>(&self) {
        self.seen::<P>().await;
        let live = self.checksum::<P>().await;
        assert!(live.iter().all(|(_, rows, _)| *rows > 0), "an empty table proves nothing: {live:?}");
        runner::rebuild::<P>(&self.pool, &self.log, |_| {}).await.unwrap();
        assert_eq!(self.checksum::<P>().await, live);
    }

    pub(crate) async fn close(self) {
        self.following.abort();
        self.pool.close().await;
        admin(&format!("DROP DATABASE {} WITH (FORCE)", self.database)).await;
    }
}

fn server() -> PgConnectOptions {
    let url = std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL names a PostgreSQL server");
    url.parse::<PgConnectOptions>().unwrap()
}

async fn admin(sql: &str) {
    let mut connection = server().connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

fn migrations() -> Vec<std::path::PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "sql")).collect();
    files.sort();
    files
}

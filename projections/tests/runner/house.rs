//! One test's house: a fresh database, a fresh log, and whoever follows it.

use std::sync::Arc;
use std::time::Duration;

use eventstore::{Commit, Log, Memory, Seq};
use projections::{Projection, checkpoint, run};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use tokio::task::JoinHandle;

use crate::models::added;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");
/// Nothing here takes so long.
pub(crate) const LONG: Duration = Duration::from_secs(30);

pub(crate) struct House {
    pub(crate) pool: PgPool,
    pub(crate) log: Log,
    server: String,
    database: String,
}

impl House {
    /// A new house for the test of this name.
    pub(crate) async fn new(test: &str) -> Self {
        let server =
            std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test");
        let database = format!("runner_{test}_{}", std::process::id());
        command(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        command(&server, &format!("CREATE DATABASE {database} TEMPLATE template0")).await;
        let (base, _) = server.rsplit_once('/').expect("the URL ends with a database");
        let pool = PgPool::connect(&format!("{base}/{database}")).await.expect("the new database opens");
        MIGRATIONS.run(&pool).await.expect("the migrations run");
        Self { pool, log: Log::new(Arc::new(Memory::default())), server, database }
    }

    pub(crate) async fn append(&self, commit: Commit) -> Seq {
        self.log.store().append(commit).await.expect("the commit is taken").seq()
    }

    /// Appends an entry of one each under these numbers.
    pub(crate) async fn add(&self, numbers: std::ops::RangeInclusive<u128>) {
        for number in numbers {
            self.append(added(number, 1)).await;
        }
    }

    pub(crate) fn follow<P: Projection>(&self) -> JoinHandle<()> {
        tokio::spawn(run::<P>(self.pool.clone(), self.log.clone()))
    }

    /// Waits until a projection has seen this position.
    pub(crate) async fn seen<P: Projection>(&self, position: Seq) {
        let seen = checkpoint::wait_for(&self.pool, P::NAME, position, LONG).await;
        assert!(seen.expect("the checkpoint is read"), "{} did not come to {position}", P::NAME);
    }

    /// Waits until a projection has seen everything.
    pub(crate) async fn seen_all<P: Projection>(&self) {
        self.seen::<P>(self.log.head().await.expect("the log has a head")).await;
    }

    /// Where a projection stopped and why, as soon as that is noted.
    pub(crate) async fn stop_of<P: Projection>(&self) -> (i64, String) {
        let sql = "SELECT stopped_at, stopped_why FROM projection WHERE name = $1 AND stopped_at IS NOT NULL";
        let noted = async {
            loop {
                let note = sqlx::query_as(sql).bind(P::NAME).fetch_optional(&self.pool).await;
                if let Some(note) = note.expect("the note is read") {
                    return note;
                }
            }
        };
        tokio::time::timeout(LONG, noted).await.expect("the projection stops")
    }

    /// Changes a table by hand.
    pub(crate) async fn alter(&self, change: &str) {
        let sql = format!("ALTER TABLE {change}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&self.pool).await.expect("the table is changed");
    }

    /// The positions that the live entries stand at.
    pub(crate) async fn entries(&self) -> Vec<i64> {
        let positions = sqlx::query_scalar("SELECT position FROM tally_entry ORDER BY position");
        positions.fetch_all(&self.pool).await.expect("the entries are read")
    }

    /// The live entries' checkpoint and the position of the last of them, at one moment: a worker that was killed may have
    /// asked for a commit that is yet to come.
    pub(crate) async fn checkpoint_and_last_row(&self) -> (i64, Option<i64>) {
        let sql = "SELECT position, (SELECT max(position) FROM tally_entry) FROM projection
                   WHERE name = 'entries' AND live";
        sqlx::query_as(sql).fetch_one(&self.pool).await.expect("both are read")
    }

    /// Until a change of builds waits for a reader.
    pub(crate) async fn somebody_waits_for_readers(&self) {
        let sql =
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                   WHERE datname = current_database() AND mode = 'AccessExclusiveLock' AND NOT granted)";
        let waits = async {
            while !sqlx::query_scalar::<_, bool>(sql).fetch_one(&self.pool).await.expect("the locks are read")
            {
            }
        };
        tokio::time::timeout(LONG, waits).await.expect("somebody waits");
    }

    /// Takes the house down; one whose test failed stays for whoever wants to look.
    pub(crate) async fn close(self) {
        self.pool.close().await;
        command(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.database)).await;
    }
}

async fn command(server: &str, command: &str) {
    let mut connection = PgConnection::connect(server).await.expect("the server answers");
    sqlx::raw_sql(AssertSqlSafe(command)).execute(&mut connection).await.expect("the server obeys");
}

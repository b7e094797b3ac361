//! A world of its own for each test: a database, an in-memory log, and the books following it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use eventstore::{CommandError, Context, Log, Memory, Seq};
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Decider};
use projections::books::Books;
use projections::{Projection, checkpoint, runner};
use sqlx::{AssertSqlSafe, PgPool, Row};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// The worlds of this process so far.
static WORLDS: AtomicU32 = AtomicU32::new(0);

pub(crate) struct World {
    pub(crate) pool: PgPool,
    pub(crate) log: Log,
    admin: PgPool,
    database: String,
    commands: u128,
    follower: JoinHandle<()>,
}

impl World {
    /// An empty log and empty books that follow it from now on.
    pub(crate) async fn new() -> Self {
        let url =
            std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is set: run scripts/test");
        let (server, _) = url.rsplit_once('/').expect("a database in the address");
        let admin = PgPool::connect(&url).await.unwrap();
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let database = format!("books_{}_{number}", std::process::id());
        make(&admin, &database).await;
        let pool = PgPool::connect(&format!("{server}/{database}")).await.unwrap();
        sqlx::migrate!("../migrations").run(&pool).await.unwrap();
        let log = Log::new(Arc::new(Memory::default()));
        let follower = tokio::spawn(runner::run::<Books>(pool.clone(), log.clone()));
        Self { pool, log, admin, database, commands: 0, follower }
    }

    /// One command that must be taken; the log's last position of what it did.
    pub(crate) async fn takes<D: Decider>(&mut self, id: &D::Id, command: D::Command) -> Seq
    where
        D::Command: Clone + Sync,
    {
        self.tries::<D>(id, command).await.expect("the command is taken")
    }

    /// One command that may be refused.
    pub(crate) async fn tries<D: Decider>(&mut self, id: &D::Id, command: D::Command) -> Option<Seq>
    where
        D::Command: Clone + Sync,
    {
        self.commands += 1;
        let name = Uuid::from_u128(self.commands);
        let context = Context {
            command_id: CommandId(name),
            correlation_id: CorrelationId(name),
            causation: None,
            actor: Actor::Guest,
            at: chrono::DateTime::UNIX_EPOCH,
            request: None,
        };
        match self.log.execute::<D>(&context, id, command).await {
            Ok(outcome) => Some(outcome.position),
            Err(CommandError::Rejected(_)) => None,
            Err(error) => panic!("{error}"),
        }
    }

    /// The log's head, once the books have seen all of it.
    pub(crate) async fn caught_up(&self) -> Seq {
        let head = self.log.head().await.unwrap();
        let limit = Duration::from_secs(30);
        assert!(
            checkpoint::wait_for(&self.pool, Books::NAME, head, limit).await.unwrap(),
            "the books stand still"
        );
        head
    }

    /// A checksum over every row of every table.
    pub(crate) async fn checksums(&self) -> Vec<(String, i64)> {
        let mut sums = Vec::new();
        for table in Books::TABLES {
            let sql = format!(
                "SELECT md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')), COUNT(*) FROM {table} t"
            );
            let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&self.pool).await.unwrap();
            sums.push((row.get(0), row.get(1)));
        }
        sums
    }

    /// Stops following and takes the database away.
    pub(crate) async fn end(self) {
        self.follower.abort();
        self.pool.close().await;
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.database);
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&self.admin).await.unwrap();
    }
}

async fn make(admin: &PgPool, database: &str) {
    for sql in
        [format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"), format!("CREATE DATABASE {database}")]
    {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await.unwrap();
    }
}

//! One test's house: a fresh database, a fresh log, and the projections that follow it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use eventstore::{Context, Log, Memory, Seq};
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Decider};
use projections::{Projection, checkpoint, run};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, migrate::Migrator};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::words::at;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");
const LONG: Duration = Duration::from_mins(1);

pub(crate) struct House {
    pub(crate) pool: PgPool,
    pub(crate) log: Log,
    server: String,
    database: String,
    commands: AtomicU64,
    paced_by: Option<&'static str>,
}

impl House {
    /// A new house for the test of this name.
    pub(crate) async fn new(test: &str) -> Self {
        let server =
            std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL names a PostgreSQL server");
        let database = format!("trade_{test}_{}", std::process::id());
        command(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        command(&server, &format!("CREATE DATABASE {database} TEMPLATE template0")).await;
        let (base, _) = server.rsplit_once('/').expect("the URL ends with a database");
        let pool = PgPool::connect(&format!("{base}/{database}")).await.expect("the new database opens");
        MIGRATIONS.run(&pool).await.expect("the migrations run");
        let log = Log::new(Arc::new(Memory::default()));
        Self { pool, log, server, database, commands: AtomicU64::new(0), paced_by: None }
    }

    /// The same house, in which each command waits until the projection has seen the one before.
    pub(crate) fn paced_by<P: Projection>(self) -> Self {
        Self { paced_by: Some(P::NAME), ..self }
    }

    /// Has a command taken by its aggregate.
    pub(crate) async fn tell<D: Decider>(&self, actor: Actor, id: &D::Id, command: D::Command) -> Seq
    where
        D::Command: Clone + Sync,
    {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        let context = Context {
            command_id: CommandId(Uuid::from_u128(u128::from(number))),
            correlation_id: CorrelationId(Uuid::from_u128(0xc0de)),
            causation: None,
            actor,
            at: at(0),
            request: None,
        };
        let outcome = self.log.execute::<D>(&context, id, command).await.expect("the command is taken");
        if let Some(projection) = self.paced_by {
            self.wait(projection, outcome.position).await;
        }
        outcome.position
    }

    /// Lets a projection follow the log.
    pub(crate) fn follow<P: Projection>(&self) -> JoinHandle<()> {
        tokio::spawn(run::<P>(self.pool.clone(), self.log.clone()))
    }

    /// Waits until a projection has seen everything.
    pub(crate) async fn seen<P: Projection>(&self) {
        let head = self.log.head().await.expect("the log has a head");
        self.wait(P::NAME, head).await;
    }

    async fn wait(&self, projection: &str, position: Seq) {
        let seen = checkpoint::wait_for(&self.pool, projection, position, LONG).await;
        assert!(seen.expect("the checkpoint is read"), "{projection} did not come to {position:?}");
    }

    /// What a read model's tables hold: their number of rows and a checksum of them all.
    pub(crate) async fn contents<P: Projection>(&self) -> Vec<(&'static str, i64, Option<String>)> {
        let mut contents = Vec::new();
        for table in P::TABLES {
            let sum =
                format!("SELECT COUNT(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} AS t");
            let (rows, sum) =
                sqlx::query_as(AssertSqlSafe(sum)).fetch_one(&self.pool).await.expect("the table is read");
            contents.push((*table, rows, sum));
        }
        contents
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

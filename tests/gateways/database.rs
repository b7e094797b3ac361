//! A fresh, migrated database per test, dropped when the test has passed.

use std::str::FromStr;

use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgPool};

/// How much can happen at once.
const CONNECTIONS: u32 = 8;

/// A database that nobody else uses.
pub(crate) struct Database {
    server: PgConnectOptions,
    name: String,
    /// Connections to it.
    pub(crate) pool: PgPool,
}

impl Database {
    pub(crate) async fn fresh() -> Self {
        let url = std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL names a server");
        let server = PgConnectOptions::from_str(&url).unwrap();
        let name = format!("gateways_{}", jangteo::ids::fresh().simple());
        order(&server, format!("CREATE DATABASE {name}")).await;
        let options = server.clone().database(&name);
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await.unwrap();
        sqlx::migrate!("./migrations").run(&pool).await.unwrap();
        let all_open = join_all((0..CONNECTIONS).map(|_| pool.acquire())).await;
        assert!(all_open.iter().all(Result::is_ok), "what happens at once happens on connections of its own");
        drop(all_open);
        Self { server, name, pool }
    }

    pub(crate) async fn drop(self) {
        self.pool.close().await;
        order(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn order(server: &PgConnectOptions, sql: String) {
    server.connect().await.unwrap().execute(AssertSqlSafe(sql)).await.unwrap();
}

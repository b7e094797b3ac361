//! Databases: one that is made once, and copies of it.

use jangteo::ids;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};

/// Connections of one run.
const CONNECTIONS: u32 = 10;

/// A database on the server of `JANGTEO_DATABASE_URL`.
pub struct Database {
    name: String,
}

impl Database {
    /// An empty one.
    pub async fn empty() -> Self {
        Self::create("template1").await
    }

    /// A copy of this one, to which nobody may be connected.
    pub async fn copy(&self) -> Self {
        Self::create(&self.name).await
    }

    async fn create(template: &str) -> Self {
        let name = format!("t_{}", ids::fresh().simple());
        on_server(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    /// Its address.
    pub fn url(&self) -> String {
        let server = server();
        let (base, _) = server.rsplit_once('/').expect("a database's URL ends with its name");
        format!("{base}/{}", self.name)
    }

    /// Connections to it.
    pub async fn connect(&self) -> PgPool {
        PgPoolOptions::new().max_connections(CONNECTIONS).connect(&self.url()).await.unwrap()
    }

    /// Takes it away.
    pub async fn remove(self) {
        on_server(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn on_server(statement: &str) {
    let pool = PgPoolOptions::new().max_connections(1).connect(&server()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&pool).await.unwrap();
    pool.close().await;
}

fn server() -> String {
    std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test")
}

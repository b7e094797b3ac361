//! Reading one's own writes, against a real database.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use jangteo::http::{Json, NotBefore, Problem};
use sqlx::{Connection, PgConnection, PgPool};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::house::{self, service};

/// A database of its own with where each of two read models stands.
async fn database() -> PgPool {
    let address =
        std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL names a PostgreSQL to test with");
    let name = format!("http_{}", Uuid::from_u128(rand::random()).simple());
    let mut admin = PgConnection::connect(&address).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let (server, _) = address.rsplit_once('/').unwrap();
    let pool = PgPool::connect(&format!("{server}/{name}")).await.unwrap();
    sqlx::migrate!("./migrations").run(&pool).await.unwrap();
    let rows = "INSERT INTO projection (name, revision, build, position, live) VALUES ('orders', 1, 1, 7, true), ('claims', 1, 1, 5, true)";
    sqlx::query(rows).execute(&pool).await.unwrap();
    pool
}

fn house(pool: &PgPool) -> Router {
    let (one, both) = (pool.clone(), pool.clone());
    let wait = |pool: PgPool, names: &'static [&'static str]| {
        move |not_before: NotBefore| async move {
            not_before.wait_at_most(Duration::from_millis(50), &pool, names).await?;
            Ok::<_, Problem>(Json("seen"))
        }
    };
    let table = OpenApiRouter::new()
        .route("/orders", get(wait(one, &["orders"])))
        .route("/both", get(wait(both, &["orders", "claims"])));
    service(table)
}

#[tokio::test]
async fn a_read_waits_for_what_it_is_to_see() {
    let pool = database().await;
    let service = house(&pool);
    for (path, headers, seen) in [
        ("/orders", &[][..], true),
        ("/orders", &["Jangteo-Position: 7"], true),
        ("/orders", &["Jangteo-Position: 8"], false),
        ("/both", &["Jangteo-Position: 5"], true),
        ("/both", &["Jangteo-Position: 7"], false),
    ] {
        let reply = house::get(&service, path, headers).await;
        if seen {
            assert_eq!(reply.json, "seen", "{path} {headers:?}: {reply:?}");
        } else {
            reply.is_problem(503, "not_caught_up");
            assert_eq!(reply.header("retry-after"), "1");
        }
    }
    house::get(&service, "/orders", &["Jangteo-Position: x"]).await.is_problem(400, "bad_position");
}

#[tokio::test]
async fn a_database_that_is_gone_is_no_ones_mistake() {
    let pool = database().await;
    pool.close().await;
    let reply = house::get(&house(&pool), "/orders", &["Jangteo-Position: 1"]).await;
    reply.is_problem(503, "database_unavailable");
}

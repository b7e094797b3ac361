//! Reading one's own writes, against a real database.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use eventstore::{Context, Log, Memory};
use jangteo::http::{Json, NotBefore, Problem};
use jangteo::positions::Positions;
use kernel::Actor;
use kernel::id::{CommandId, CorrelationId, MemberId};
use member::email::{Claim, Command};
use member::{EmailClaim, EmailHash, Holder};
use sqlx::{Connection, PgConnection, PgPool};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::house::{self, service};

/// How long a reader waits who will see nothing.
const SOON: Duration = Duration::from_millis(50);
/// How long a reader waits where a test would not wait to the end.
const LONG: Duration = Duration::from_hours(1);

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

/// A log of nine commits.
async fn log() -> Log {
    let log = Log::new(Arc::new(Memory::default()));
    for number in 0..9_u32 {
        let hash = EmailHash::new(format!("{number:064x}")).unwrap();
        let holder = Holder::Member(MemberId(Uuid::from_u128(1)));
        let claim = Command::Claim(Claim { email_hash: hash.clone(), holder, at: house::now() });
        let context = Context {
            command_id: CommandId(Uuid::from_u128(rand::random())),
            correlation_id: CorrelationId(Uuid::from_u128(1)),
            causation: None,
            actor: Actor::Guest,
            at: house::now(),
            request: None,
        };
        log.execute::<EmailClaim>(&context, &hash, claim).await.unwrap();
    }
    log
}

async fn house(pool: &PgPool, patience: Duration) -> Router {
    let positions = Positions::new(log().await, pool.clone());
    let (one, both) = (positions.clone(), positions);
    let wait = |positions: Positions, names: &'static [&'static str]| {
        move |not_before: NotBefore| async move {
            not_before.wait_at_most(patience, &positions, names).await?;
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
    let service = house(&pool, SOON).await;
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
async fn nobody_waits_for_what_no_write_has_told() {
    let pool = database().await;
    let service = house(&pool, LONG).await;
    for position in ["10", "999999999", "18446744073709551615"] {
        let header = format!("Jangteo-Position: {position}");
        // Within the test's own time: the house would wait for an hour.
        for path in ["/orders", "/both"] {
            house::get(&service, path, &[&header]).await.is_problem(400, "position_ahead");
        }
    }
}

#[tokio::test]
async fn many_wait_together_and_all_see_it() {
    let pool = database().await;
    let service = house(&pool, LONG).await;
    let readers = (0..200).map(|_| house::get(&service, "/orders", &["Jangteo-Position: 9"]));
    let (replies, moved) = tokio::join!(futures::future::join_all(readers), async {
        let update = "UPDATE projection SET position = 9 WHERE name = 'orders'";
        sqlx::query(update).execute(&pool).await.unwrap()
    });
    assert_eq!(moved.rows_affected(), 1);
    assert!(replies.iter().all(|reply| reply.json == "seen"));
}

#[tokio::test]
async fn a_database_that_is_gone_is_no_ones_mistake() {
    let pool = database().await;
    pool.close().await;
    let reply = house::get(&house(&pool, SOON).await, "/orders", &["Jangteo-Position: 1"]).await;
    reply.is_problem(503, "database_unavailable");
}

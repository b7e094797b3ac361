//! A database that ends its connections is away for a while: callers are told to try again, never that something broke.

use jangteo::http::Problem;

use crate::database::Database;

#[tokio::test]
async fn a_database_that_is_being_stopped_is_away() {
    let database = Database::fresh().await;
    let ended = sqlx::query("SELECT pg_terminate_backend(pg_backend_pid())").execute(&database.pool).await;
    let problem = Problem::from(ended.unwrap_err());
    assert_eq!((problem.status().as_u16(), problem.code()), (503, "database_unavailable"));
    database.drop().await;
}

#[tokio::test]
async fn a_query_that_is_wrong_is_broken() {
    let database = Database::fresh().await;
    let wrong = sqlx::query("SELECT 1 / 0").execute(&database.pool).await;
    assert_eq!(Problem::from(wrong.unwrap_err()).status().as_u16(), 500);
    database.drop().await;
}

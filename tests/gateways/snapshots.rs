//! Snapshots in PostgreSQL: the newest of this release's, of one log.

use eventstore::{Seq, Snapshot, Snapshots, StreamName};
use jangteo::snapshots::StoredSnapshots;
use kernel::id::CommitId;
use uuid::Uuid;

use crate::database::Database;

fn snapshot(version: u64) -> Snapshot {
    Snapshot {
        stream: StreamName::new("product", "stock", 7),
        version: Seq(version),
        commit: CommitId(Uuid::from_u64_pair(0, version)),
        body: format!(r#"{{"at":{version}}}"#),
    }
}

#[tokio::test]
async fn the_newest_stays_whichever_came_last() {
    let database = Database::fresh().await;
    let snapshots = StoredSnapshots::new(database.pool.clone(), "shop".to_owned());
    let stream = snapshot(1).stream;
    assert_eq!(snapshots.newest(&stream).await, None);
    for version in [1_000, 3_000, 2_000] {
        snapshots.keep(snapshot(version)).await;
    }
    assert_eq!(snapshots.newest(&stream).await, Some(snapshot(3_000)));
    // Another log on the same database knows nothing of it.
    let another = StoredSnapshots::new(database.pool.clone(), "mall".to_owned());
    assert_eq!(another.newest(&stream).await, None);
    database.drop().await;
}

#[tokio::test]
async fn what_another_release_made_is_not_read_and_makes_room() {
    let database = Database::fresh().await;
    let snapshots = StoredSnapshots::new(database.pool.clone(), "shop".to_owned());
    snapshots.keep(snapshot(3_000)).await;
    let other = "UPDATE aggregate_snapshot SET domains = 'another release'";
    sqlx::query(other).execute(&database.pool).await.unwrap();
    assert_eq!(snapshots.newest(&snapshot(1).stream).await, None);
    snapshots.keep(snapshot(1_000)).await;
    assert_eq!(snapshots.newest(&snapshot(1).stream).await, Some(snapshot(1_000)));
    database.drop().await;
}

#[tokio::test]
async fn a_database_that_is_away_costs_a_snapshot_and_nothing_else() {
    let database = Database::fresh().await;
    let snapshots = StoredSnapshots::new(database.pool.clone(), "shop".to_owned());
    database.pool.close().await;
    snapshots.keep(snapshot(1_000)).await;
    assert_eq!(snapshots.newest(&snapshot(1).stream).await, None);
    database.drop().await;
}

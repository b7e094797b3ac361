//! The server refuses connections.

use eventstore::{AppendError, EventStore, Seq};

use crate::site::Site;
use crate::tally::id;
use crate::written::commit;

#[tokio::test(flavor = "multi_thread")]
async fn appends_wait_for_a_server_that_comes_back() {
    let mut site = Site::new().await;
    site.gate.shut();
    site.tried(3).await;
    let behind = site.behind.clone();
    let append = tokio::spawn(async move { behind.append(commit(id(), Seq(0), 1)).await });
    site.tried(6).await;
    site.gate.open();
    assert_eq!(append.await.unwrap().unwrap().seq(), Seq(1));
    assert_eq!(site.head().await, Seq(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_patience_the_outcome_is_unknown_and_a_later_try_settles_it() {
    let mut site = Site::new().await;
    site.gate.shut();
    site.tried(1).await;
    let late = commit(id(), Seq(0), 1);
    let refused = site.behind.append(late.clone()).await;
    // Words that the client still holds may reach the server later: nobody can say that nothing is written.
    assert!(matches!(refused, Err(AppendError::OutcomeUnknown)), "{refused:?}");
    site.gate.open();
    assert_eq!(site.behind.append(late).await.unwrap().seq(), Seq(1));
    assert_eq!(site.head().await, Seq(1));
}

//! The publish gets in, its answer is lost.

use eventstore::{AppendError, CommandError, EventStore, Log, Seq};

use crate::site::Site;
use crate::tally::{Tally, context, id};
use crate::written::commit;

#[tokio::test(flavor = "multi_thread")]
async fn an_append_whose_answer_is_lost_is_written_once() {
    let site = Site::new().await;
    site.gate.mute();
    let behind = site.behind.clone();
    let append = tokio::spawn(async move { behind.append(commit(id(), Seq(0), 1)).await });
    site.stands(Seq(1)).await;
    site.gate.open();
    assert_eq!(append.await.unwrap().unwrap().seq(), Seq(1));
    assert_eq!(site.head().await, Seq(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_whose_answer_is_lost_is_written_once() {
    let site = Site::new().await;
    site.gate.mute();
    let behind = site.behind.clone();
    let batch = vec![commit(id(), Seq(0), 1), commit(id(), Seq(0), 2), commit(id(), Seq(0), 3)];
    let append = tokio::spawn(async move { behind.append_all(batch).await });
    site.stands(Seq(3)).await;
    site.gate.open();
    assert_eq!(append.await.unwrap().unwrap().seq(), Seq(3));
    assert_eq!(site.head().await, Seq(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_whose_answer_is_lost_has_its_first_outcome() {
    let site = Site::new().await;
    let (tally, command, log) = (id(), context(id()), Log::new(site.behind.clone()));
    log.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    site.gate.mute();
    let (writer, asked) = (log.clone(), command.clone());
    let written = tokio::spawn(async move { writer.execute::<Tally>(&asked, &tally, 5).await });
    site.stands(Seq(2)).await;
    site.gate.open();
    assert_eq!(written.await.unwrap().unwrap().position, Seq(2));
    for log in [log, Log::new(site.straight.clone())] {
        let again = log.execute::<Tally>(&command, &tally, 5).await.unwrap();
        assert!(again.replayed);
        assert_eq!(again.position, Seq(2));
        assert_eq!(*log.read_latest::<Tally>(&tally).await.unwrap().state, 6);
    }
    assert_eq!(site.head().await, Seq(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_stays_lost_is_an_unknown_outcome_and_later_the_first_one() {
    let site = Site::new().await;
    let (tally, command, log) = (id(), context(id()), Log::new(site.behind.clone()));
    log.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    site.gate.mute();
    let lost = log.execute::<Tally>(&command, &tally, 5).await;
    assert!(matches!(lost, Err(CommandError::Append(AppendError::OutcomeUnknown))), "{lost:?}");
    site.gate.open();
    let found = log.execute::<Tally>(&command, &tally, 5).await.unwrap();
    assert!(found.replayed);
    assert_eq!(found.position, Seq(2));
    assert_eq!(site.head().await, Seq(2));
}

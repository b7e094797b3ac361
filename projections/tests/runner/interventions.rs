//! A read model that stopped goes on after a retry or a skip; each is kept with its reason.

use eventstore::Seq;
use projections::intervention::{InterventionError, Reason, interventions, retry, skip, withdraw};
use projections::runner::rebuild;
use projections::{Build, ProjectionError};

use crate::house::House;
use crate::models::{Entries, Positions, added, unheard_of};

fn because(text: &str) -> Reason {
    Reason { by: "mina".to_owned(), text: text.to_owned() }
}

async fn kinds(house: &House) -> Vec<(i64, String, String)> {
    let made = interventions(&house.pool).await.unwrap();
    made.into_iter().map(|one| (one.position, one.kind, one.reason)).collect()
}

#[tokio::test]
async fn a_skipped_commit_is_left_out_of_every_build_and_no_other_is() {
    let house = House::new("skipped").await;
    house.add(1..=3).await;
    house.append(unheard_of(4)).await;
    house.add(5..=7).await;
    let worker = house.follow::<Entries<1>>();
    assert_eq!(house.stop_of::<Entries<1>>().await.0, 4);
    let stop = skip(&house.pool, "entries", Seq(4), &because("written by mistake")).await.unwrap();
    assert!(stop.why.contains("unknown event `vanished` version 1"), "{stop:?}");
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await, [1, 2, 3, 5, 6, 7]);
    let [kept] = &interventions(&house.pool).await.unwrap()[..] else { panic!("one intervention") };
    assert_eq!((kept.name.as_str(), kept.position, kept.kind.as_str()), ("entries", 4, "skip"));
    assert_eq!((kept.made_by.as_str(), kept.reason.as_str()), ("mina", "written by mistake"));
    assert_eq!(kept.error, stop.why);
    rebuild::<Entries<1>>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert_eq!(house.entries().await, [1, 2, 3, 5, 6, 7]);
    worker.abort();
    house.close().await;
}

#[tokio::test]
async fn rows_that_cannot_be_written_are_skipped_alone() {
    let house = House::new("skipped_rows").await;
    house.add(1..=3).await;
    for number in [4, 6] {
        house.append(added(number, 1_001)).await;
        house.add(number + 1..=number + 1).await;
    }
    let worker = house.follow::<Entries<1>>();
    for position in [4, 6] {
        assert_eq!(house.stop_of::<Entries<1>>().await.0, position);
        let asked = Seq(u64::try_from(position).unwrap());
        skip(&house.pool, "entries", asked, &because("too much")).await.unwrap();
        house.seen::<Entries<1>>(asked).await;
    }
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await, [1, 2, 3, 5, 7]);
    worker.abort();
    house.close().await;
}

#[tokio::test]
async fn only_the_commit_that_stops_a_read_model_can_be_skipped() {
    let house = House::new("refused").await;
    house.add(1..=3).await;
    let workers = [house.follow::<Entries<1>>(), house.follow::<Positions>()];
    house.seen_all::<Entries<1>>().await;
    let ahead = skip(&house.pool, "entries", Seq(4), &because("in advance")).await;
    assert!(matches!(ahead, Err(InterventionError::NotStopped { .. })), "{ahead:?}");
    house.append(unheard_of(4)).await;
    house.stop_of::<Entries<1>>().await;
    house.seen_all::<Positions>().await;
    for position in [3, 5] {
        let elsewhere = skip(&house.pool, "entries", Seq(position), &because("a slip")).await;
        assert!(
            matches!(elsewhere, Err(InterventionError::StoppedElsewhere { stopped_at: Seq(4), .. })),
            "{elsewhere:?}"
        );
    }
    let other = skip(&house.pool, "positions", Seq(4), &because("the wrong one")).await;
    assert!(matches!(other, Err(InterventionError::NotStopped { .. })), "{other:?}");
    let unknown = retry(&house.pool, "nobody", &because("who?")).await;
    assert!(matches!(unknown, Err(InterventionError::Unknown { .. })), "{unknown:?}");
    let silent = skip(&house.pool, "entries", Seq(4), &because(" ")).await;
    assert!(matches!(silent, Err(InterventionError::NoReason)), "{silent:?}");
    let not_skipped = withdraw(&house.pool, "entries", Seq(4), &because("never was")).await;
    assert!(matches!(not_skipped, Err(InterventionError::NotSkipped { .. })), "{not_skipped:?}");
    assert_eq!(kinds(&house).await, []);
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    house.close().await;
}

#[tokio::test]
async fn a_retry_after_mending_goes_on() {
    let house = House::new("retried").await;
    house.add(1..=3).await;
    house.append(added(4, 1_001)).await;
    house.add(5..=7).await;
    let worker = house.follow::<Entries<1>>();
    house.stop_of::<Entries<1>>().await;
    retry(&house.pool, "entries", &because("perhaps now")).await.unwrap();
    assert_eq!(house.stop_of::<Entries<1>>().await.0, 4, "what isn't mended stops it again");
    house.alter("entries_r1_1.tally_entry DROP CONSTRAINT tally_entry_added_check").await;
    retry(&house.pool, "entries", &because("the limit is gone")).await.unwrap();
    house.seen_all::<Entries<1>>().await;
    assert_eq!(house.entries().await, [1, 2, 3, 4, 5, 6, 7]);
    let running = retry(&house.pool, "entries", &because("once more")).await;
    assert!(matches!(running, Err(InterventionError::NotStopped { .. })), "{running:?}");
    let retries = ["perhaps now", "the limit is gone"].map(|why| (4, "retry".to_owned(), why.to_owned()));
    assert_eq!(kinds(&house).await, retries);
    worker.abort();
    house.close().await;
}

#[tokio::test]
async fn a_withdrawn_skip_is_read_again_by_the_next_build() {
    let house = House::new("withdrawn").await;
    Build::current::<Entries<1>>(&house.pool).await.unwrap();
    // This build alone can't take position 4; the next one could, if it were not for the skip.
    house.alter("entries_r1_1.tally_entry ADD CHECK (position <> 4)").await;
    house.add(1..=6).await;
    let worker = house.follow::<Entries<1>>();
    assert_eq!(house.stop_of::<Entries<1>>().await.0, 4);
    skip(&house.pool, "entries", Seq(4), &because("we need the rest")).await.unwrap();
    house.seen_all::<Entries<1>>().await;
    rebuild::<Entries<1>>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert_eq!(house.entries().await, [1, 2, 3, 5, 6]);
    withdraw(&house.pool, "entries", Seq(4), &because("it can be read")).await.unwrap();
    rebuild::<Entries<1>>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert_eq!(house.entries().await, [1, 2, 3, 4, 5, 6]);
    worker.abort();
    house.close().await;
}

#[tokio::test]
async fn a_rebuild_that_meets_a_poison_ends_there_and_leaves_nothing_behind() {
    let house = House::new("rebuild_stops").await;
    house.add(1..=3).await;
    house.append(unheard_of(4)).await;
    let worker = house.follow::<Entries<1>>();
    house.stop_of::<Entries<1>>().await;
    let rebuilt = rebuild::<Entries<1>>(&house.pool, &house.log, |_| {}).await.unwrap_err();
    assert!(matches!(rebuilt, ProjectionError::Read(_)) && rebuilt.position() == Some(Seq(4)), "{rebuilt}");
    assert_eq!(house.entries().await, [1, 2, 3]);
    let builds: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'entries%'")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(builds, 1);
    worker.abort();
    house.close().await;
}

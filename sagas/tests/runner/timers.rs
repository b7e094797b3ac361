//! Timers: once each, in their order, at the instant they were set for, through any crash.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use eventstore::StreamName;
use kernel::Timestamp;
use sagas::points::{Point, Wait, Watcher};
use sagas::process::{Ask, Event, Process, Told};
use sagas::{Input, Points};

use crate::bell::{Ring, Ringer, Timer};
use crate::house::{House, bell, hour};

/// Which bells' timers fired, in the log's order, and for which instant.
async fn fired(house: &House) -> Vec<(u128, Timer, Timestamp)> {
    let mut fired = Vec::new();
    for commit in house.commits().await {
        for event in commit.events_of::<Process<Ringer>>().unwrap().unwrap_or_default().iter() {
            if let Event::Stepped(step) = event
                && let Input::TimerFired { timer, at } = &step.input
            {
                let bell = (1..10).find(|&n| commit.stream == StreamName::of::<Process<Ringer>>(&bell(n)));
                fired.push((bell.unwrap(), *timer, *at));
            }
        }
    }
    fired
}

#[tokio::test(flavor = "multi_thread")]
async fn timers_fire_once_and_in_order() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(2, &[Ring::TimerIn(5 * 24)]).await;
    house.ring(1, &[Ring::TimerIn(24)]).await;
    house.ring(4, &[Ring::TimerIn(50 * 24)]).await;
    coordinator.quiesce().await.unwrap();
    assert_eq!(fired(&house).await, []);

    house.move_clock_to(40 * 24);
    coordinator.quiesce().await.unwrap();
    let expected =
        [(1, Timer::First, hour(24)), (1, Timer::Second, hour(26)), (2, Timer::First, hour(5 * 24))];
    assert_eq!(fired(&house).await, expected, "what follows from a timer comes before the later ones");
    assert_eq!(house.notebook.done().len(), 3);

    let again = house.start_from_0().await;
    again.quiesce().await.unwrap();
    assert_eq!(fired(&house).await, expected);
    assert_eq!(house.notebook.done().len(), 3);
    house.close().await;
}

/// Counts how often due timers are looked up.
#[derive(Default)]
struct Looks(AtomicUsize);

#[async_trait]
impl Watcher for Looks {
    async fn passed(&self, _: Option<&'static str>, point: Point) {
        if point == Point::Behind(Wait::Look) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Holds every look for due timers up for ever.
struct Held;

#[async_trait]
impl Watcher for Held {
    async fn passed(&self, _: Option<&'static str>, point: Point) {
        if point == Point::Before(Wait::Look) {
            std::future::pending::<()>().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checkpoint_is_saved_however_long_timers_wait_for_their_turn() {
    let mut house = House::new().await;
    house.points = Points::watched_by(Arc::new(Held));
    let _coordinator = house.start().await;
    let rung = house.ring(1, &[Ring::Errand]).await;
    let saved = async {
        let position = "SELECT position FROM coordinator_checkpoint";
        let rung = i64::try_from(rung.0).unwrap();
        while sqlx::query_scalar(position).fetch_optional(&house.pool).await.unwrap() < Some(rung) {}
    };
    tokio::time::timeout(Duration::from_secs(30), saved).await.expect("the checkpoint stands");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_timers_than_one_look_finds_all_fire_once() {
    const TIMERS: u128 = 2_500;
    let mut house = House::new().await;
    let looks = Arc::new(Looks::default());
    house.points = Points::watched_by(looks.clone());
    let coordinator = house.start().await;
    for number in 1..=TIMERS {
        house.ring(number * 2, &[Ring::TimerIn(1)]).await;
    }
    coordinator.quiesce().await.unwrap();
    house.stop().await;
    let before = looks.0.load(Ordering::SeqCst);

    house.move_clock_to(1);
    let coordinator = house.start().await;
    coordinator.quiesce().await.unwrap();
    let done = house.notebook.done();
    let bells: BTreeSet<String> = done.iter().map(|errand| format!("{errand:?}")).collect();
    let expected = usize::try_from(TIMERS).unwrap();
    assert_eq!((done.len(), bells.len()), (expected, expected));
    assert_eq!(house.notebook.asked(), expected, "and each was asked for once");
    // 1,000 in one look, then 1,000, then 500, then none.
    assert!(looks.0.load(Ordering::SeqCst) - before <= 5, "the looks are as few as they can be");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timers_commands_are_issued_once_by_the_process_that_fired_it() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(2, &[Ring::TimerIn(1)]).await;
    house.move_clock_to(1);
    coordinator.quiesce().await.unwrap();
    assert_eq!(house.notebook.asked(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_timer_does_not_fire_and_one_set_anew_fires_at_its_new_instant() {
    let mut house = House::new().await;
    let coordinator = house.start().await;
    house.ring(2, &[Ring::TimerIn(1), Ring::NoTimer]).await;
    house.ring(4, &[Ring::TimerIn(1), Ring::TimerIn(3)]).await;
    coordinator.quiesce().await.unwrap();
    house.move_clock_to(2);
    coordinator.quiesce().await.unwrap();
    assert_eq!(fired(&house).await, []);
    house.move_clock_to(3);
    coordinator.quiesce().await.unwrap();
    assert_eq!(fired(&house).await, [(4, Timer::First, hour(3))]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_the_index_still_shows_is_not_heard_when_it_was_set_anew() {
    let mut house = House::new().await;
    house.start().await.quiesce().await.unwrap();
    house.ring(2, &[Ring::TimerIn(3)]).await;
    house.start().await.quiesce().await.unwrap();
    let stale = Input::TimerFired { timer: Timer::First, at: hour(1) };
    take(&house, "timer/stale", stale).await;
    assert_eq!(fired(&house).await, []);
    assert_eq!(house.instance(2).await.timers.get(&Timer::First), Some(&hour(3)));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_behind_a_timers_step_loses_no_command() {
    let mut house = House::new().await;
    house.ring(2, &[Ring::TimerIn(1)]).await;
    house.start().await.quiesce().await.unwrap();
    // The step is in the log; its process ended before it issued anything.
    take(&house, "timer/1/\"first\"", Input::TimerFired { timer: Timer::First, at: hour(1) }).await;
    house.start().await.quiesce().await.unwrap();
    assert_eq!(house.notebook.done().len(), 1);
    house.close().await;
}

/// Writes a step as a process would that ends right after.
async fn take(house: &House, source: &str, input: Input<crate::bell::Rung, Timer>) {
    let ask = Ask::Take(vec![Told { source: source.to_owned(), input }]);
    house.log.execute::<Process<Ringer>>(&house.context(), &bell(2), ask).await.unwrap();
}

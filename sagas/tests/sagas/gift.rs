//! Gift: it waits for its recipient until its time is over, and what nobody accepted is cancelled.

use kernel::Sealed;
use order::command::{AcceptGift, DeclineGift, LapseGift, Place};
use order::value::Gift as Said;
use sagas::gift::{Gift, Timer};
use sagas::{Effect, Errand};

use crate::given::{DAY, Told, check, minute, story, told};
use crate::market::{self, ORDER, order_story, to_order};

type Words = Vec<Told<Timer>>;

const OVER: i64 = 1 + 7 * DAY;
const NO_TIMER: Effect<Timer> = Effect::CancelTimer { timer: Timer::AcceptBy };

/// What a gift says: placed at minute 0, paid at minute 1, then these.
fn says(commands: Vec<(i64, order::Command)>) -> Words {
    let order::Command::Place(place) = market::place() else { panic!("it is a placement") };
    let gift = Some(Said { card: Sealed("Y2FyZA==".into()), accept_within_days: 7 });
    let place = order::Command::Place(Place { recipient: None, gift, ..place });
    let first = [(0, place), (1, market::mark_paid(minute(1)))];
    told(&story::<order::Order>(&ORDER, first.into_iter().chain(commands)))
}

fn accepted() -> order::Command {
    let recipient = Sealed("aG9tZQ==".into());
    order::Command::AcceptGift(AcceptGift { recipient, memo: None, at: minute(5) })
}

fn declined() -> order::Command {
    order::Command::DeclineGift(DeclineGift { at: minute(5) })
}

/// The last word of these.
fn last(commands: Vec<(i64, order::Command)>) -> Told<Timer> {
    says(commands).pop().unwrap()
}

fn and(words: Words, more: impl IntoIterator<Item = Told<Timer>>) -> Words {
    words.into_iter().chain(more).collect()
}

fn lapse(at: i64) -> Effect<Timer> {
    to_order(order::Command::LapseGift(LapseGift { at: minute(at) }))
}

fn cancel(at: i64) -> Effect<Timer> {
    Effect::issue(Errand::CancelGift { order: ORDER, at: minute(at) })
}

#[test]
fn a_paid_gift_waits_until_its_time_is_over() {
    check::<Gift>(says(vec![]), &[Effect::StartTimer { timer: Timer::AcceptBy, at: minute(OVER) }]);
    check::<Gift>(and(says(vec![]), [Told::Fires(Timer::AcceptBy)]), &[lapse(OVER)]);
}

#[test]
fn an_accepted_gift_has_no_time_to_keep() {
    check::<Gift>(says(vec![(5, accepted())]), &[NO_TIMER]);
}

#[test]
fn what_nobody_accepted_is_cancelled() {
    check::<Gift>(says(vec![(5, declined())]), &[NO_TIMER, cancel(5)]);
    let lapsed = order::Command::LapseGift(LapseGift { at: minute(OVER) });
    check::<Gift>(says(vec![(OVER, lapsed)]), &[NO_TIMER, cancel(OVER)]);
}

#[test]
fn a_recipient_who_was_faster_than_the_time_leaves_nothing_to_do() {
    for code in ["gift_accepted", "gift_over"] {
        let refused = Told::Refused("order.lapse_gift", code);
        check::<Gift>(and(says(vec![]), [Told::Fires(Timer::AcceptBy), refused]), &[]);
    }
}

#[test]
fn an_order_that_is_no_gift_is_none_of_its_business() {
    check::<Gift>(told(&order_story([(1, market::mark_paid(minute(1)))])), &[]);
}

/// What a paid gift and its acceptance say, for whoever sends it.
pub(crate) fn paid_and_accepted<T>() -> Vec<Told<T>> {
    says(vec![(5, accepted())])
        .into_iter()
        .filter_map(|word| match word {
            Told::Commit(commit) => Some(Told::Commit(commit)),
            Told::Fires(_) | Told::Refused(..) => None,
        })
        .collect()
}

/// Every word there is, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let refused = Told::Refused("order.lapse_gift", "gift_accepted");
    let declined = last(vec![(5, declined())]);
    and(says(vec![]), [Told::Fires(Timer::AcceptBy), refused, last(vec![(5, accepted())]), declined])
}

//! Point expiry: each lot has its timer; points that come free too late go at once.

use kernel::id::OrderId;
use kernel::{Price, Text};
use member::PointAccount;
use member::points::{
    self, Earn, Earning, Expire, Hold, LotId, PointAccountId, Release, Restore, RestoreId, Use,
};
use sagas::point_expiry::{PointExpiry, Timer};
use sagas::{Command, Effect};
use uuid::Uuid;

use crate::given::{DAY, Told, check, given, minute, story, told};
use crate::market::{MEMBER, ORDER, mall};

const LOT: LotId = LotId(Uuid::from_u128(0x10));
const RESTORE: RestoreId = RestoreId(Uuid::from_u128(0x20));
/// When the points end that are earned at minute 0.
const END: i64 = 10 * DAY;

fn account() -> PointAccountId {
    PointAccountId { member: MEMBER, mall: mall() }
}

fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

fn earn() -> (i64, points::Command) {
    let PointAccountId { member, mall } = account();
    let earn = Earn {
        member,
        mall,
        lot: LOT,
        amount: price(100),
        expires_at: minute(END),
        reason: Earning::Granted { note: Text::new("welcome").unwrap() },
        at: minute(0),
    };
    (0, points::Command::Earn(earn))
}

fn hold(order: OrderId, on: i64) -> (i64, points::Command) {
    (on, points::Command::Hold(Hold { order, amount: price(60), at: minute(on) }))
}

fn spend(on: i64) -> (i64, points::Command) {
    (on, points::Command::Use(Use { order: ORDER, at: minute(on) }))
}

fn release(on: i64) -> (i64, points::Command) {
    (on, points::Command::Release(Release { order: ORDER, at: minute(on) }))
}

fn restore(on: i64) -> (i64, points::Command) {
    let (amount, at) = (price(60), minute(on));
    (on, points::Command::Restore(Restore { order: ORDER, restore: RESTORE, amount, at }))
}

fn words(commands: impl IntoIterator<Item = (i64, points::Command)>) -> Vec<Told<Timer>> {
    told(&story::<PointAccount>(&account(), std::iter::once(earn()).chain(commands)))
}

fn ends(restore: Option<RestoreId>, at: i64) -> Effect<Timer> {
    Effect::StartTimer { timer: Timer::Ends { restore }, at: minute(at) }
}

fn expire(at: i64) -> Effect<Timer> {
    let command = points::Command::Expire(Expire { at: minute(at) });
    Effect::issue(Command::Points { account: account(), command })
}

/// The timer fires.
fn fires(restore: Option<RestoreId>) -> Told<Timer> {
    Told::Fires(Timer::Ends { restore })
}

#[test]
fn what_is_earned_has_a_timer_for_its_end() {
    check::<PointExpiry>(words([]), &[ends(None, END)]);
    check::<PointExpiry>(words([]).into_iter().chain([fires(None)]).collect(), &[expire(END)]);
}

#[test]
fn points_that_come_free_after_their_end_go_at_once() {
    check::<PointExpiry>(words([hold(ORDER, 1), release(END + 5)]), &[expire(END + 5)]);
    check::<PointExpiry>(words([hold(ORDER, 1), release(END)]), &[expire(END)]);
    check::<PointExpiry>(words([hold(ORDER, 1), release(END - 1)]), &[]);
}

#[test]
fn points_that_come_back_with_a_later_end_have_a_timer_of_their_own() {
    let late = words([hold(ORDER, 1), spend(2), restore(END)]);
    check::<PointExpiry>(late.clone(), &[ends(Some(RESTORE), END + 30 * DAY)]);
    let fired = late.into_iter().chain([fires(None), fires(Some(RESTORE))]).collect();
    check::<PointExpiry>(fired, &[expire(END + 30 * DAY)]);
}

#[test]
fn points_that_come_back_to_their_lot_have_its_timer() {
    let PointAccountId { member, mall } = account();
    let (_, points::Command::Earn(body)) = earn() else { panic!("it earns") };
    let long = points::Command::Earn(Earn { member, mall, expires_at: minute(100 * DAY), ..body });
    let story = story::<PointAccount>(&account(), [(0, long), hold(ORDER, 1), spend(2), restore(DAY)]);
    let given = given::<PointExpiry>(told(&story));
    assert_eq!(given.steps.len(), 1, "{:?}", given.steps);
}

#[test]
fn holding_and_using_is_nobodys_business() {
    assert_eq!(given::<PointExpiry>(words([hold(ORDER, 1), spend(2)])).steps.len(), 1);
}

/// Every word there is.
pub(crate) fn every_word() -> Vec<Told<Timer>> {
    let other = OrderId(Uuid::from_u128(0x99));
    let let_go = |on: i64| (on, points::Command::Release(Release { order: other, at: minute(on) }));
    let points = Earn {
        amount: price(200),
        ..{
            let (_, points::Command::Earn(body)) = earn() else { panic!("it earns") };
            body
        }
    };
    let commands = [
        (0, points::Command::Earn(points)),
        hold(ORDER, 1),
        spend(2),
        hold(other, 3),
        restore(END - DAY),
        let_go(END + 1),
    ];
    let told = told(&story::<PointAccount>(&account(), commands));
    told.into_iter().chain([fires(None), fires(Some(RESTORE))]).collect()
}

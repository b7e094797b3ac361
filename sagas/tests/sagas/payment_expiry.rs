//! Payment expiry: paid in time, or ended with everything let go, once.

use kernel::Amount;
use kernel::id::RefundId;
use order::value::{CancelReason, ClaimKind};
use payment::{Method, VoidReason};
use sagas::payment_expiry::{LONGEST_PAUSE, PaymentExpiry, Timer};
use sagas::{Command, Effect, Errand};
use uuid::Uuid;

use crate::given::{Told, check, given, minute, told};
use crate::market::{self, ORDER, PAYMENT, SKU_A, SKU_B, order_story, released, to_order};
use crate::money::{capture, decline, expire, free_payment, payment_story, start};

type Words = Vec<Told<Timer>>;

fn placed() -> Words {
    told(&order_story([]))
}

/// Placed, and what the payment says after its request.
fn with_payment(method: Method, commands: Vec<(i64, payment::Command)>) -> Words {
    [placed(), told(&payment_story(method, commands)[1..])].concat()
}

fn in_flight() -> Words {
    with_payment(Method::Card, vec![(1, start("a"))])
}

fn and(words: Words, more: impl IntoIterator<Item = Told<Timer>>) -> Words {
    words.into_iter().chain(more).collect()
}

/// The order's last word after its placement.
fn order_says(minute: i64, command: order::Command) -> Told<Timer> {
    Told::Commit(Box::new(order_story([(minute, command)]).remove(1)))
}

fn no_timers(effects: impl IntoIterator<Item = Effect<Timer>>) -> Vec<Effect<Timer>> {
    let timers = [Timer::PaymentDue, Timer::Resolve].map(|timer| Effect::CancelTimer { timer });
    timers.into_iter().chain(effects).collect()
}

fn timer(timer: Timer, at: i64) -> Effect<Timer> {
    Effect::StartTimer { timer, at: minute(at) }
}

fn to_payment(command: payment::Command) -> Effect<Timer> {
    Effect::issue(Command::Payment { payment: PAYMENT, command })
}

fn resolve_capture(at: i64) -> Effect<Timer> {
    Effect::issue(Errand::ResolveCapture { payment: PAYMENT, at: minute(at) })
}

/// Three pieces of one SKU on two lines are one release.
fn releases(at: i64) -> Vec<Effect<Timer>> {
    [released(SKU_A, 3, minute(at)), released(SKU_B, 1, minute(at))].map(Effect::apart).to_vec()
}

fn void(at: i64) -> Effect<Timer> {
    let void = payment::Void { reason: VoidReason::OrderCancelled, at: minute(at) };
    Effect::apart(Command::Payment { payment: PAYMENT, command: payment::Command::Void(void) })
}

#[test]
fn a_placed_order_is_due() {
    check::<PaymentExpiry>(placed(), &[timer(Timer::PaymentDue, 30)]);
}

#[test]
fn an_order_that_was_free_is_not_due() {
    check::<PaymentExpiry>([told(&free_payment()), placed()].concat(), &[]);
}

#[test]
fn a_capture_under_way_is_asked_about_after_a_minute() {
    check::<PaymentExpiry>(in_flight(), &[timer(Timer::Resolve, 2)]);
}

#[test]
fn a_deposit_is_waited_for() {
    check::<PaymentExpiry>(with_payment(Method::VirtualAccount, vec![(1, start("a"))]), &[]);
}

#[test]
fn a_declined_capture_is_not_asked_about() {
    let words = with_payment(Method::Card, vec![(1, start("a")), (2, decline("a"))]);
    check::<PaymentExpiry>(words, &[Effect::CancelTimer { timer: Timer::Resolve }]);
}

#[test]
fn a_captured_payment_pays_the_order() {
    let words = with_payment(Method::Card, vec![(1, start("a")), (2, capture("a"))]);
    check::<PaymentExpiry>(words, &no_timers([to_order(market::mark_paid(minute(2)))]));
}

#[test]
fn money_that_comes_when_the_order_has_ended_goes_back() {
    let words = with_payment(Method::Card, vec![(1, start("a")), (2, capture("a"))]);
    let words = and(words, [Told::Refused("order.mark_paid", "not_pending_payment")]);
    let refund = RefundId(Uuid::new_v5(&ORDER.0, b"captured_after_the_end"));
    let back = payment::StartRefund {
        refund,
        amount: Amount::from_minor(6_500),
        reason_claim: None,
        stray: None,
        key: refund.to_string(),
        at: minute(2),
    };
    check::<PaymentExpiry>(words, &[to_payment(payment::Command::StartRefund(back))]);
}

#[test]
fn a_free_order_that_has_ended_has_nothing_to_give_back() {
    let refused = Told::Refused("order.mark_paid", "not_pending_payment");
    check::<PaymentExpiry>(and(told(&free_payment()), [refused]), &[]);
}

#[test]
fn a_due_payment_expires() {
    let words = and(placed(), [Told::Fires(Timer::PaymentDue)]);
    check::<PaymentExpiry>(words, &[to_payment(expire())]);
}

#[test]
fn a_due_payment_with_a_capture_under_way_is_resolved_and_tried_again() {
    let refused = Told::Refused("payment.expire", "capture_in_flight");
    let words = and(in_flight(), [Told::Fires(Timer::PaymentDue), refused]);
    check::<PaymentExpiry>(words, &[timer(Timer::PaymentDue, 40), resolve_capture(30)]);
}

#[test]
fn a_payment_that_is_due_later_is_tried_again() {
    let words =
        and(placed(), [Told::Fires(Timer::PaymentDue), Told::Refused("payment.expire", "expiry_not_due")]);
    check::<PaymentExpiry>(words, &[timer(Timer::PaymentDue, 40)]);
}

#[test]
fn an_expiry_is_tried_ever_more_rarely_and_never_given_up() {
    let mut given = given::<PaymentExpiry>(in_flight());
    for _ in 0..100 {
        given.tell(Told::Fires(Timer::PaymentDue));
        let due_at = given.instance.timers.get(&Timer::PaymentDue).copied();
        assert_eq!(due_at, None);
        given.tell(Told::Refused("payment.expire", "capture_in_flight"));
    }
    let before = given.instance.timers[&Timer::PaymentDue];
    given.tell(Told::Fires(Timer::PaymentDue));
    given.tell(Told::Refused("payment.expire", "capture_in_flight"));
    assert_eq!(given.instance.timers[&Timer::PaymentDue] - before, LONGEST_PAUSE);
}

#[test]
fn a_capture_declined_after_the_payment_was_due_ends_the_payment() {
    let declined = with_payment(Method::Card, vec![(1, start("a")), (600, decline("a"))]).pop().unwrap();
    let no_resolve = Effect::CancelTimer { timer: Timer::Resolve };
    check::<PaymentExpiry>(and(in_flight(), [declined.clone()]), std::slice::from_ref(&no_resolve));

    let refused = Told::Refused("payment.expire", "capture_in_flight");
    let words = and(in_flight(), [Told::Fires(Timer::PaymentDue), refused, declined]);
    let expire = payment::Command::Expire(payment::Expire { at: minute(600) });
    check::<PaymentExpiry>(words, &[no_resolve, to_payment(expire)]);
}

#[test]
fn an_expiry_refused_for_good_is_left_alone() {
    let refused = Told::Refused("payment.expire", "already_captured");
    check::<PaymentExpiry>(and(placed(), [Told::Fires(Timer::PaymentDue), refused]), &[]);
}

#[test]
fn an_unresolved_capture_is_asked_about_ever_more_rarely() {
    let words = and(in_flight(), [Told::Fires(Timer::Resolve), Told::Fires(Timer::Resolve)]);
    check::<PaymentExpiry>(words, &[timer(Timer::Resolve, 2 + 2 + 4), resolve_capture(4)]);
}

#[test]
fn a_capture_is_asked_about_until_there_is_an_answer() {
    let fires = (0..100).map(|_| Told::Fires(Timer::Resolve));
    let mut given = given::<PaymentExpiry>(and(in_flight(), fires));
    let before = given.instance.timers[&Timer::Resolve];
    let asked = given.tell(Told::Fires(Timer::Resolve));
    let again = Effect::StartTimer { timer: Timer::Resolve, at: before + LONGEST_PAUSE };
    let ask = Effect::issue(Errand::ResolveCapture { payment: PAYMENT, at: before });
    assert_eq!(asked, [again, ask]);
}

#[test]
fn another_attempt_is_asked_about_anew() {
    let commands = vec![(1, start("a")), (2, decline("a")), (3, start("b"))];
    let again = told(&payment_story(Method::Card, commands)[2..]);
    let words = [and(in_flight(), [Told::Fires(Timer::Resolve)]), again].concat();
    check::<PaymentExpiry>(
        and(words, [Told::Fires(Timer::Resolve)]),
        &[timer(Timer::Resolve, 6), resolve_capture(4)],
    );
}

#[test]
fn an_expired_payment_expires_the_order() {
    let words = with_payment(Method::Card, vec![(31, expire())]);
    check::<PaymentExpiry>(words, &no_timers([to_order(market::expire(minute(31)))]));
}

#[test]
fn an_order_never_expires_before_it_is_due() {
    let words = with_payment(Method::Card, vec![(29, expire())]);
    check::<PaymentExpiry>(words, &no_timers([to_order(market::expire(minute(30)))]));
}

#[test]
fn an_expired_order_lets_go_of_its_stock() {
    let words = and(placed(), [order_says(30, market::expire(minute(30)))]);
    check::<PaymentExpiry>(words, &no_timers(releases(30)));
}

#[test]
fn a_cancelled_order_lets_go_of_its_stock_and_its_payment() {
    let words = and(placed(), [order_says(3, market::cancel(CancelReason::Shopper, minute(3)))]);
    check::<PaymentExpiry>(words, &no_timers(releases(3).into_iter().chain([void(3)])));
}

#[test]
fn stock_is_let_go_of_once() {
    let cancelled = order_says(3, market::cancel(CancelReason::Shopper, minute(3)));
    let expired = order_says(30, market::expire(minute(30)));
    let words = and(placed(), [cancelled, expired]);
    check::<PaymentExpiry>(words, &no_timers([]));
}

#[test]
fn a_failed_payment_cancels_the_order() {
    let commands = (0..10).flat_map(|nth| {
        let key = format!("attempt-{nth}");
        [(1, start(&key)), (2, decline(&key))]
    });
    let words = with_payment(Method::Card, commands.collect());
    let declined = Effect::CancelTimer { timer: Timer::Resolve };
    let cancelled = to_order(market::cancel(CancelReason::PaymentFailed, minute(2)));
    let expected: Vec<_> = std::iter::once(declined).chain(no_timers([cancelled])).collect();
    check::<PaymentExpiry>(words.clone(), &expected);

    let ended = order_says(3, market::cancel(CancelReason::PaymentFailed, minute(3)));
    check::<PaymentExpiry>(and(words, [ended]), &no_timers(releases(3)));
}

#[test]
fn an_order_whose_every_piece_was_cancelled_by_claims_is_the_claims_business() {
    let claim = market::open_claim(ClaimKind::Cancel, &[(1, 2), (2, 1), (3, 1)], minute(3));
    let complete = order::command::CompleteClaim { claim: market::CLAIM, at: minute(4) };
    let commands =
        [(2, market::mark_paid(minute(2))), (3, claim), (4, order::Command::CompleteClaim(complete))];
    check::<PaymentExpiry>(told(&order_story(commands)), &[]);
}

/// Every word there is, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let attempts = (0..10).flat_map(|nth| {
        let key = format!("attempt-{nth}");
        [(1, start(&key)), (2, decline(&key))]
    });
    let failed = told(&payment_story(Method::Card, attempts)).pop().unwrap();
    let in_flight = and(in_flight(), [Told::Fires(Timer::Resolve), Told::Fires(Timer::PaymentDue)]);
    let captured = with_payment(Method::Card, vec![(1, start("a")), (2, capture("a"))]).pop().unwrap();
    let expired = with_payment(Method::Card, vec![(30, expire())]).pop().unwrap();
    let more = [
        Told::Refused("payment.expire", "capture_in_flight"),
        expired,
        failed,
        order_says(3, market::cancel(CancelReason::Shopper, minute(3))),
        order_says(30, market::expire(minute(30))),
        captured,
        Told::Refused("order.mark_paid", "not_pending_payment"),
    ];
    and(in_flight, more)
}

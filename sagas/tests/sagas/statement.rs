//! Statement: closed, confirmed and paid by itself; what the bank refuses for good is a person's.

use eventstore::Recorded;
use kernel::id::{PayoutId, StatementId};
use kernel::{Amount, Currency, Rate, Text};
use sagas::statement::{RETRIES, Statement, Timer};
use sagas::{Command, Effect, Errand, Saga};
use settlement::accrual::ConfirmedLine;
use settlement::command::{Accrue, Close, Confirm, RecordPayoutFailure, RequestPayout, RetryPayout};
use settlement::cycle::Period;
use settlement::value::{Heading, ItemKey, PayoutFailure, TaxType, Terms};
use uuid::Uuid;

use crate::given::{DAY, Given, Told, check, minute, story, told};
use crate::market::{MERCHANT, ORDER, mall, pieces, price};

type Words = Vec<Told<Timer>>;

const STATEMENT: StatementId = StatementId(Uuid::from_u128(0x08));
const MONTH: i64 = 30 * DAY;

fn payout(nth: u32) -> PayoutId {
    PayoutId(Uuid::new_v5(&STATEMENT.0, format!("payout/{nth}").as_bytes()))
}

fn rate(text: &str) -> Rate {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

fn accrue() -> settlement::Command {
    let line = ConfirmedLine {
        item: ItemKey::new("order/1/0").unwrap(),
        order: ORDER,
        line: 1,
        quantity: pieces(1),
        tax: TaxType::Taxable,
        sale: Amount::from_minor(10_000),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        shipping: Amount::ZERO,
        commission_rate: None,
        basis_at: minute(1),
    };
    let period = Period::new(minute(0), minute(MONTH)).unwrap();
    settlement::Command::Accrue(Accrue {
        statement: STATEMENT,
        heading: Heading { merchant: MERCHANT, mall: mall(), currency: Currency::Krw, period },
        terms: Terms { commission_rate: rate("0.12"), commission_vat_rate: rate("0.1") },
        lines: vec![line],
        cites: 1,
        at: minute(1),
    })
}

fn close(at: i64) -> settlement::Command {
    settlement::Command::Close(Close { statement: STATEMENT, at: minute(at) })
}

fn confirm(at: i64) -> settlement::Command {
    settlement::Command::Confirm(Confirm { statement: STATEMENT, at: minute(at) })
}

fn request(minimum: i64, cites: u64, at: i64) -> settlement::Command {
    settlement::Command::RequestPayout(RequestPayout {
        statement: STATEMENT,
        payout: payout(1),
        key: Text::new(payout(1).to_string()).unwrap(),
        minimum: price(minimum),
        withheld: false,
        cites,
        at: minute(at),
    })
}

fn fail(nth: u32, reason: PayoutFailure, at: i64) -> settlement::Command {
    let payout = payout(nth);
    let failure = RecordPayoutFailure { statement: STATEMENT, payout, reason, cites: 4, at: minute(at) };
    settlement::Command::RecordPayoutFailure(failure)
}

fn retry(nth: u32, cites: u64, at: i64) -> settlement::Command {
    settlement::Command::RetryPayout(RetryPayout {
        statement: STATEMENT,
        payout: payout(nth),
        key: Text::new(payout(nth).to_string()).unwrap(),
        cites,
        at: minute(at),
    })
}

/// What the statement says: opened at 1, closed and confirmed at the month's end, then these.
fn confirmed_and(commands: Vec<(i64, settlement::Command)>) -> Vec<Recorded> {
    let first = [(1, accrue()), (MONTH, close(MONTH)), (MONTH, confirm(MONTH))];
    story::<settlement::Statement>(&STATEMENT, first.into_iter().chain(commands))
}

fn failed(reason: PayoutFailure) -> Words {
    let last = MONTH + 1;
    told(&confirmed_and(vec![(MONTH, request(0, 3, MONTH)), (last, fail(1, reason, last))]))
}

fn to_statement(command: settlement::Command) -> Effect<Timer> {
    Effect::issue(Command::Statement { statement: STATEMENT, command })
}

fn timer(timer: Timer, at: i64) -> Effect<Timer> {
    Effect::StartTimer { timer, at: minute(at) }
}

fn words(count: usize, more: impl IntoIterator<Item = Told<Timer>>) -> Words {
    told(&confirmed_and(vec![])[..count]).into_iter().chain(more).collect()
}

#[test]
fn a_statement_closes_when_its_period_is_over() {
    check::<Statement>(words(1, []), &[timer(Timer::Close, MONTH)]);
    check::<Statement>(words(1, [Told::Fires(Timer::Close)]), &[to_statement(close(MONTH))]);
}

#[test]
fn a_closed_statement_confirms_itself_two_days_later() {
    let at = MONTH + 2 * DAY;
    check::<Statement>(words(2, []), &[timer(Timer::Confirm, at)]);
    check::<Statement>(words(2, [Told::Fires(Timer::Confirm)]), &[to_statement(confirm(at))]);
}

#[test]
fn a_confirmed_statement_is_paid_out_citing_the_confirmation() {
    let no_timer = Effect::CancelTimer { timer: Timer::Confirm };
    check::<Statement>(words(3, []), &[no_timer, to_statement(request(0, 3, MONTH))]);
}

#[test]
fn a_requested_payout_is_put_to_the_bank() {
    let story = confirmed_and(vec![(MONTH, request(0, 3, MONTH))]);
    let no_timer = Effect::CancelTimer { timer: Timer::RetryPayout };
    let pay = Errand::PayOut { statement: STATEMENT, payout: payout(1), at: minute(MONTH) };
    check::<Statement>(told(&story), &[no_timer, Effect::issue(pay)]);
}

#[test]
fn a_payout_that_the_bank_could_not_work_on_is_tried_a_day_later() {
    let failed = failed(PayoutFailure::BankUnavailable);
    let at = MONTH + 1 + DAY;
    check::<Statement>(failed.clone(), &[timer(Timer::RetryPayout, at)]);
    let fired = [failed, vec![Told::Fires(Timer::RetryPayout)]].concat();
    check::<Statement>(fired, &[to_statement(retry(2, 5, at))]);
}

#[test]
fn a_payout_that_the_bank_refused_waits_for_an_operator() {
    check::<Statement>(failed(PayoutFailure::AccountClosed), &[]);
}

#[test]
fn a_payout_is_tried_again_a_limited_number_of_times() {
    let mut commands = vec![(MONTH, request(0, 3, MONTH))];
    for nth in 1..=RETRIES + 1 {
        commands.push((MONTH, fail(nth, PayoutFailure::BankUnavailable, MONTH)));
        commands.push((MONTH, retry(nth + 1, 0, MONTH)));
    }
    let mut given = Given::<Statement>::default();
    let mut retried = 0;
    for word in told(&confirmed_and(commands)) {
        given.tell(word);
        if given.instance.timers.contains_key(&Timer::RetryPayout) {
            let effects = given.tell(Told::Fires(Timer::RetryPayout));
            assert_eq!(effects.len(), 1);
            retried += 1;
        }
    }
    assert_eq!(retried, RETRIES);
}

#[test]
fn a_balance_that_is_not_paid_is_carried_over() {
    let story = confirmed_and(vec![(MONTH, request(1_000_000, 3, MONTH))]);
    let carry = Errand::CarryOver { statement: STATEMENT, at: minute(MONTH) };
    check::<Statement>(told(&story), &[Effect::issue(carry)]);
}

#[test]
fn a_refused_payout_or_carry_is_left_to_a_person() {
    assert!(!Statement::expects("statement.request_payout", "not_confirmed"));
    assert!(!Statement::expects("pay_out", "not_found"));
    assert!(!Statement::expects("carry_over", "mall_not_found"));
}

#[test]
fn a_payout_that_an_operator_retried_first_needs_nothing() {
    assert!(Statement::expects("statement.retry_payout", "payout_still_pending"));
    let refused = Told::Refused("statement.retry_payout", "payout_still_pending");
    check::<Statement>(words(3, [refused]), &[]);
}

/// Every word there is, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let carried = told(&confirmed_and(vec![(MONTH, request(1_000_000, 3, MONTH))])).pop();
    let mut words = failed(PayoutFailure::BankUnavailable);
    words.insert(2, Told::Fires(Timer::Confirm));
    words.insert(1, Told::Fires(Timer::Close));
    words.push(Told::Fires(Timer::RetryPayout));
    words.extend(carried);
    words
}

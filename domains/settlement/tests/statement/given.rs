//! Given / when / then, and the samples that the tests speak of. Amounts are won.

use chrono::{TimeDelta, TimeZone, Utc};
use kernel::id::{MerchantId, OrderId, PayoutId, StatementId};
use kernel::{Amount, Currency, Decider, MallId, Price, Quantity, Rate, Timestamp};
use settlement::accrual::ConfirmedLine;
use settlement::claim_fee::ClaimFee;
use settlement::command::{
    Accrue, CarryIn, Close, Confirm, RecordPayout, RecordPayoutFailure, RequestPayout, RetryPayout,
    SettleClaim,
};
use settlement::cycle::Period;
use settlement::item::SettlementItem;
use settlement::reversal::ReturnedLine;
use settlement::state::Standing;
use settlement::value::{BankReference, Heading, ItemKey, PayoutFailure, PayoutKey, TaxType, Terms};
use settlement::{Command, Event, Rejection, State, Statement};
use uuid::Uuid;

pub(crate) struct Given(Vec<Event>);

pub(crate) struct When(Result<Vec<Event>, Rejection>);

/// A statement to which these commands were put, each of them taken.
pub(crate) fn given(commands: impl IntoIterator<Item = Command>) -> Given {
    let mut events = Vec::new();
    for command in commands {
        let decided =
            Statement::decide(&Statement::fold(&events), command).expect("a given command is taken");
        events.extend(decided);
    }
    Given(events)
}

impl Given {
    pub(crate) fn when(self, command: Command) -> When {
        When(Statement::decide(&self.state(), command))
    }

    pub(crate) fn state(&self) -> State {
        Statement::fold(&self.0)
    }

    pub(crate) fn standing(&self) -> Standing {
        self.state().standing().expect("an opened statement").clone()
    }

    pub(crate) fn events(self) -> Vec<Event> {
        self.0
    }
}

impl When {
    pub(crate) fn then(self, expected: &Result<Vec<Event>, Rejection>) {
        assert_eq!(&self.0, expected);
    }

    pub(crate) fn then_nothing(self) {
        self.then(&Ok(Vec::new()));
    }

    pub(crate) fn then_refused(self, expected: Rejection) {
        self.then(&Err(expected));
    }

    pub(crate) fn events(self) -> Vec<Event> {
        self.0.expect("the command is taken")
    }

    pub(crate) fn result(self) -> Result<Vec<Event>, Rejection> {
        self.0
    }
}

pub(crate) fn statement(number: u128) -> StatementId {
    StatementId(Uuid::from_u128(0x5000 + number))
}

pub(crate) fn merchant() -> MerchantId {
    MerchantId(Uuid::from_u128(0x3000))
}

pub(crate) fn payout(number: u128) -> PayoutId {
    PayoutId(Uuid::from_u128(0x9000 + number))
}

/// So many hours after the period began.
pub(crate) fn hour(hours: i64) -> Timestamp {
    Utc.with_ymd_and_hms(2026, 10, 31, 15, 0, 0).unwrap() + TimeDelta::hours(hours)
}

/// After the period's end.
pub(crate) const AFTER: i64 = 40 * 24;

pub(crate) fn heading() -> Heading {
    Heading {
        merchant: merchant(),
        mall: MallId::new("jang").unwrap(),
        currency: Currency::Krw,
        period: Period::new(hour(0), hour(30 * 24)).unwrap(),
    }
}

pub(crate) fn rate(text: &str) -> Rate {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

pub(crate) fn terms() -> Terms {
    Terms { commission_rate: rate("0.12"), commission_vat_rate: rate("0.1") }
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn key(text: &str) -> ItemKey {
    ItemKey::new(text).unwrap()
}

pub(crate) fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

/// Three pieces for 30,000: 1,000 off by the merchant, 2,000 by the platform, 500 points, 3,000 delivery.
pub(crate) fn line(item: &str) -> ConfirmedLine {
    ConfirmedLine {
        item: key(item),
        order: OrderId(Uuid::from_u128(0x0DE2)),
        line: 1,
        quantity: Quantity::new(3).unwrap(),
        tax: TaxType::Taxable,
        sale: won(30_000),
        discount_merchant: won(1_000),
        discount_platform: won(2_000),
        points: won(500),
        shipping: won(3_000),
        commission_rate: None,
        basis_at: hour(10),
    }
}

pub(crate) fn item(name: &str) -> SettlementItem {
    settlement::accrual::accrue(line(name), &terms(), 41)
}

pub(crate) fn accrue_lines(lines: Vec<ConfirmedLine>) -> Command {
    let (statement, heading, terms) = (statement(1), heading(), terms());
    Command::Accrue(Accrue { statement, heading, terms, lines, cites: 41, at: hour(10) })
}

pub(crate) fn accrue(item: &str) -> Command {
    accrue_lines(vec![line(item)])
}

pub(crate) fn returned(item: &str, original: SettlementItem) -> ReturnedLine {
    let (pieces, basis_at) = (Quantity::new(1).unwrap(), hour(20));
    ReturnedLine { item: key(item), original, first_piece: 0, pieces, basis_at }
}

pub(crate) fn adjust(line: ReturnedLine) -> Command {
    settle_claim(vec![line], None)
}

/// A fee that a claim leaves with the merchant, or takes from it.
pub(crate) fn fee(item: &str, minor: i64) -> ClaimFee {
    let order = OrderId(Uuid::from_u128(0x0DE2));
    let amount = Amount::from_minor(minor);
    ClaimFee { item: key(item), order, tax: TaxType::Taxable, amount, basis_at: hour(20) }
}

pub(crate) fn settle_claim(returned: Vec<ReturnedLine>, fee: Option<ClaimFee>) -> Command {
    let (statement, heading) = (statement(1), heading());
    Command::SettleClaim(SettleClaim { statement, heading, returned, fee, cites: 43, at: hour(20) })
}

pub(crate) fn carry_in(from: u128, minor: i64) -> Command {
    let (from, amount) = (statement(from), Amount::from_minor(minor));
    Command::CarryIn(CarryIn { statement: statement(1), heading: heading(), from, amount, at: hour(2) })
}

pub(crate) fn close() -> Command {
    Command::Close(Close { statement: statement(1), at: hour(AFTER) })
}

pub(crate) fn confirm() -> Command {
    Command::Confirm(Confirm { statement: statement(1), at: hour(AFTER) })
}

pub(crate) fn request_of(number: u128, minimum: i64) -> Command {
    Command::RequestPayout(RequestPayout {
        statement: statement(1),
        payout: payout(number),
        key: PayoutKey::new("statement-1/1").unwrap(),
        minimum: price(minimum),
        withheld: false,
        cites: 50,
        at: hour(AFTER),
    })
}

pub(crate) fn request() -> Command {
    request_of(1, 0)
}

pub(crate) fn record(number: u128) -> Command {
    Command::RecordPayout(RecordPayout {
        statement: statement(1),
        payout: payout(number),
        bank_reference: BankReference::new("KB-20261210-77").unwrap(),
        cites: 51,
        at: hour(AFTER + 1),
    })
}

pub(crate) fn fail(number: u128) -> Command {
    Command::RecordPayoutFailure(RecordPayoutFailure {
        statement: statement(1),
        payout: payout(number),
        reason: PayoutFailure::HolderMismatch,
        cites: 51,
        at: hour(AFTER + 1),
    })
}

pub(crate) fn retry(number: u128) -> Command {
    Command::RetryPayout(RetryPayout {
        statement: statement(1),
        payout: payout(number),
        key: PayoutKey::new("statement-1/2").unwrap(),
        cites: 52,
        at: hour(AFTER + 2),
    })
}

/// Commands that bring a fresh statement to each phase, by the phase's name.
pub(crate) fn phases() -> Vec<(&'static str, Vec<Command>)> {
    let closed = vec![accrue("a"), close()];
    let confirmed = [closed.clone(), vec![confirm()]].concat();
    let requested = [confirmed.clone(), vec![request()]].concat();
    vec![
        ("absent", vec![]),
        ("open", vec![accrue("a")]),
        ("closed", closed),
        ("confirmed", confirmed.clone()),
        ("carried_over", [confirmed, vec![request_of(1, 1_000_000)]].concat()),
        ("failed", [requested.clone(), vec![fail(1)]].concat()),
        ("paid", [requested.clone(), vec![record(1)]].concat()),
        ("requested", requested),
    ]
}

/// The ledger's entry of an event that moves money.
pub(crate) fn entry_of(event: &Event) -> Option<settlement::ledger::Entry> {
    match event {
        Event::ItemsAccrued(added) | Event::ItemsAdjusted(added) => Some(added.entry.clone()),
        Event::PayoutRequested(requested) => Some(requested.entry.clone()),
        Event::Paid(paid) => Some(paid.entry.clone()),
        Event::PayoutFailed(failed) => Some(failed.entry.clone()),
        Event::Opened(_)
        | Event::CarriedIn(_)
        | Event::Closed(_)
        | Event::Confirmed(_)
        | Event::CarriedOver(_) => None,
    }
}

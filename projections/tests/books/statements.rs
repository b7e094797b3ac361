//! Short ways to write commands of statements. Amounts are won.

use chrono::TimeDelta;
use kernel::id::{MerchantId, OrderId, PayoutId, StatementId};
use kernel::{Amount, Price, Quantity, Rate};
use settlement::Command;
use settlement::accrual::ConfirmedLine;
use settlement::claim_fee::ClaimFee;
use settlement::command::{
    Accrue, CarryIn, Close, Confirm, RecordPayout, RecordPayoutFailure, RequestPayout, RetryPayout,
    SettleClaim,
};
use settlement::cycle::Period;
use settlement::item::SettlementItem;
use settlement::reversal::ReturnedLine;
use settlement::value::{BankReference, Heading, ItemKey, PayoutFailure, PayoutKey, TaxType, Terms};
use uuid::Uuid;

use crate::money::{currency, hour, mall};

/// After the period's end.
const AFTER: i64 = 40 * 24;

pub(crate) fn statement_id(number: u8) -> StatementId {
    StatementId(Uuid::from_u128(0x5000 + u128::from(number)))
}

/// Each statement is of another merchant, but the fifth is again of the first.
pub(crate) fn merchant_id(statement: u8) -> MerchantId {
    MerchantId(Uuid::from_u128(0x3000 + u128::from(statement) % 4))
}

pub(crate) fn payout_id(statement: u8, number: u8) -> PayoutId {
    PayoutId(Uuid::from_u128(0x9000 + u128::from(statement) * 0x100 + u128::from(number)))
}

/// The statement's number says its mall and merchant.
pub(crate) fn heading(statement: u8) -> Heading {
    Heading {
        merchant: merchant_id(statement),
        mall: mall(statement),
        currency: currency(statement),
        period: Period::new(hour(0), hour(30 * 24)).unwrap(),
    }
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn rate(text: &str) -> Rate {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

pub(crate) fn key(text: &str) -> ItemKey {
    ItemKey::new(text).unwrap()
}

fn terms() -> Terms {
    Terms { commission_rate: rate("0.12"), commission_vat_rate: rate("0.1") }
}

/// Three pieces for `sale`: 1,000 off by the merchant, 2,000 by the platform, 500 points, 3,000 delivery. Its instant
/// is finer than PostgreSQL keeps.
pub(crate) fn line(item: &str, sale: i64) -> ConfirmedLine {
    ConfirmedLine {
        item: key(item),
        order: OrderId(Uuid::from_u128(0x2000)),
        line: 1,
        quantity: Quantity::new(3).unwrap(),
        tax: TaxType::Taxable,
        sale: Amount::from_minor(sale),
        discount_merchant: Amount::from_minor(1_000),
        discount_platform: Amount::from_minor(2_000),
        points: Amount::from_minor(500),
        shipping: Amount::from_minor(3_000),
        commission_rate: None,
        basis_at: hour(10) + TimeDelta::nanoseconds(123_456_789),
    }
}

pub(crate) fn item(name: &str, sale: i64) -> SettlementItem {
    settlement::accrual::accrue(line(name, sale), &terms(), 41)
}

pub(crate) fn accrue(statement: u8, cites: u64, lines: Vec<ConfirmedLine>) -> Command {
    let heading = heading(statement);
    let statement = statement_id(statement);
    Command::Accrue(Accrue { statement, heading, terms: terms(), lines, cites, at: hour(10) })
}

/// One of three pieces comes back, and a claim's fee of 1,000 with it.
pub(crate) fn adjust(statement: u8, cites: u64, item: &str, original: SettlementItem) -> Command {
    let heading = heading(statement);
    let statement = statement_id(statement);
    let line =
        ReturnedLine { item: key(item), original, first_piece: 0, pieces: Quantity::ONE, basis_at: hour(20) };
    let fee = Some(ClaimFee {
        item: key(&format!("{item}/fee")),
        order: OrderId(Uuid::from_u128(0x2000)),
        tax: TaxType::Taxable,
        amount: Amount::from_minor(-1_000),
        basis_at: hour(20),
    });
    Command::SettleClaim(SettleClaim { statement, heading, returned: vec![line], fee, cites, at: hour(20) })
}

pub(crate) fn carry_in(statement: u8, from: u8, minor: i64) -> Command {
    let (heading, from, amount) = (heading(statement), statement_id(from), Amount::from_minor(minor));
    Command::CarryIn(CarryIn { statement: statement_id(statement), heading, from, amount, at: hour(2) })
}

pub(crate) fn close(statement: u8) -> Command {
    Command::Close(Close { statement: statement_id(statement), at: hour(AFTER) })
}

pub(crate) fn confirm(statement: u8) -> Command {
    Command::Confirm(Confirm { statement: statement_id(statement), at: hour(AFTER) })
}

pub(crate) fn request_payout(statement: u8, payout: u8, minimum: i64) -> Command {
    Command::RequestPayout(RequestPayout {
        statement: statement_id(statement),
        payout: payout_id(statement, payout),
        key: PayoutKey::new(format!("{statement}/{payout}")).unwrap(),
        minimum: price(minimum),
        withheld: false,
        cites: 50,
        at: hour(AFTER),
    })
}

pub(crate) fn record_payout(statement: u8, payout: u8) -> Command {
    Command::RecordPayout(RecordPayout {
        statement: statement_id(statement),
        payout: payout_id(statement, payout),
        bank_reference: BankReference::new("KB-20261210-77").unwrap(),
        cites: 51,
        at: hour(AFTER + 1),
    })
}

pub(crate) fn fail_payout(statement: u8, payout: u8) -> Command {
    Command::RecordPayoutFailure(RecordPayoutFailure {
        statement: statement_id(statement),
        payout: payout_id(statement, payout),
        reason: PayoutFailure::HolderMismatch,
        cites: 51,
        at: hour(AFTER + 1),
    })
}

pub(crate) fn retry_payout(statement: u8, payout: u8) -> Command {
    Command::RetryPayout(RetryPayout {
        statement: statement_id(statement),
        payout: payout_id(statement, payout),
        key: PayoutKey::new(format!("{statement}/{payout}")).unwrap(),
        cites: 52,
        at: hour(AFTER + 2),
    })
}

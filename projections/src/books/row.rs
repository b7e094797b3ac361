//! The rows of the books, as they are handed to PostgreSQL: field names are column names.

use kernel::id::{MemberId, MerchantId, OrderId, PaymentId, PayoutId, StatementId};
use kernel::{Amount, Currency, MallId, Sealed, Timestamp};
use payment::ReceiptPurpose;
use serde::Serialize;
use settlement::item::SettlementItem;
use settlement::ledger::{EntryKind, EntryLine};
use settlement::totals::Totals;
use settlement::value::{BankReference, CarryReason, PayoutFailure};

use super::{ReceiptState, StatementPhase};

/// One change to the books.
#[derive(Debug)]
pub enum Row {
    /// A statement began.
    Opened(OpenedStatement),
    /// A statement changed.
    Changed(Box<Changed>),
    /// A statement took a balance over.
    Carried(Carried),
    /// A statement got an item.
    Item(Box<Item>),
    /// The ledger got an entry.
    Entry(Entry),
    /// A cash receipt was given.
    ReceiptGiven(Box<ReceiptGiven>),
    /// Some or all of one was taken back.
    ReceiptTakenBack(ReceiptTakenBack),
}

/// Where a row comes from: the position of the commit, and the number of the event in it, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) position: i64,
    pub(super) ordinal: i32,
}

/// A statement as it begins.
#[derive(Debug, Serialize)]
pub struct OpenedStatement {
    pub(super) statement: StatementId,
    pub(super) merchant: MerchantId,
    pub(super) mall: MallId,
    pub(super) currency: Currency,
    pub(super) period_from: Timestamp,
    pub(super) period_until: Timestamp,
    pub(super) phase: StatementPhase,
    pub(super) opened_at: Timestamp,
    pub(super) position: i64,
}

/// What changes on a statement: sums to add, and values to set where there are any.
#[derive(Debug, Serialize)]
pub struct Changed {
    pub(super) statement: StatementId,
    pub(super) position: i64,
    #[serde(flatten)]
    pub(super) totals: Totals,
    #[serde(rename = "carried_in_minor")]
    pub(super) carried_in: Amount,
    pub(super) phase: Option<StatementPhase>,
    pub(super) sha256: Option<String>,
    pub(super) payout: Option<PayoutId>,
    pub(super) payout_attempt: Option<u32>,
    pub(super) bank_reference: Option<BankReference>,
    pub(super) payout_failure: Option<PayoutFailure>,
    pub(super) carry_reason: Option<CarryReason>,
    pub(super) closed_at: Option<Timestamp>,
    pub(super) confirmed_at: Option<Timestamp>,
    pub(super) payout_requested_at: Option<Timestamp>,
    pub(super) payout_failed_at: Option<Timestamp>,
    pub(super) paid_at: Option<Timestamp>,
    pub(super) carried_over_at: Option<Timestamp>,
}

impl Changed {
    /// A change that only moves the statement's version.
    pub(super) fn at(statement: StatementId, position: i64) -> Self {
        Self {
            statement,
            position,
            totals: Totals::default(),
            carried_in: Amount::ZERO,
            phase: None,
            sha256: None,
            payout: None,
            payout_attempt: None,
            bank_reference: None,
            payout_failure: None,
            carry_reason: None,
            closed_at: None,
            confirmed_at: None,
            payout_requested_at: None,
            payout_failed_at: None,
            paid_at: None,
            carried_over_at: None,
        }
    }

    /// This change and then a later one, as one.
    pub(super) fn then(self, later: Self) -> Self {
        Self {
            statement: later.statement,
            position: later.position,
            totals: sum(&self.totals, &later.totals),
            carried_in: self.carried_in + later.carried_in,
            phase: later.phase.or(self.phase),
            sha256: later.sha256.or(self.sha256),
            payout: later.payout.or(self.payout),
            payout_attempt: later.payout_attempt.or(self.payout_attempt),
            bank_reference: later.bank_reference.or(self.bank_reference),
            payout_failure: later.payout_failure.or(self.payout_failure),
            carry_reason: later.carry_reason.or(self.carry_reason),
            closed_at: later.closed_at.or(self.closed_at),
            confirmed_at: later.confirmed_at.or(self.confirmed_at),
            payout_requested_at: later.payout_requested_at.or(self.payout_requested_at),
            payout_failed_at: later.payout_failed_at.or(self.payout_failed_at),
            paid_at: later.paid_at.or(self.paid_at),
            carried_over_at: later.carried_over_at.or(self.carried_over_at),
        }
    }
}

fn sum(one: &Totals, other: &Totals) -> Totals {
    Totals {
        items: one.items.saturating_add(other.items),
        parts: one.parts.plus(&other.parts),
        net: one.net + other.net,
        taxable: one.taxable + other.taxable,
        tax_free: one.tax_free + other.tax_free,
        zero_rated: one.zero_rated + other.zero_rated,
    }
}

/// A balance taken over.
#[derive(Debug, Serialize)]
pub struct Carried {
    pub(super) statement: StatementId,
    pub(super) former: StatementId,
    #[serde(rename = "amount_minor")]
    pub(super) amount: Amount,
    pub(super) position: i64,
}

/// An item with its place.
#[derive(Debug, Serialize)]
pub struct Item {
    pub(super) statement: StatementId,
    pub(super) position: i64,
    /// The ordinal of the ledger's entry.
    pub(super) entry: i32,
    /// Its number among the entry's items, from 0.
    pub(super) ordinal: i32,
    pub(super) written: SettlementItem,
}

/// An entry of the ledger, and its lines.
#[derive(Debug, Serialize)]
pub struct Entry {
    pub(super) position: i64,
    pub(super) ordinal: i32,
    pub(super) kind: EntryKind,
    pub(super) cites: u64,
    pub(super) currency: Currency,
    /// `None`: that of the statement.
    pub(super) mall: Option<MallId>,
    pub(super) statement: Option<StatementId>,
    pub(super) payment: Option<PaymentId>,
    pub(super) at: Timestamp,
    #[serde(skip)]
    pub(super) lines: Vec<EntryLine>,
}

/// A line of an entry.
#[derive(Debug, Serialize)]
pub(super) struct BookedLine<'a> {
    pub(super) position: i64,
    pub(super) ordinal: i32,
    /// Its number within the entry, from 0.
    pub(super) line: usize,
    #[serde(flatten)]
    pub(super) written: &'a EntryLine,
}

/// A cash receipt as it was given.
#[derive(Debug, Serialize)]
pub struct ReceiptGiven {
    pub(super) position: i64,
    pub(super) ordinal: i32,
    pub(super) payment: PaymentId,
    pub(super) order_id: OrderId,
    pub(super) member: MemberId,
    pub(super) mall: MallId,
    pub(super) currency: Currency,
    pub(super) purpose: ReceiptPurpose,
    pub(super) receipt_identifier: Sealed,
    pub(super) state: ReceiptState,
    pub(super) amount_minor: Amount,
    pub(super) left_minor: Amount,
    pub(super) at: Timestamp,
}

/// What was taken back of a cash receipt; whose it is stands where it was given.
#[derive(Debug, Serialize)]
pub struct ReceiptTakenBack {
    pub(super) position: i64,
    pub(super) ordinal: i32,
    pub(super) payment: PaymentId,
    pub(super) state: ReceiptState,
    pub(super) amount_minor: Amount,
    pub(super) left_minor: Amount,
    pub(super) at: Timestamp,
}

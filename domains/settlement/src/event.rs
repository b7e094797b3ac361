//! What happened to a statement. Self-contained: others see only these. Wire names stay forever.

use kernel::id::{MerchantId, PayoutId, StatementId};
use kernel::{Amount, Currency, MallId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::cycle::Period;
use crate::item::SettlementItem;
use crate::ledger::Entry;
use crate::totals::Totals;
use crate::value::{BankReference, CarryReason, PayoutFailure, PayoutKey};

/// A fact about a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The statement began.
    Opened(Opened),
    /// Confirmed purchases were added.
    ItemsAccrued(ItemsAdded),
    /// A claim was settled: confirmed purchases were taken back, or its fee was added.
    ItemsAdjusted(ItemsAdded),
    /// A former balance was taken over.
    CarriedIn(CarriedIn),
    /// The figures are final.
    Closed(Closed),
    /// The figures are agreed.
    Confirmed(Confirmed),
    /// A payout is to be made.
    PayoutRequested(PayoutRequested),
    /// The bank paid.
    Paid(Paid),
    /// The bank didn't pay.
    PayoutFailed(PayoutFailed),
    /// The statement ended without a payout; the next takes the balance over.
    CarriedOver(CarriedOver),
}

kernel::domain_event! {
    Event {
        Opened => "opened" 1,
        ItemsAccrued => "items_accrued" 1,
        ItemsAdjusted => "items_adjusted" 1,
        CarriedIn => "carried_in" 1,
        Closed => "closed" 1,
        Confirmed => "confirmed" 1,
        PayoutRequested => "payout_requested" 1,
        Paid => "paid" 1,
        PayoutFailed => "payout_failed" 1,
        CarriedOver => "carried_over" 1,
    }
}

impl Event {
    /// The ledger's entry that it brings.
    pub const fn entry(&self) -> Option<&Entry> {
        match self {
            Self::ItemsAccrued(body) | Self::ItemsAdjusted(body) => Some(&body.entry),
            Self::PayoutRequested(body) => Some(&body.entry),
            Self::Paid(body) => Some(&body.entry),
            Self::PayoutFailed(body) => Some(&body.entry),
            Self::Opened(_)
            | Self::CarriedIn(_)
            | Self::Closed(_)
            | Self::Confirmed(_)
            | Self::CarriedOver(_) => None,
        }
    }
}

/// The statement began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Which statement.
    pub statement: StatementId,
    /// Who is owed.
    pub merchant: MerchantId,
    /// Where the sales were made.
    pub mall: MallId,
    /// Of every amount on the statement.
    pub currency: Currency,
    /// The cycle's period.
    pub period: Period,
    /// The first link of the hash chain.
    pub chain_sha256: String,
    /// When.
    pub at: Timestamp,
}

/// Items were added: sales, or what a claim took back and left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsAdded {
    /// Which statement.
    pub statement: StatementId,
    /// Who is owed.
    pub merchant: MerchantId,
    /// Where the sales were made.
    pub mall: MallId,
    /// The items, in the statement's order.
    pub items: Vec<SettlementItem>,
    /// The ledger's entry for all of them.
    pub entry: Entry,
    /// The hash chain after them.
    pub chain_sha256: String,
    /// When.
    pub at: Timestamp,
}

/// A former balance was taken over. No entry: the merchant's account in the ledger holds it already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedIn {
    /// Which statement.
    pub statement: StatementId,
    /// Who is owed.
    pub merchant: MerchantId,
    /// The former statement.
    pub from: StatementId,
    /// Minor units; negative where the merchant owes.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// The hash chain after it.
    pub chain_sha256: String,
    /// When.
    pub at: Timestamp,
}

/// The figures are final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Which statement.
    pub statement: StatementId,
    /// Who is owed.
    pub merchant: MerchantId,
    /// Where the sales were made.
    pub mall: MallId,
    /// Of every amount.
    pub currency: Currency,
    /// The cycle's period.
    pub period: Period,
    /// The sums over the items.
    pub totals: Totals,
    /// Taken over from former statements, minor units.
    #[serde(rename = "carried_in_minor")]
    pub carried_in: Amount,
    /// Net and carried in together, minor units.
    #[serde(rename = "due_minor")]
    pub due: Amount,
    /// The statement's hash; it never changes.
    pub sha256: String,
    /// When.
    pub at: Timestamp,
}

/// The figures are agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Which statement.
    pub statement: StatementId,
    /// Who is owed.
    pub merchant: MerchantId,
    /// Minor units due.
    #[serde(rename = "due_minor")]
    pub due: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// When.
    pub at: Timestamp,
}

/// A payout is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutRequested {
    /// Which statement.
    pub statement: StatementId,
    /// Who is paid.
    pub merchant: MerchantId,
    /// Which payout.
    pub payout: PayoutId,
    /// The idempotency key towards the bank.
    pub key: PayoutKey,
    /// From 1.
    pub attempt: u32,
    /// Minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// The ledger's entry.
    pub entry: Entry,
    /// When.
    pub at: Timestamp,
}

/// The bank paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// Which statement.
    pub statement: StatementId,
    /// Who was paid.
    pub merchant: MerchantId,
    /// Which payout.
    pub payout: PayoutId,
    /// The bank's reference of the transfer.
    pub bank_reference: BankReference,
    /// Minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// The ledger's entry.
    pub entry: Entry,
    /// When.
    pub at: Timestamp,
}

/// The bank didn't pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutFailed {
    /// Which statement.
    pub statement: StatementId,
    /// Who wasn't paid.
    pub merchant: MerchantId,
    /// Which payout.
    pub payout: PayoutId,
    /// Why.
    pub reason: PayoutFailure,
    /// Minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// The ledger's entry.
    pub entry: Entry,
    /// When.
    pub at: Timestamp,
}

/// The statement ended without a payout. No entry: the merchant's account in the ledger still holds the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOver {
    /// Which statement.
    pub statement: StatementId,
    /// Whose balance.
    pub merchant: MerchantId,
    /// Where the sales were made.
    pub mall: MallId,
    /// Minor units; negative where the merchant owes.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Of the amount.
    pub currency: Currency,
    /// Why.
    pub reason: CarryReason,
    /// The period that ended.
    pub period: Period,
    /// When.
    pub at: Timestamp,
}

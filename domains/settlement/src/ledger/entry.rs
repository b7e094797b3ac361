//! One journal entry. What exists balances: the constructor checks, and so does reading one back from the log.

use kernel::id::MerchantId;
use kernel::{Amount, Currency};
use serde::{Deserialize, Serialize};

use super::Account;

/// One line: an account and exactly one side above zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Which account.
    pub account: Account,
    /// Whose, for accounts kept per merchant.
    pub merchant: Option<MerchantId>,
    /// Minor units on the left.
    #[serde(rename = "debit_minor")]
    pub debit: Amount,
    /// Minor units on the right.
    #[serde(rename = "credit_minor")]
    pub credit: Amount,
}

/// What an entry is about; a stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// The gateway captured a payment.
    Capture,
    /// The gateway paid something back to the shopper.
    Refund,
    /// The gateway captured late or a second time.
    StrayCapture,
    /// The gateway paid a stray capture back.
    StrayRefund,
    /// The gateway paid out to our bank, less its fee.
    GatewayDeposit,
    /// Purchases were confirmed.
    Accrual,
    /// A claim was settled: confirmed purchases came back (환수), or a fee stayed or went back.
    Adjustment,
    /// A payout was handed to the bank.
    PayoutRequest,
    /// The bank paid.
    Payout,
    /// The bank didn't pay.
    PayoutFailure,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Of every amount in the entry.
    pub currency: Currency,
    /// The log position of the event that caused it.
    pub cites: u64,
}

/// A balanced journal entry. One of nothing has no lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Entry {
    kind: EntryKind,
    source: Source,
    lines: Vec<EntryLine>,
}

/// An entry as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    kind: EntryKind,
    currency: Currency,
    cites: u64,
    lines: Vec<EntryLine>,
}

/// The lines make no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The sides differ.
    #[error("debits of {debits} and credits of {credits} minor units don't balance")]
    Unbalanced {
        /// Sum of the left, in minor units.
        debits: i128,
        /// Sum of the right, in minor units.
        credits: i128,
    },
    /// Below zero, both sides used, or neither.
    #[error("a line on account {0:?} must have exactly one side above zero and the other zero")]
    Side(Account),
    /// A merchant missing on an account kept per merchant, or named on another.
    #[error("account {0:?} is kept per merchant or not: the line says otherwise")]
    Merchant(Account),
}

impl Entry {
    /// Checks the lines and makes the entry.
    pub fn new(kind: EntryKind, source: Source, lines: Vec<EntryLine>) -> Result<Self, EntryError> {
        lines.iter().try_for_each(check_line)?;
        let debits = sum(lines.iter().map(|line| line.debit));
        let credits = sum(lines.iter().map(|line| line.credit));
        if debits == credits {
            Ok(Self { kind, source, lines })
        } else {
            Err(EntryError::Unbalanced { debits, credits })
        }
    }

    /// What it is about.
    pub const fn kind(&self) -> EntryKind {
        self.kind
    }

    /// Its currency.
    pub const fn currency(&self) -> Currency {
        self.source.currency
    }

    /// The log position of the event that caused it.
    pub const fn cites(&self) -> u64 {
        self.source.cites
    }

    /// Its lines.
    pub fn lines(&self) -> &[EntryLine] {
        &self.lines
    }
}

fn check_line(line: &EntryLine) -> Result<(), EntryError> {
    let negative = line.debit.is_negative() || line.credit.is_negative();
    if negative || line.debit.is_zero() == line.credit.is_zero() {
        Err(EntryError::Side(line.account))
    } else if line.account.is_per_merchant() == line.merchant.is_none() {
        Err(EntryError::Merchant(line.account))
    } else {
        Ok(())
    }
}

/// Wider than [`Amount`], whose sums saturate and could so hide a difference.
fn sum(amounts: impl Iterator<Item = Amount>) -> i128 {
    amounts.map(|amount| i128::from(amount.minor())).sum()
}

impl TryFrom<Written> for Entry {
    type Error = EntryError;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let source = Source { currency: written.currency, cites: written.cites };
        Self::new(written.kind, source, written.lines)
    }
}

impl From<Entry> for Written {
    fn from(entry: Entry) -> Self {
        let Source { currency, cites } = entry.source;
        Self { kind: entry.kind, currency, cites, lines: entry.lines }
    }
}

//! What finance takes away: CSV and JSON Lines of a statement's items and of the balances that it took over, with control
//! totals. Same rows, same bytes.
//!
//! Never here: files, spreadsheets, columns that only one reader wants.

mod csv;

use kernel::Amount;
use kernel::id::StatementId;

use crate::chain::sha256;
use crate::item::SettlementItem;

pub use csv::csv;

/// The kind of a row that is no item but a balance taken over.
const CARRY: &str = "carried_in";

/// A row of an export, in the order of the statement's hash chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// An item.
    Item(Box<SettlementItem>),
    /// A former statement's balance, taken over.
    Carry {
        /// The former statement.
        from: StatementId,
        /// Its balance in minor units; negative where the merchant owed.
        amount: Amount,
    },
}

impl From<SettlementItem> for Row {
    fn from(item: SettlementItem) -> Self {
        Self::Item(Box::new(item))
    }
}

impl Row {
    /// What it comes to for the merchant.
    pub fn net(&self) -> Amount {
        match self {
            Self::Item(item) => item.net,
            Self::Carry { amount, .. } => *amount,
        }
    }

    fn json(&self) -> String {
        match self {
            Self::Item(item) => item.canonical() + "\n",
            Self::Carry { from, amount } => {
                format!("{{\"item\":\"carry/{from}\",\"kind\":\"{CARRY}\",\"net_minor\":{amount}}}\n")
            }
        }
    }
}

/// An export and what to check it against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The bytes to hand out, UTF-8.
    pub text: String,
    /// What they must add up to.
    pub control: ControlTotals,
}

impl Export {
    /// A text of so many rows, which come to this, with its control totals.
    pub fn of(text: String, rows: usize, net: Amount) -> Self {
        let sha256 = sha256(text.as_bytes());
        Self { text, control: ControlTotals { rows, net_minor: net.minor(), sha256 } }
    }
}

/// What an export must add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlTotals {
    /// How many rows: items and balances taken over.
    pub rows: usize,
    /// The sum of their net, in minor units.
    pub net_minor: i64,
    /// The SHA-256 of the whole text in lower-case hex.
    pub sha256: String,
}

impl ControlTotals {
    /// One line to hand out beside the export, e.g. as `<name>.control`.
    pub fn trailer(&self) -> String {
        let Self { rows, net_minor, sha256 } = self;
        format!("{{\"rows\":{rows},\"net_minor\":{net_minor},\"sha256\":\"{sha256}\"}}\n")
    }
}

/// One JSON object per line. An item's is canonical: the very text that the statement's hash chain is made over.
pub fn json_lines(rows: &[Row]) -> Export {
    export(rows, rows.iter().map(Row::json).collect())
}

fn export(rows: &[Row], text: String) -> Export {
    Export::of(text, rows.len(), rows.iter().map(Row::net).sum())
}

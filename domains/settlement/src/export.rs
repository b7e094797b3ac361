//! What finance takes away: CSV and JSON Lines of a statement's items, with control totals. Same items, same bytes.
//!
//! Never here: files, spreadsheets, columns that only one reader wants.

mod csv;

use kernel::Amount;

use crate::chain::sha256;
use crate::item::SettlementItem;

pub use csv::csv;

/// An export and what to check it against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The bytes to hand out, UTF-8.
    pub text: String,
    /// What they must add up to.
    pub control: ControlTotals,
}

/// What an export must add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlTotals {
    /// How many items.
    pub rows: usize,
    /// The sum of the items' net, in minor units.
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

/// One canonical JSON object per line: the very texts that the statement's hash chain is made over.
pub fn json_lines(items: &[SettlementItem]) -> Export {
    export(items, items.iter().map(|item| item.canonical() + "\n").collect())
}

fn export(items: &[SettlementItem], text: String) -> Export {
    let net: Amount = items.iter().map(|item| item.net).sum();
    let control =
        ControlTotals { rows: items.len(), net_minor: net.minor(), sha256: sha256(text.as_bytes()) };
    Export { text, control }
}

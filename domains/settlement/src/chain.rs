//! The statement's hash: a SHA-256 chain over its canonical texts, in order. Never here: what the texts say.
//!
//! Each link is `sha256(previous link in hex, line feed, text, line feed)` in lower-case hex, so that anybody with
//! the JSON Lines export can reckon it again with standard tools; the text of a balance taken over is
//! `carry <statement> <amount>`. Order and content both matter.

use kernel::id::StatementId;
use kernel::{Amount, Timestamp};
use sha2::{Digest, Sha256};

use crate::export::Row;
use crate::item::{SettlementItem, instant};
use crate::value::Heading;

/// The first link: what the statement is for. The version names the shape of every text in the chain.
pub fn genesis(statement: StatementId, heading: &Heading) -> String {
    let Heading { merchant, mall, currency, period } = heading;
    let (from, until) = (instant(period.from()), instant(period.until()));
    link("statement/1", &format!("{statement} {merchant} {mall} {currency} {from} {until}"))
}

/// The chain with some items added, in order.
pub fn with_items(chain: &str, items: &[SettlementItem]) -> String {
    items.iter().fold(chain.to_owned(), |chain, item| link(&chain, &item.canonical()))
}

/// The chain with a carried balance added.
pub fn with_carry(chain: &str, from: StatementId, amount: Amount) -> String {
    link(chain, &format!("carry {from} {amount}"))
}

/// The chain with an export's rows added, in order.
pub fn with_rows(chain: &str, rows: &[Row]) -> String {
    rows.iter().fold(chain.to_owned(), |chain, row| match row {
        Row::Item(item) => link(&chain, &item.canonical()),
        Row::Carry { from, amount } => with_carry(&chain, *from, *amount),
    })
}

/// The last link: the closing. This is the statement's hash.
pub fn seal(chain: &str, due: Amount, at: Timestamp) -> String {
    link(chain, &format!("close {due} {}", instant(at)))
}

/// The SHA-256 of some bytes in lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn link(previous: &str, text: &str) -> String {
    sha256(format!("{previous}\n{text}\n").as_bytes())
}

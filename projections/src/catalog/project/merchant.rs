//! Merchants: their name, and whether they trade.

use kernel::id::MerchantId;
use member::merchant::Event;
use serde_json::{Value, json};

use crate::catalog::Row;

pub(super) fn row(event: &Event, position: i64) -> Row {
    match event {
        Event::Applied(body) => {
            let columns = json!({ "merchant": body.merchant, "name": body.name, "trades": false, "position": position });
            row_of(body.merchant, columns)
        }
        Event::Approved(body) => trades(body.merchant, true, position),
        Event::Resumed(body) => trades(body.merchant, true, position),
        Event::Rejected(body) => trades(body.merchant, false, position),
        Event::Suspended(body) => trades(body.merchant, false, position),
        Event::Closed(body) => trades(body.merchant, false, position),
        Event::ContractAgreed(body) => seen(body.merchant, position),
        Event::ApiKeyIssued(body) => seen(body.merchant, position),
        Event::ApiKeyRevoked(body) => seen(body.merchant, position),
        Event::PasswordSet(body) => seen(body.merchant, position),
        Event::BankAccountChangeRequested(body) => seen(body.merchant, position),
        Event::BankAccountChangeApproved(body) => seen(body.merchant, position),
        Event::BankAccountChangeRejected(body) => seen(body.merchant, position),
    }
}

fn trades(merchant: MerchantId, trades: bool, position: i64) -> Row {
    row_of(merchant, json!({ "merchant": merchant, "trades": trades, "position": position }))
}

fn seen(merchant: MerchantId, position: i64) -> Row {
    row_of(merchant, json!({ "merchant": merchant, "position": position }))
}

fn row_of(merchant: MerchantId, columns: Value) -> Row {
    Row::Merchant(merchant.0, columns)
}

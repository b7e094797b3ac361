//! Merchants and the contracts they agreed to.

use kernel::id::MerchantId;
use member::merchant::{Applied, BusinessNumber, Contract, Event};
use serde_json::{Value, json};

use crate::people::Row;

pub(super) fn rows(event: &Event, position: i64) -> Vec<Row> {
    let (merchant, columns) = columns(event);
    let seen = Row::Merchant(merchant.0, json!({ "merchant": merchant, "position": position }));
    let agreed = contract(event).map(|agreed| Row::Contract(contract_columns(merchant, agreed)));
    [seen, Row::Merchant(merchant.0, columns)].into_iter().chain(agreed).collect()
}

fn columns(event: &Event) -> (MerchantId, Value) {
    match event {
        Event::Applied(body) => (body.merchant, applied(body)),
        Event::Approved(body) => (body.merchant, json!({ "phase": "approved" })),
        Event::Rejected(body) => (body.merchant, json!({ "phase": "rejected", "reason": body.reason })),
        Event::Suspended(body) => (body.merchant, json!({ "phase": "suspended", "reason": body.reason })),
        Event::Resumed(body) => (body.merchant, json!({ "phase": "approved", "reason": null })),
        Event::Closed(body) => (body.merchant, json!({ "phase": "closed" })),
        Event::BankAccountChangeRequested(body) => {
            (body.merchant, json!({ "bank_account_change_pending": true }))
        }
        Event::BankAccountChangeApproved(body) => {
            (body.merchant, json!({ "bank_account_change_pending": false }))
        }
        Event::BankAccountChangeRejected(body) => {
            (body.merchant, json!({ "bank_account_change_pending": false }))
        }
        Event::ContractAgreed(body) => (body.merchant, json!({})),
        Event::ApiKeyIssued(body) => (body.merchant, json!({})),
        Event::ApiKeyRevoked(body) => (body.merchant, json!({})),
        Event::PasswordSet(body) => (body.merchant, json!({})),
    }
}

fn applied(body: &Applied) -> Value {
    json!({
        "name": body.name,
        "phase": "applied",
        "country": body.business_number.country(),
        "business_number": number(&body.business_number),
        "applied_at": body.at,
        "bank_account_change_pending": false,
    })
}

fn number(number: &BusinessNumber) -> &str {
    match number {
        BusinessNumber::Korean { number } => number.as_str(),
        BusinessNumber::Foreign { number, .. } => number.as_str(),
    }
}

fn contract(event: &Event) -> Option<&Contract> {
    match event {
        Event::Approved(body) => Some(&body.contract),
        Event::ContractAgreed(body) => Some(&body.contract),
        Event::Applied(_)
        | Event::Rejected(_)
        | Event::Suspended(_)
        | Event::Resumed(_)
        | Event::Closed(_)
        | Event::ApiKeyIssued(_)
        | Event::ApiKeyRevoked(_)
        | Event::PasswordSet(_)
        | Event::BankAccountChangeRequested(_)
        | Event::BankAccountChangeApproved(_)
        | Event::BankAccountChangeRejected(_) => None,
    }
}

fn contract_columns(merchant: MerchantId, contract: &Contract) -> Value {
    json!({
        "merchant": merchant,
        "effective_from": contract.effective_from,
        "default_rate": contract.default_rate,
        "category_rates": contract.category_rates,
        "cycle": contract.cycle,
    })
}

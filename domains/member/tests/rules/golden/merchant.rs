//! One fixed sample of every event of a merchant.

use std::collections::BTreeMap;

use member::merchant::{
    ApiKeyIssued, ApiKeyRevoked, Applied, Approved, BankAccountChangeApproved, BankAccountChangeRejected,
    BankAccountChangeRequested, BusinessNumber, Closed, Contract, ContractAgreed, Event, ForeignCountry,
    Merchant, PasswordSet, Rejected, Resumed, SettlementCycle, Suspended,
};

use super::check;
use crate::sample::{day, email_hash, id, merchant_id, operator_id, password, sealed, secret_hash, text};

fn contract(day_of_month: u32) -> Contract {
    let rate = |fraction: &str| serde_json::from_value(fraction.into()).unwrap();
    Contract {
        default_rate: rate("0.1"),
        category_rates: BTreeMap::from([(text("books"), rate("0.055"))]),
        cycle: SettlementCycle::TwiceMonthly,
        effective_from: day(day_of_month),
    }
}

fn application() -> [Event; 3] {
    let (merchant, operator, email_hash) = (merchant_id(), operator_id(), email_hash(2));
    let country = ForeignCountry::new("BR").unwrap();
    let applied = Applied {
        merchant,
        name: text("북촌 Tea"),
        business_number: BusinessNumber::Foreign { country, number: text("11.222.333/0001-81") },
        email_hash: email_hash.clone(),
        contact: sealed("Y29udGFjdA=="),
        bank_account: sealed("YmFuaw=="),
        password_hash: None,
        at: day(1),
    };
    let reason = text("no such business");
    [
        Event::Applied(applied),
        Event::Approved(Approved { merchant, operator, contract: contract(2), at: day(2) }),
        Event::Rejected(Rejected { merchant, email_hash, operator, reason, at: day(2) }),
    ]
}

fn trade() -> [Event; 4] {
    let merchant = merchant_id();
    [
        Event::ContractAgreed(ContractAgreed { merchant, contract: contract(9), at: day(3) }),
        Event::Suspended(Suspended { merchant, reason: text("late dispatches"), at: day(4) }),
        Event::Resumed(Resumed { merchant, at: day(5) }),
        Event::Closed(Closed { merchant, email_hash: email_hash(2), at: day(6) }),
    ]
}

fn access() -> [Event; 6] {
    let (merchant, key, operator) = (merchant_id(), id(9), operator_id());
    let (secret_hash, label, bank_account) = (secret_hash(9), text("warehouse"), sealed("b3RoZXI="));
    let reason = text("another holder");
    let requested = BankAccountChangeRequested { merchant, bank_account: bank_account.clone(), at: day(7) };
    let approved = BankAccountChangeApproved { merchant, bank_account, operator, at: day(8) };
    [
        Event::ApiKeyIssued(ApiKeyIssued { merchant, key, secret_hash, label, at: day(3) }),
        Event::ApiKeyRevoked(ApiKeyRevoked { merchant, key, at: day(4) }),
        Event::PasswordSet(PasswordSet {
            merchant,
            password_hash: password("salt"),
            session: None,
            at: day(5),
        }),
        Event::BankAccountChangeRequested(requested),
        Event::BankAccountChangeApproved(approved),
        Event::BankAccountChangeRejected(BankAccountChangeRejected {
            merchant,
            operator,
            reason,
            at: day(9),
        }),
    ]
}

#[test]
fn every_merchant_event_keeps_its_shape() {
    let samples: Vec<Event> = application().into_iter().chain(trade()).chain(access()).collect();
    check::<Merchant>(&samples);
}

#[test]
fn a_korean_business_number_keeps_its_shape() {
    let number: BusinessNumber = serde_json::from_str(r#"{"kind":"korean","number":"1248100998"}"#).unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), r#"{"kind":"korean","number":"1248100998"}"#);
}

//! Events of campaigns, their codes, coupons and carts' purchases as the log holds them, forever: one JSON file per wire name.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; a changed file is a changed history, so look twice.

#[path = "../../../../tests/support/golden.rs"]
mod golden_file;

use std::collections::BTreeSet;

use kernel::{Decider, DomainEvent};
use order::allowance::PurchaseAllowance;
use order::campaign::{Benefit, Campaign, CodeClaim, Distribution, Funding, Owner, Plan, Scope, Terms};
use order::cart::Purchase;
use order::coupon::Coupon;

use self::golden_file::check;
use crate::check::history;
use crate::market::{merchant, price};
use crate::offer::{end, issue, launch, launch_of, pause, plan, product, resume, terms};
use crate::{allowance, campaign_code, cart_purchase, coupon};

#[test]
fn campaign_events_are_written_as_ever() {
    check::<Campaign>(&history::<Campaign>([launch(), issue(1, 1), pause(), resume(), end()]));
}

#[test]
fn code_events_are_written_as_ever() {
    check::<CodeClaim>(&campaign_code::samples());
}

#[test]
fn a_carts_purchase_is_written_as_ever() {
    check::<Purchase>(&[cart_purchase::bought(1)]);
}

#[test]
fn coupon_events_are_written_as_ever() {
    let (held, used, released) = (coupon::held(1), coupon::used(1), coupon::released(1));
    let (given_back, revoked) = (coupon::given_back(1), coupon::revoked());
    check::<Coupon>(&[coupon::issued(), held, used, released, given_back, revoked]);
}

#[test]
fn allowance_events_are_written_as_ever() {
    check::<PurchaseAllowance>(&allowance::samples());
}

/// What a launch with these terms writes of them.
fn written(terms: Terms, distribution: Distribution) -> serde_json::Value {
    let launched = history::<Campaign>([launch_of(Plan { terms, distribution, ..plan() })]).remove(0);
    let encoded = launched.encode().unwrap();
    let decoded = <Campaign as Decider>::Event::decode(encoded.name, encoded.version, encoded.data.get());
    assert_eq!(decoded.unwrap(), launched);
    serde_json::from_str::<serde_json::Value>(encoded.data.get()).unwrap()["plan"].take()
}

#[test]
fn each_kind_of_terms_is_written_as_ever() {
    let merchants_own = Terms {
        owner: Owner::Merchant(merchant(1)),
        benefit: Benefit::Amount { off: price(3_000) },
        scope: Scope::Products(BTreeSet::from([product(1)])),
        funding: Funding::Merchant,
        ..terms()
    };
    let plan = written(merchants_own, Distribution::Code);
    let expected = serde_json::json!({
        "owner": {"kind": "merchant", "merchant": merchant(1).to_string()},
        "benefit": {"kind": "amount", "off_minor": 3_000},
        "scope": {"kind": "products", "of": [product(1).to_string()]},
        "funding": {"kind": "merchant"},
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&plan["terms"][field], value);
    }
    assert_eq!(plan["distribution"], "code");
    let of_merchants = Scope::Merchants(BTreeSet::from([merchant(2)]));
    let plan =
        written(Terms { scope: of_merchants, funding: Funding::Platform, ..terms() }, Distribution::Grant);
    let scope = serde_json::json!({"kind": "merchants", "of": [merchant(2).to_string()]});
    assert_eq!((&plan["terms"]["scope"], &plan["distribution"]), (&scope, &"grant".into()));
    assert_eq!(plan["terms"]["funding"], serde_json::json!({"kind": "platform"}));
    let plan = written(Terms { scope: Scope::Everything, ..terms() }, Distribution::Download);
    assert_eq!(plan["terms"]["scope"], serde_json::json!({"kind": "everything"}));
}

//! Which plans can be launched, and which goods their terms cover.

use std::collections::BTreeSet;

use kernel::{Price, Rate};
use order::campaign::event::Launched;
use order::campaign::policy::{
    ISSUED_MAX, PER_MEMBER_MAX, PERIOD_MAX, SCOPE_CATEGORIES_MAX, SCOPE_MERCHANTS_MAX, SCOPE_PRODUCTS_MAX,
    VALID_DAYS_MAX,
};
use order::campaign::{
    Benefit, Campaign, Event, Funding, Limits, Owner, Period, Plan, Rejection, Scope, Terms,
};

use crate::check::check;
use crate::market::{at, merchant, price};
use crate::offer::{FROM, UNTIL, campaign, categories, launch_of, plan, product, rate, terms};

fn with(terms: Terms) -> Plan {
    Plan { terms, ..plan() }
}

fn branch(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[track_caller]
fn launched(plan: Plan) {
    let command = launch_of(plan.clone());
    let launched = Event::Launched(Launched { campaign: campaign(1), plan, at: at(0) });
    check::<Campaign>([], command, Ok(vec![launched]));
}

#[track_caller]
fn refused(plan: Plan, rejection: Rejection) {
    check::<Campaign>([], launch_of(plan), Err(rejection));
}

#[test]
fn a_coupon_takes_something_off() {
    let benefit = |benefit| with(Terms { benefit, ..terms() });
    let cap = |cap| Benefit::Rate { rate: rate("0.1"), cap };
    launched(benefit(Benefit::Amount { off: price(1) }));
    launched(benefit(cap(None)));
    refused(benefit(Benefit::Amount { off: Price::ZERO }), Rejection::NoBenefit);
    refused(benefit(Benefit::Rate { rate: Rate::ZERO, cap: None }), Rejection::NoBenefit);
    refused(benefit(cap(Some(Price::ZERO))), Rejection::NoBenefit);
}

#[test]
fn a_scope_is_never_empty_and_never_too_large() {
    let scope = |scope| with(Terms { scope, ..terms() });
    let codes = |many: usize| Scope::Categories((0..many).map(|code| format!("food.{code}")).collect());
    let merchants = |many: usize| Scope::Merchants((0..).map(merchant).take(many).collect());
    let products = |many: usize| Scope::Products((0..).map(product).take(many).collect());
    let refuse = |of: &dyn Fn(usize) -> Scope, max: usize| {
        launched(scope(of(max)));
        for found in [0, max + 1] {
            refused(scope(of(found)), Rejection::ScopeSize { max, found });
        }
    };
    launched(scope(Scope::Everything));
    refuse(&codes, SCOPE_CATEGORIES_MAX);
    refuse(&merchants, SCOPE_MERCHANTS_MAX);
    refuse(&products, SCOPE_PRODUCTS_MAX);
}

#[test]
fn a_category_has_the_code_of_an_orders_line() {
    let scope = |code: &str| with(Terms { scope: categories(&["food.fruit", code]), ..terms() });
    launched(scope(&"a".repeat(64)));
    refused(scope(&"a".repeat(65)), Rejection::BadCategory);
    refused(scope(""), Rejection::BadCategory);
}

#[test]
fn a_merchants_own_campaign_is_funded_by_the_merchant_alone() {
    let own = |funding| with(Terms { owner: Owner::Merchant(merchant(1)), funding, ..terms() });
    launched(own(Funding::Merchant));
    refused(own(Funding::Platform), Rejection::NotOwnersFunding);
    refused(own(Funding::Shared { merchant: rate("1") }), Rejection::NotOwnersFunding);
    for funding in [Funding::Platform, Funding::Merchant, Funding::Shared { merchant: rate("0.3") }] {
        launched(with(Terms { funding, ..terms() }));
    }
}

#[test]
fn a_campaign_has_coupons_and_no_end_of_them() {
    let limits = |total, per_member| Plan { limits: Limits { total, per_member }, ..plan() };
    launched(limits(None, PER_MEMBER_MAX));
    launched(limits(Some(ISSUED_MAX), 1));
    for found in [0, ISSUED_MAX + 1] {
        refused(limits(Some(found), 1), Rejection::BadTotal { found });
    }
    for found in [0, PER_MEMBER_MAX + 1] {
        refused(limits(None, found), Rejection::BadPerMember { found });
        refused(limits(Some(1), found), Rejection::BadPerMember { found });
    }
}

#[test]
fn a_campaign_ends_after_it_begins_and_is_not_over_when_launched() {
    let period = |from, until| Plan { period: Period { from, until }, ..plan() };
    launched(period(at(-5), at(1)));
    launched(period(at(0), at(0) + PERIOD_MAX));
    refused(period(at(FROM), at(FROM)), Rejection::BadPeriod);
    refused(period(at(UNTIL), at(FROM)), Rejection::BadPeriod);
    refused(period(at(0), at(1) + PERIOD_MAX), Rejection::BadPeriod);
    refused(period(at(-5), at(0)), Rejection::PeriodPast { until: at(0) });
}

#[test]
fn a_coupon_is_valid_for_a_day_at_least() {
    let days = |valid_days| Plan { valid_days, ..plan() };
    for good in [None, Some(1), Some(VALID_DAYS_MAX)] {
        launched(days(good));
    }
    for found in [0, VALID_DAYS_MAX + 1] {
        refused(days(Some(found)), Rejection::BadValidDays { found });
    }
}

#[test]
fn a_category_covers_exactly_its_own_code() {
    let covers = |codes: &[&str]| categories(&["fruit"]).covers(merchant(1), product(1), &branch(codes));
    assert!(covers(&["fruit", "food"]) && covers(&["citrus", "fruit", "food"]));
    assert!(!covers(&["food"]) && !covers(&["fruits", "food"]) && !covers(&["meat", "food"]));
}

#[test]
fn a_scope_covers_the_merchants_or_products_that_it_names() {
    let merchants = Scope::Merchants(BTreeSet::from([merchant(1)]));
    assert!(merchants.covers(merchant(1), product(1), &branch(&["any"])));
    assert!(!merchants.covers(merchant(2), product(1), &branch(&["any"])));
    let products = Scope::Products(BTreeSet::from([product(1)]));
    assert!(products.covers(merchant(1), product(1), &branch(&["any"])));
    assert!(!products.covers(merchant(1), product(2), &branch(&["any"])));
    assert!(Scope::Everything.covers(merchant(1), product(1), &branch(&["any"])));
}

#[test]
fn a_merchants_own_campaign_never_covers_anothers_goods() {
    let own = |scope| Terms { owner: Owner::Merchant(merchant(1)), scope, ..terms() };
    let scopes = [
        Scope::Everything,
        categories(&["food.fruit"]),
        Scope::Merchants(BTreeSet::from([merchant(1), merchant(2)])),
        Scope::Products(BTreeSet::from([product(1)])),
    ];
    for scope in scopes {
        assert!(own(scope.clone()).covers(merchant(1), product(1), &branch(&["food.fruit"])));
        assert!(!own(scope).covers(merchant(2), product(1), &branch(&["food.fruit"])));
    }
    assert!(Terms { scope: Scope::Everything, ..terms() }.covers(
        merchant(2),
        product(1),
        &branch(&["food.fruit"])
    ));
    assert!(!own(categories(&["food.fruit"])).covers(merchant(1), product(1), &branch(&["food.meat"])));
}

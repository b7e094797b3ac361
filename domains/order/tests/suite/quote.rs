//! Quotes: fees by rule, and lines that can be placed as they are.

use std::collections::BTreeMap;

use kernel::id::MerchantId;
use kernel::{Currency, Price, Rate};
use order::command::Command;
use order::purchase_limit::Limits;
use order::quote::{Basket, Branches, DeliveryTerms, FeeRule, Quote, QuotedItem, Rejection};
use order::value::{GroupNo, OrderLine};

use crate::given::given;
use crate::market::{line, merchant, place_of, price, won};
use crate::offer::mall;
use crate::quote_coupons::takes_off;

pub(crate) fn item(number: u16, seller: u16, pieces: u32, unit_price: i64) -> QuotedItem {
    let OrderLine { merchant, product, sku, name, options, category, taxable, quantity, unit_price, .. } =
        line(number, seller, pieces, unit_price);
    let source = order::value::Source::Direct;
    QuotedItem { merchant, product, sku, name, options, category, taxable, quantity, unit_price, source }
}

pub(crate) fn basket(items: Vec<QuotedItem>) -> Basket {
    Basket {
        mall: mall(),
        currency: Currency::Krw,
        items,
        coupons: Vec::new(),
        points: won(0),
        vat_rate: Rate::ZERO,
        limits: Limits::new(),
        branches: Branches::new(),
    }
}

pub(crate) fn terms(fee: FeeRule) -> BTreeMap<MerchantId, DeliveryTerms> {
    let terms = DeliveryTerms { fee, surcharge: Price::ZERO, return_fee: price(3_000) };
    [(merchant(1), terms), (merchant(2), terms)].into()
}

fn quote(items: Vec<QuotedItem>, terms: &BTreeMap<MerchantId, DeliveryTerms>) -> Result<Quote, Rejection> {
    order::quote::quote(basket(items), terms)
}

fn fees(quote: &Quote) -> Vec<i64> {
    quote.groups.iter().map(|group| group.fee.amount().minor()).collect()
}

#[test]
fn items_group_by_merchant_in_the_order_of_first_items() {
    let items = vec![item(1, 2, 1, 100), item(2, 1, 2, 200), item(3, 2, 1, 300)];
    let quote = quote(items, &terms(FeeRule::Fixed { fee: price(50) })).unwrap();
    let groups: Vec<_> = quote.lines.iter().map(|line| line.group).collect();
    assert_eq!(groups, [GroupNo(1), GroupNo(2), GroupNo(1)]);
    assert_eq!(quote.groups[0].merchant, merchant(2));
    assert_eq!((quote.goods_total, quote.shipping_total, quote.total), (won(800), won(100), won(900)));
}

#[test]
fn the_most_that_can_be_quoted_is_far_from_any_limit_of_numbers() {
    let dearest = |pieces| (1..=100).map(|number| item(number, 1, pieces, Price::MAX)).collect::<Vec<_>>();
    let most = quote(dearest(999), &terms(FeeRule::Free)).unwrap();
    assert_eq!(most.total.minor(), 100 * 999 * Price::MAX);
    assert!(most.total.minor() < i64::MAX / 50);
    let too_many = Rejection::TooManyPieces { found: 1_000_000 };
    assert_eq!(quote(dearest(1_000_000), &terms(FeeRule::Free)), Err(too_many));
}

#[test]
fn a_fee_follows_its_rule() {
    let one = |rule| fees(&quote(vec![item(1, 1, 1, 100)], &terms(rule)).unwrap());
    let fee = price(30);
    assert_eq!(one(FeeRule::Free), [0]);
    assert_eq!(one(FeeRule::Fixed { fee }), [30]);
    assert_eq!(one(FeeRule::Quoted { fee }), [30]);
    assert_eq!(one(FeeRule::FreeOver { fee, threshold: price(101) }), [30]);
    assert_eq!(one(FeeRule::FreeOver { fee, threshold: price(100) }), [0]);
}

#[test]
fn a_threshold_counts_coupons_but_not_points_and_remembers_what_it_waived() {
    let rule = FeeRule::FreeOver { fee: price(30), threshold: price(100) };
    let with = |off, points| {
        let coupons = if off == 0 { Vec::new() } else { vec![takes_off(1, off)] };
        let basket = Basket { coupons, points: won(points), ..basket(vec![item(1, 1, 1, 100)]) };
        order::quote::quote(basket, &terms(rule)).unwrap().groups.remove(0)
    };
    assert_eq!(with(1, 0).fee, price(30));
    assert_eq!((with(0, 1).fee, with(0, 1).free_over), (Price::ZERO, Some(price(100))));
    assert_eq!(with(0, 0).waived_fee, price(30));
}

#[test]
fn a_remote_area_costs_more_by_every_rule() {
    let (fee, surcharge) = (price(30), price(7));
    let one = |fee| {
        let terms = DeliveryTerms { fee, surcharge, return_fee: price(3_000) };
        let quote = quote(vec![item(1, 1, 1, 100)], &[(merchant(1), terms)].into()).unwrap();
        assert_eq!(quote.groups[0].surcharge, surcharge);
        (quote.groups[0].fee, quote.groups[0].waived_fee, quote.total)
    };
    assert_eq!(one(FeeRule::Free), (surcharge, Price::ZERO, won(107)));
    assert_eq!(one(FeeRule::Fixed { fee }), (price(37), Price::ZERO, won(137)));
    assert_eq!(one(FeeRule::Quoted { fee }), (price(37), Price::ZERO, won(137)));
    assert_eq!(one(FeeRule::FreeOver { fee, threshold: price(100) }), (surcharge, fee, won(107)));
    let dearest = price(Price::MAX);
    assert_eq!(one(FeeRule::Fixed { fee: dearest }).0, dearest, "no fee is beyond the highest price");
}

#[test]
fn nothing_costs_nothing_and_too_much_is_refused() {
    assert_eq!(quote(vec![], &BTreeMap::new()), Ok(Quote::default()));
    let many = (1..=101).map(|number| item(number, 1, 1, 1)).collect();
    assert_eq!(quote(many, &terms(FeeRule::Free)), Err(Rejection::TooManyItems { found: 101 }));
    let missing = Rejection::NoTerms { merchant: merchant(1) };
    assert_eq!(quote(vec![item(1, 1, 1, 1)], &BTreeMap::new()), Err(missing));
}

#[test]
fn a_quote_can_be_placed_for_its_total() {
    let items = vec![item(1, 2, 1, 100), item(2, 1, 2, 200), item(3, 2, 1, 300)];
    let quote = quote(items, &terms(FeeRule::Fixed { fee: price(50) })).unwrap();
    let place = place_of(quote.lines, quote.groups);
    assert_eq!(place.total, quote.total);
    given([]).when(Command::Place(place)).then(&["placed"]);
}

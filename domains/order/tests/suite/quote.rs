//! Quotes: fees by rule, and lines that can be placed as they are.

use std::collections::BTreeMap;

use kernel::Price;
use kernel::id::MerchantId;
use order::command::Command;
use order::quote::{DeliveryTerms, FeeRule, Quote, QuotedItem, Rejection, quote};
use order::value::{GroupNo, OrderLine};

use crate::given::given;
use crate::market::{line, merchant, place_of, price, won};

fn item(number: u16, seller: u16, pieces: u32, unit_price: i64) -> QuotedItem {
    let OrderLine { merchant, product, sku, name, options, category, taxable, quantity, unit_price, .. } =
        line(number, seller, pieces, unit_price);
    let source = order::value::Source::Direct;
    let (discount_merchant, discount_platform, points) = (won(0), won(0), won(0));
    QuotedItem {
        merchant,
        product,
        sku,
        name,
        options,
        category,
        taxable,
        quantity,
        unit_price,
        discount_merchant,
        discount_platform,
        points,
        source,
    }
}

fn terms(fee: FeeRule) -> BTreeMap<MerchantId, DeliveryTerms> {
    let terms = DeliveryTerms { fee, return_fee: price(3_000) };
    [(merchant(1), terms), (merchant(2), terms)].into()
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
fn a_threshold_counts_discounts_and_remembers_what_it_waived() {
    let rule = FeeRule::FreeOver { fee: price(30), threshold: price(100) };
    let with = |discount, points| {
        let item = QuotedItem { discount_platform: won(discount), points: won(points), ..item(1, 1, 1, 100) };
        quote(vec![item], &terms(rule)).unwrap().groups.remove(0)
    };
    assert_eq!(with(1, 0).fee, price(30));
    assert_eq!((with(0, 1).fee, with(0, 1).free_over), (Price::ZERO, Some(price(100))));
    assert_eq!(with(0, 0).waived_fee, price(30));
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

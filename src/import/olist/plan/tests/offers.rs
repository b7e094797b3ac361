//! Offers, their variants, and the prices that change.

use super::super::sample::market;
use super::{found, order, plan};
use crate::import::olist::files::{PaidBy, Status};
use crate::import::olist::finding::Reason;
use crate::import::olist::plan::UNCATEGORISED;

#[test]
fn a_price_is_set_only_where_it_differs_from_the_one_before() {
    let mut files = market();
    for (id, day, price) in [("o1", 3, 1_000), ("o2", 4, 1_000), ("o3", 5, 900), ("o4", 6, 900)] {
        files = files.with_order(id, Status::Delivered, day).with_item(id, "p1", "s1", price);
    }
    let plan = plan(&files);
    let changes: Vec<usize> = plan.orders.iter().map(|order| order.price_changes.len()).collect();
    assert_eq!(changes, [0, 0, 1, 0]);
    assert_eq!(order(&plan, "o3").price_changes[0].price_cents, 900);
    let variant = plan.offers[0].variants[0];
    assert_eq!((variant.first_price_cents, variant.pieces), (1_000, 4));
}

#[test]
fn prices_follow_the_time_of_placing_not_the_order_of_rows() {
    let files = market()
        .with_order("late", Status::Delivered, 9)
        .with_item("late", "p1", "s1", 500)
        .with_order("early", Status::Delivered, 3)
        .with_item("early", "p1", "s1", 700);
    let plan = plan(&files);
    assert_eq!(plan.offers[0].variants[0].first_price_cents, 700);
    assert_eq!(order(&plan, "late").price_changes.len(), 1);
    assert_eq!(order(&plan, "early").price_changes.len(), 0);
}

#[test]
fn several_prices_of_one_product_in_one_order_are_variants() {
    let files = market()
        .with_order("o1", Status::Delivered, 3)
        .with_item("o1", "p1", "s1", 500)
        .with_item("o1", "p1", "s1", 700)
        .with_item("o1", "p1", "s1", 500)
        .with_payment("o1", PaidBy::Boleto, 2_300);
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::SeveralPricesInOneOrder, "o1")]);
    let variants: Vec<usize> = order(&plan, "o1").lines.iter().map(|line| line.variant).collect();
    assert_eq!(variants, [0, 1, 0]);
    let pieces: Vec<u32> = plan.offers[0].variants.iter().map(|variant| variant.pieces).collect();
    assert_eq!(pieces, [2, 1]);
    assert!(order(&plan, "o1").price_changes.is_empty());
}

#[test]
fn two_units_at_one_price_stay_two_lines() {
    let files = market().with_plain_order("o1", 3).with_item("o1", "p1", "s1", 1_000);
    assert_eq!(order(&plan(&files), "o1").lines.len(), 2);
}

#[test]
fn a_product_of_several_sellers_is_an_offer_of_each_with_prices_of_its_own() {
    let files = market()
        .with_order("o1", Status::Delivered, 3)
        .with_item("o1", "p1", "s1", 500)
        .with_item("o1", "p1", "s2", 600)
        .with_item("o1", "p1", "s1", 500)
        .with_payment("o1", PaidBy::CreditCard, 2_200);
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::ProductOfSeveralSellers, "p1")]);
    assert_eq!(plan.offers.len(), 2);
    let parcels: Vec<_> = order(&plan, "o1")
        .parcels
        .iter()
        .map(|parcel| (parcel.seller.as_str(), parcel.freight_cents))
        .collect();
    assert_eq!(parcels, [("s1", 400), ("s2", 200)]);
}

#[test]
fn categories_that_are_missing_broken_or_untranslated_are_found() {
    let mut files = market().with_plain_order("o1", 3).with_plain_order("o2", 3).with_plain_order("o3", 3);
    for (line, (product, category)) in (5..).zip([("p3", ""), ("p4", "Bad Code"), ("p5", "tools")]) {
        files.products.push(crate::import::olist::files::Product {
            line,
            product: product.into(),
            category: category.into(),
        });
        files.items[usize::try_from(line).unwrap() - 5].product = product.into();
    }
    let plan = plan(&files);
    assert_eq!(
        found(&plan),
        [
            (Reason::CategoryMissing, "p3"),
            (Reason::CategoryInvalid, "p4"),
            (Reason::CategoryUntranslated, "tools"),
        ]
    );
    let categories: Vec<&str> = plan.offers.iter().map(|offer| offer.category.as_str()).collect();
    assert_eq!(categories, [UNCATEGORISED, UNCATEGORISED, "tools"]);
}

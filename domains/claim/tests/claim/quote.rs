//! How much goes back, in worked examples: goods of 6,667 (two of three pieces paid 10,000), fee 3,000, way back 2,500.

use claim::refund::{RefundInput, RefundQuote, quote};
use claim::value::{ClaimLine, Fault, GroupFacts, Kind};

use crate::given::*;

fn quoted(kind: Kind, fault: Fault, group: GroupFacts) -> RefundQuote {
    quote(&RefundInput { kind, fault, lines: &[line()], groups: &[group] })
}

/// `[goods, shipping, return_fee, shipping_deducted, total, unpaid_fee]`.
fn check(kind: Kind, fault: Fault, group: GroupFacts, expected: [i64; 6]) {
    let quote = quoted(kind, fault, group);
    let parts = [
        quote.goods,
        quote.shipping,
        quote.return_fee,
        quote.shipping_deducted,
        quote.total,
        quote.unpaid_fee,
    ];
    assert_eq!(parts.map(kernel::Amount::minor), expected);
}

fn ending(group: &GroupFacts) -> GroupFacts {
    GroupFacts { ends: true, ..group.clone() }
}

const SELLERS: [Fault; 3] = [Fault::Merchant, Fault::Platform, Fault::Carrier];

#[test]
fn a_partial_cancel_keeps_the_delivery_fee() {
    check(Kind::Cancel, Fault::Buyer, group(), [6_667, 0, 0, 0, 6_667, 0]);
}

#[test]
fn the_cancel_that_ends_a_group_gives_its_fee_back_whoevers_fault() {
    for fault in [Fault::Buyer, Fault::Merchant, Fault::Platform, Fault::Carrier] {
        check(Kind::Cancel, fault, ending(&group()), [6_667, 3_000, 0, 0, 9_667, 0]);
    }
}

#[test]
fn a_cancel_that_breaks_free_delivery_pays_the_fee_after_all() {
    check(Kind::Cancel, Fault::Buyer, free_group(), [6_667, 0, 0, 3_000, 3_667, 0]);
}

#[test]
fn a_group_of_which_nothing_is_delivered_costs_no_delivery() {
    check(Kind::Cancel, Fault::Buyer, ending(&free_group()), [6_667, 0, 0, 0, 6_667, 0]);
}

#[test]
fn a_return_at_the_buyers_fault_costs_the_way_back() {
    check(Kind::Return, Fault::Buyer, group(), [6_667, 0, 2_500, 0, 4_167, 0]);
    check(Kind::Return, Fault::Buyer, ending(&group()), [6_667, 0, 2_500, 0, 4_167, 0]);
}

#[test]
fn a_return_at_the_buyers_fault_may_break_free_delivery() {
    check(Kind::Return, Fault::Buyer, free_group(), [6_667, 0, 2_500, 3_000, 1_167, 0]);
    check(Kind::Return, Fault::Buyer, ending(&free_group()), [6_667, 0, 2_500, 3_000, 1_167, 0]);
}

#[test]
fn a_return_at_the_sellers_side_costs_the_buyer_nothing() {
    for fault in SELLERS {
        check(Kind::Return, fault, group(), [6_667, 0, 0, 0, 6_667, 0]);
        check(Kind::Return, fault, free_group(), [6_667, 0, 0, 0, 6_667, 0]);
        check(Kind::Return, fault, ending(&group()), [6_667, 3_000, 0, 0, 9_667, 0]);
    }
}

#[test]
fn a_threshold_that_still_holds_costs_nothing() {
    let rich = GroupFacts { goods_before: won(14_667), ..free_group() };
    check(Kind::Return, Fault::Buyer, rich.clone(), [6_667, 0, 2_500, 0, 4_167, 0]);
    let one_won_less = GroupFacts { goods_before: won(14_666), ..rich };
    check(Kind::Return, Fault::Buyer, one_won_less, [6_667, 0, 2_500, 3_000, 1_167, 0]);
}

#[test]
fn a_threshold_breaks_only_once() {
    let broken = GroupFacts { goods_before: won(7_999), ..free_group() };
    check(Kind::Cancel, Fault::Buyer, broken, [6_667, 0, 0, 0, 6_667, 0]);
}

#[test]
fn a_refund_never_falls_below_zero_and_names_what_is_unpaid() {
    let dear = GroupFacts { return_fee: price(9_000), ..free_group() };
    check(Kind::Return, Fault::Buyer, dear, [6_667, 0, 9_000, 3_000, 0, 5_333]);
}

#[test]
fn one_pickup_costs_one_return_fee_the_highest() {
    let second = ClaimLine { line: 2, group: 2, ..line() };
    let dearer = GroupFacts { group: 2, return_fee: price(4_000), ..group() };
    let input = RefundInput {
        kind: Kind::Return,
        fault: Fault::Buyer,
        lines: &[line(), second],
        groups: &[group(), dearer],
    };
    assert_eq!(quote(&input).return_fee, won(4_000));
}

#[test]
fn a_group_is_judged_by_its_own_lines() {
    let elsewhere = ClaimLine { line: 2, group: 2, ..line() };
    let untouched = GroupFacts { goods_before: won(20_000), ..free_group() };
    let second = GroupFacts { group: 2, ..free_group() };
    let input = RefundInput {
        kind: Kind::Cancel,
        fault: Fault::Buyer,
        lines: &[line(), elsewhere],
        groups: &[untouched, second],
    };
    let deducted: Vec<_> = quote(&input).groups.iter().map(|group| group.shipping_deducted.minor()).collect();
    assert_eq!(deducted, [0, 3_000]);
}

#[test]
fn a_threshold_minds_what_the_goods_counted_and_not_what_was_paid() {
    // 13,334 of the 20,000 leave, though points paid for half of them: what stays no longer reaches 8,000.
    let counted = GroupFacts { goods_before: won(20_000), goods_claimed: won(13_334), ..free_group() };
    check(Kind::Return, Fault::Buyer, counted, [6_667, 0, 2_500, 3_000, 1_167, 0]);
}

#[test]
fn a_fee_that_the_refund_does_not_cover_is_not_paid() {
    let dear = GroupFacts { return_fee: price(9_000), ..free_group() };
    let paid = quoted(Kind::Return, Fault::Buyer, dear).fees_paid();
    // Of 3,000 and 9,000 owed, 5,333 are missing.
    assert_eq!((paid.delivery[0].deducted, paid.return_fee), (won(1_667), won(5_000)));
    let ends = quoted(Kind::Cancel, Fault::Buyer, ending(&group())).fees_paid();
    assert_eq!((ends.delivery[0].given_back, ends.delivery[0].deducted), (won(3_000), won(0)));
    assert!(quoted(Kind::Cancel, Fault::Buyer, group()).fees_paid().delivery.is_empty());
}

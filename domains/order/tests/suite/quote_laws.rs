//! Whatever is in a basket: every amount is split to the last unit, nothing is below zero, and the order of things that
//! have none changes nothing.

use kernel::{Amount, Decider, Price};
use order::campaign::{Benefit, Funding, Owner, Scope};
use order::quote::{Basket, CouponOffer, FeeRule, Quote, quote};
use order::share::of_line;
use order::value::OrderLine;
use proptest::prelude::*;

use crate::market::{merchant, place_of, price, won};
use crate::offer::{product, rate};
use crate::quote::{basket, item, terms};
use crate::quote_coupons::offer;

/// Pieces and price of each line; by turns of two merchants.
fn lines() -> impl Strategy<Value = Vec<(u32, i64)>> {
    let dear = prop_oneof![1_i64..5, 1_i64..1_000_000, Just(Price::MAX)];
    prop::collection::vec((prop_oneof![1_u32..5, Just(999)], dear), 1..12)
}

fn benefit() -> impl Strategy<Value = Benefit> {
    let amount = (1_i64..2_000_000).prop_map(|off| Benefit::Amount { off: price(off) });
    let share = (1_u32..=1_000_000, prop::option::of(1_i64..50_000)).prop_map(|(millionths, cap)| {
        let rate = rate(&fraction(millionths));
        Benefit::Rate { rate, cap: cap.map(price) }
    });
    prop_oneof![amount, share]
}

fn fraction(millionths: u32) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Everything),
        prop::collection::btree_set(1_u128..13, 1..4)
            .prop_map(|of| Scope::Products(of.into_iter().map(product).collect())),
        (1_u128..3).prop_map(|of| Scope::Merchants([merchant(of)].into())),
    ]
}

fn funding() -> impl Strategy<Value = Funding> {
    prop_oneof![
        Just(Funding::Platform),
        Just(Funding::Merchant),
        (1_u32..1_000_000).prop_map(|part| Funding::Shared { merchant: rate(&fraction(part)) }),
    ]
}

fn coupons() -> impl Strategy<Value = Vec<CouponOffer>> {
    let coupon = (benefit(), scope(), funding(), prop::option::of(1_u128..3));
    prop::collection::vec(coupon, 0..5).prop_map(|all| {
        let numbered = (1..).zip(all);
        let offers = numbered.map(|(number, (benefit, scope, funding, own))| {
            offer(number, |terms| {
                (terms.benefit, terms.scope, terms.funding) = (benefit, scope, funding);
                terms.owner = own.map_or(Owner::Platform, |own| Owner::Merchant(merchant(own)));
            })
        });
        offers.collect()
    })
}

fn filled(lines: &[(u32, i64)], coupons: Vec<CouponOffer>, points: Amount) -> Basket {
    let items = (1..).zip(lines).map(|(number, (pieces, each))| item(number, 1 + number % 2, *pieces, *each));
    Basket { coupons, points, ..basket(items.collect()) }
}

/// The quote with those coupons that can be used, one after another.
fn quoted(lines: &[(u32, i64)], coupons: Vec<CouponOffer>, points_share: u32) -> (Vec<CouponOffer>, Quote) {
    let fee = terms(FeeRule::Fixed { fee: price(3_000) });
    let mut usable = Vec::new();
    for coupon in coupons {
        usable.push(coupon);
        if quote(filled(lines, usable.clone(), won(0)), &fee).is_err() {
            usable.pop();
        }
    }
    let before = quote(filled(lines, usable.clone(), won(0)), &fee).unwrap();
    let left: Amount = before.lines.iter().map(OrderLine::paid).sum();
    let points = won(left.minor() / 1_000 * i64::from(points_share));
    let quoted = quote(filled(lines, usable.clone(), points), &fee).unwrap();
    assert_eq!(quoted.points_total, points);
    (usable, quoted)
}

proptest! {
    #[test]
    fn every_amount_is_split_to_the_last_unit(
        lines in lines(), coupons in coupons(), points in 0_u32..=1_000
    ) {
        let (_, quote) = quoted(&lines, coupons, points);
        let sum = |amount: fn(&OrderLine) -> Amount| quote.lines.iter().map(amount).sum::<Amount>();
        let off: Amount = quote.coupons.iter().map(order::value::UsedCoupon::discount).sum();
        prop_assert_eq!(off, quote.discount_total);
        let paid = quote.goods_total - quote.discount_total - quote.points_total;
        prop_assert_eq!((sum(OrderLine::paid), quote.total), (paid, paid + quote.shipping_total));
        for line in &quote.lines {
            let parts = [line.discount_merchant, line.discount_platform, line.points, line.paid()];
            prop_assert!(parts.into_iter().all(|part| !part.is_negative()), "{:?}", line);
            let shares = quote.coupons.iter().flat_map(|used| &used.shares).filter(|it| it.line == line.line);
            let (merchant, platform) = shares.fold((won(0), won(0)), |(merchant, platform), share| {
                (merchant + share.discount_merchant, platform + share.discount_platform)
            });
            prop_assert_eq!((merchant, platform), (line.discount_merchant, line.discount_platform));
        }
    }

    #[test]
    fn coupons_take_the_same_in_whatever_order_they_are_named(
        lines in lines(), coupons in coupons(), turn in 0_usize..5
    ) {
        let (usable, quote) = quoted(&lines, coupons, 0);
        let mut turned = usable;
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        let fee = terms(FeeRule::Fixed { fee: price(3_000) });
        prop_assert_eq!(order::quote::quote(filled(&lines, turned, won(0)), &fee).unwrap(), quote);
    }

    #[test]
    fn a_merchants_own_coupon_touches_nobody_elses_goods(lines in lines(), coupons in coupons()) {
        let (usable, quote) = quoted(&lines, coupons, 0);
        for used in &quote.coupons {
            let offer = usable.iter().find(|offer| offer.coupon == used.coupon).unwrap();
            let Owner::Merchant(own) = offer.terms.owner else { continue };
            let lines = used.shares.iter().map(|share| &quote.lines[usize::from(share.line.0) - 1]);
            prop_assert!(lines.into_iter().all(|line| line.merchant == own));
        }
    }

    #[test]
    fn a_quote_is_placed_and_its_pieces_carry_all_of_it(
        lines in lines(), coupons in coupons(), points in 0_u32..=1_000, cut in 0_u32..999
    ) {
        let (_, quote) = quoted(&lines, coupons, points);
        let mut place = place_of(quote.lines, quote.groups);
        place.coupons = quote.coupons;
        let decided = order::Order::decide(&order::State::default(), order::Command::Place(place)).unwrap();
        let [order::Event::Placed(placed)] = decided.as_slice() else { panic!("it is placed") };
        prop_assert_eq!(placed.total, quote.total);
        for line in &placed.lines {
            let (all, cut) = (line.quantity.get(), cut % (line.quantity.get() + 1));
            let (first, rest) = (of_line(line, 0, cut), of_line(line, cut, all - cut));
            prop_assert_eq!(first.points + rest.points, line.points);
            prop_assert_eq!(first.paid + rest.paid, line.paid);
            prop_assert_eq!(first.discount_merchant + rest.discount_merchant, line.discount_merchant);
            prop_assert_eq!(first.discount_platform + rest.discount_platform, line.discount_platform);
        }
    }
}

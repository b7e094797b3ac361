//! Coupons and points of a quote: which may be used, in which order they take, and who bears what.

use kernel::id::CampaignId;
use kernel::{Amount, Price};
use order::campaign::{Benefit, Funding, Owner, Scope, Terms};
use order::policy::COUPONS_MAX;
use order::quote::{Basket, Branches, CouponOffer, FeeRule, Quote, Rejection};
use order::value::{LineNo, OrderLine};

use crate::market::{merchant, place_of, price, won};
use crate::offer::{coupon_id, mall, product, rate};
use crate::quote::{basket, item, terms};

/// A stackable coupon good for anything, paid by the platform.
pub(crate) fn takes_off(number: u128, off: i64) -> CouponOffer {
    offer(number, |terms| terms.benefit = Benefit::Amount { off: price(off) })
}

pub(crate) fn offer(number: u128, change: impl FnOnce(&mut Terms)) -> CouponOffer {
    let mut terms = Terms {
        mall: mall(),
        currency: kernel::Currency::Krw,
        owner: Owner::Platform,
        benefit: Benefit::Amount { off: price(1) },
        minimum_spend: Price::ZERO,
        scope: Scope::Everything,
        funding: Funding::Platform,
        stackable: true,
        back_at_cancel: true,
    };
    change(&mut terms);
    CouponOffer { coupon: coupon_id(number, 1), campaign: CampaignId(coupon_id(number, 0).0), terms }
}

fn takes_share(number: u128, share: &str, cap: Option<i64>) -> CouponOffer {
    let benefit = Benefit::Rate { rate: rate(share), cap: cap.map(price) };
    offer(number, |terms| terms.benefit = benefit)
}

/// Two lines of the first merchant, at 10,000 and 20,000, and one of the second, at 30,000.
fn goods() -> Basket {
    basket(vec![item(1, 1, 1, 10_000), item(2, 1, 2, 10_000), item(3, 2, 1, 30_000)])
}

fn quoted(coupons: Vec<CouponOffer>, points: i64) -> Result<Quote, Rejection> {
    order::quote::quote(Basket { coupons, points: won(points), ..goods() }, &terms(FeeRule::Free))
}

fn column(quote: &Quote, amount: fn(&OrderLine) -> Amount) -> Vec<i64> {
    quote.lines.iter().map(|line| amount(line).minor()).collect()
}

fn by_platform(quote: &Quote) -> Vec<i64> {
    column(quote, |line| line.discount_platform)
}

fn by_merchants(quote: &Quote) -> Vec<i64> {
    column(quote, |line| line.discount_merchant)
}

#[test]
fn a_discount_is_split_by_what_the_lines_cost() {
    let quote = quoted(vec![takes_off(1, 1_000)], 0).unwrap();
    assert_eq!(by_platform(&quote), [167, 333, 500]);
    assert_eq!((quote.discount_total, quote.total), (won(1_000), won(59_000)));
    assert_eq!(quote.coupons[0].discount(), won(1_000));
}

#[test]
fn a_share_is_capped_and_an_amount_takes_no_more_than_there_is() {
    let off = |offer| quoted(vec![offer], 0).unwrap().discount_total;
    assert_eq!(off(takes_share(1, "0.1", None)), won(6_000));
    assert_eq!(off(takes_share(1, "0.1", Some(5_000))), won(5_000));
    assert_eq!(off(takes_share(1, "1", None)), won(60_000));
    assert_eq!(off(takes_off(1, 70_000)), won(60_000));
}

#[test]
fn only_what_a_coupon_covers_is_discounted() {
    let scoped = |scope| offer(1, |terms| (terms.scope, terms.benefit) = (scope, off(600)));
    let of = |scope| by_platform(&quoted(vec![scoped(scope)], 0).unwrap());
    assert_eq!(of(Scope::Products([product(2)].into())), [0, 600, 0]);
    assert_eq!(of(Scope::Merchants([merchant(2)].into())), [0, 0, 600]);
    assert_eq!(of(Scope::Categories(["food.fruit".to_owned()].into())), [100, 200, 300]);
    let own = offer(1, |terms| {
        (terms.owner, terms.funding, terms.benefit) =
            (Owner::Merchant(merchant(1)), Funding::Merchant, off(600));
    });
    let quote = quoted(vec![own], 0).unwrap();
    assert_eq!((by_merchants(&quote), by_platform(&quote)), (vec![200, 400, 0], vec![0, 0, 0]));
}

#[test]
fn a_category_covers_everything_below_it() {
    let of = |code: &str, branches: Branches| {
        let scope = Scope::Categories([code.to_owned()].into());
        let coupons = vec![offer(1, |terms| (terms.scope, terms.benefit) = (scope, off(600)))];
        order::quote::quote(Basket { coupons, branches, ..goods() }, &terms(FeeRule::Free))
    };
    let below = |codes: &[&str]| {
        let branch = std::iter::once("food.fruit").chain(codes.iter().copied()).map(str::to_owned);
        Branches::from([("food.fruit".to_owned(), branch.collect())])
    };
    let nothing = Err(Rejection::CouponCoversNothing { coupon: coupon_id(1, 1) });
    for code in ["food.fruit", "fresh", "food"] {
        let quote = of(code, below(&["fresh", "food"])).unwrap();
        assert_eq!(by_platform(&quote), [100, 200, 300], "{code}");
    }
    assert_eq!(of("fresh", below(&["food"])), nothing, "it was moved elsewhere");
    assert_eq!(of("food", Branches::new()), nothing, "it stands alone");
}

fn off(minor: i64) -> Benefit {
    Benefit::Amount { off: price(minor) }
}

#[test]
fn a_shared_cost_is_split_to_the_last_unit() {
    let shared = offer(1, |terms| {
        (terms.funding, terms.benefit) = (Funding::Shared { merchant: rate("0.35") }, off(1_001));
    });
    let quote = quoted(vec![shared], 0).unwrap();
    assert_eq!((by_merchants(&quote), by_platform(&quote)), (vec![58, 117, 175], vec![109, 217, 325]));
    assert_eq!(by_merchants(&quote).iter().sum::<i64>(), 350, "0.35 of 1,001");
}

#[test]
fn narrow_coupons_take_first_then_amounts_then_shares() {
    let of_all_share = takes_share(1, "0.5", None);
    let of_all = takes_off(2, 2_000);
    let of_product = offer(3, |terms| {
        (terms.scope, terms.benefit) =
            (Scope::Products([product(1)].into()), Benefit::Rate { rate: rate("0.5"), cap: None });
    });
    let all = [&of_all_share, &of_all, &of_product].map(Clone::clone);
    let quote = quoted(all.to_vec(), 0).unwrap();
    let taken: Vec<_> = quote.coupons.iter().map(|used| (used.coupon, used.discount().minor())).collect();
    let expected = [(of_product.coupon, 5_000), (of_all.coupon, 2_000), (of_all_share.coupon, 26_500)];
    assert_eq!(taken, expected);
    let mut reversed = all.to_vec();
    reversed.reverse();
    assert_eq!(quoted(reversed, 0).unwrap(), quote, "in whatever order they are named");
}

#[test]
fn a_coupon_that_can_not_be_used_is_refused_by_name() {
    let refused = |coupons: Vec<CouponOffer>| quoted(coupons, 0).unwrap_err();
    let coupon = coupon_id(1, 1);
    let alone = offer(1, |terms| terms.stackable = false);
    assert!(quoted(vec![alone.clone()], 0).is_ok());
    assert_eq!(refused(vec![takes_off(2, 1), alone]), Rejection::CouponStandsAlone { coupon });
    assert_eq!(refused(vec![takes_off(1, 1), takes_off(1, 1)]), Rejection::CouponTwice { coupon });
    let other_mall = offer(1, |terms| terms.mall = kernel::MallId::new("busan").unwrap());
    let other_currency = offer(1, |terms| terms.currency = kernel::Currency::Brl);
    for elsewhere in [other_mall, other_currency] {
        assert_eq!(refused(vec![elsewhere]), Rejection::CouponElsewhere { coupon });
    }
    let nothing = offer(1, |terms| terms.scope = Scope::Products([product(9)].into()));
    assert_eq!(refused(vec![nothing]), Rejection::CouponCoversNothing { coupon });
    let useless = takes_share(1, "0.000001", None);
    assert_eq!(refused(vec![useless]), Rejection::CouponTakesNothingOff { coupon });
    let first = takes_off(2, 60_000);
    assert_eq!(refused(vec![takes_share(1, "1", None), first]), Rejection::CouponTakesNothingOff { coupon });
    let many = (1..=21).map(|number| takes_off(number, 1)).collect();
    assert_eq!(refused(many), Rejection::TooManyCoupons { found: COUPONS_MAX + 1 });
}

#[test]
fn a_minimum_spend_is_asked_of_what_is_covered_at_its_price() {
    let from = |least: i64| {
        offer(1, |terms| {
            (terms.minimum_spend, terms.scope) = (price(least), Scope::Merchants([merchant(1)].into()));
        })
    };
    assert!(quoted(vec![from(30_000), takes_off(2, 25_000)], 0).is_ok(), "other coupons don't count");
    let (coupon, least, found) = (coupon_id(1, 1), won(30_001), won(30_000));
    assert_eq!(quoted(vec![from(30_001)], 0), Err(Rejection::CouponMinimum { coupon, least, found }));
}

#[test]
fn points_pay_for_goods_after_coupons_and_never_for_delivery() {
    let fixed = terms(FeeRule::Fixed { fee: price(3_000) });
    let with = |points| {
        let coupons = vec![takes_off(1, 6_000)];
        order::quote::quote(Basket { coupons, points: won(points), ..goods() }, &fixed)
    };
    let quote = with(54_000).unwrap();
    assert_eq!(column(&quote, |line| line.points), [9_000, 18_000, 27_000]);
    assert_eq!((quote.points_total, quote.total), (won(54_000), won(6_000)));
    for found in [54_001, -1].map(won) {
        let refused = Rejection::PointsExceedGoods { most: won(54_000), found };
        assert_eq!(with(found.minor()), Err(refused));
    }
}

#[test]
fn what_is_paid_for_otherwise_leaves_nothing_to_pay() {
    let quote = quoted(vec![takes_share(1, "1", None)], 0).unwrap();
    assert_eq!((quote.total, column(&quote, OrderLine::paid)), (won(0), vec![0, 0, 0]));
    let one_unit = basket(vec![item(1, 1, 1, 1)]);
    let quote =
        order::quote::quote(Basket { coupons: vec![takes_off(1, 1)], ..one_unit }, &terms(FeeRule::Free));
    assert_eq!(quote.unwrap().lines[0].discount_platform, won(1));
}

#[test]
fn an_order_keeps_what_each_coupon_took_off_which_line() {
    let quote = quoted(vec![takes_off(1, 1_000), takes_share(2, "0.1", None)], 5_000).unwrap();
    let shares: Vec<_> = quote.coupons[1].shares.iter().map(|share| share.line).collect();
    assert_eq!(shares, [LineNo(1), LineNo(2), LineNo(3)]);
    let mut place = place_of(quote.lines.clone(), quote.groups.clone());
    place.coupons.clone_from(&quote.coupons);
    assert_eq!(place.total, quote.total);
    crate::given::given([]).when(order::Command::Place(place)).then(&["placed"]);
}

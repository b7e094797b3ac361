//! Any basket with its promotions, quoted and placed as checkout does it; and any cancels of an order's pieces.

use std::collections::BTreeMap;

use kernel::id::{CampaignId, CouponId};
use kernel::{Amount, Currency, MallId, Rate};
use order::campaign::{Benefit, Funding, Owner, Scope, Terms};
use order::command::Place;
use order::purchase_limit::Limits;
use order::quote::{Basket, Branches, CouponOffer, DeliveryTerms, FeeRule, Quote, QuotedItem, quote};
use order::value::{OrderLine, Source};
use proptest::prelude::*;
use uuid::Uuid;

use super::shop::{line_of, merchant, place_of, price};

/// Pieces and price of each of three lines: two of merchant 1, one of merchant 2.
fn any_items() -> impl Strategy<Value = Vec<QuotedItem>> {
    let any = || (1_u32..8, prop_oneof![1_i64..4, 0_i64..3_000]);
    (any(), any(), any()).prop_map(|items| {
        let groups = [(1, 1, items.0), (2, 1, items.1), (3, 2, items.2)];
        groups.into_iter().map(|(number, group, (pieces, unit))| item(number, group, pieces, unit)).collect()
    })
}

fn item(number: u16, group: u16, pieces: u32, unit: i64) -> QuotedItem {
    let OrderLine { merchant, product, sku, name, options, category, taxable, quantity, unit_price, .. } =
        line_of((number, group), (pieces, unit), [0; 3]);
    let source = Source::Direct;
    QuotedItem { merchant, product, sku, name, options, category, taxable, quantity, unit_price, source }
}

fn rate(hundredths: u32) -> Rate {
    Rate::new(format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().unwrap()).unwrap()
}

/// An amount off everything, whose cost is shared, and a share off merchant 1's goods.
fn any_coupons() -> impl Strategy<Value = Vec<CouponOffer>> {
    let offer = |number: u128, benefit, scope, funding| {
        let terms = Terms {
            mall: mall(),
            currency: Currency::Krw,
            owner: Owner::Platform,
            benefit,
            minimum_spend: price(0),
            scope,
            funding,
            stackable: true,
            back_at_cancel: true,
        };
        let (coupon, campaign) = (CouponId(Uuid::from_u128(number)), CampaignId(Uuid::from_u128(number)));
        CouponOffer { coupon, campaign, terms }
    };
    (prop::option::of(1_i64..9_000), prop::option::of(1_u32..=100), 1_u32..100).prop_map(
        move |(off, share, merchants)| {
            let shared = Funding::Shared { merchant: rate(merchants) };
            let amount =
                off.map(|off| offer(1, Benefit::Amount { off: price(off) }, Scope::Everything, shared));
            let share = share.map(|share| {
                let benefit = Benefit::Rate { rate: rate(share), cap: None };
                offer(2, benefit, Scope::Merchants([merchant(1)].into()), Funding::Platform)
            });
            amount.into_iter().chain(share).collect()
        },
    )
}

fn mall() -> MallId {
    MallId::new("main").unwrap()
}

fn any_terms() -> impl Strategy<Value = DeliveryTerms> {
    let rule = prop_oneof![
        Just(FeeRule::Free),
        (0_i64..4_000).prop_map(|fee| FeeRule::Fixed { fee: price(fee) }),
        (0_i64..4_000, 1_i64..20_000)
            .prop_map(|(fee, threshold)| FeeRule::FreeOver { fee: price(fee), threshold: price(threshold) }),
    ];
    (rule, 0_i64..3_000).prop_map(|(fee, surcharge)| DeliveryTerms {
        fee,
        surcharge: price(surcharge),
        return_fee: price(0),
    })
}

prop_compose! {
    /// An order as checkout would place it: with those of the coupons that can be used, and so many thousandths of what is
    /// left paid with points.
    pub(super) fn any_quoted_place()(
        items in any_items(), coupons in any_coupons(), points in 0_i64..=1_000,
        terms in (any_terms(), any_terms()),
    ) -> Place {
        let terms = BTreeMap::from([(merchant(1), terms.0), (merchant(2), terms.1)]);
        let quoted = |coupons: &[CouponOffer], points| {
            let (items, coupons, limits) = (items.clone(), coupons.to_vec(), Limits::new());
            let (currency, vat_rate) = (Currency::Krw, rate(10));
            let branches = Branches::new();
            quote(Basket { mall: mall(), currency, items, coupons, points, vat_rate, limits, branches }, &terms)
        };
        let mut usable = Vec::new();
        for coupon in coupons {
            usable.push(coupon);
            if quoted(&usable, Amount::ZERO).is_err() {
                usable.pop();
            }
        }
        let left: Amount = quoted(&usable, Amount::ZERO).unwrap().lines.iter().map(OrderLine::paid).sum();
        let points = Amount::from_minor(left.minor() * points / 1_000);
        let Quote { lines, groups, coupons, total, .. } = quoted(&usable, points).unwrap();
        let place = Place { coupons, vat_rate: Some(rate(10)), ..place_of(lines, groups) };
        assert_eq!(place.total, total);
        place
    }
}

/// Cancels of pieces of a line each, no more in all than there are.
pub(super) fn any_cancels(place: &Place) -> impl Strategy<Value = Vec<(u16, u32)>> + use<> {
    let ordered: BTreeMap<u16, u32> =
        place.lines.iter().map(|line| (line.line.0, line.quantity.get())).collect();
    prop::collection::vec((1_u16..4, 1_u32..5), 0..10).prop_map(move |wanted| {
        let mut left = ordered.clone();
        let taken = wanted.into_iter().filter_map(|(line, pieces)| {
            let left = left.get_mut(&line)?;
            let pieces = pieces.min(*left);
            *left -= pieces;
            (pieces > 0).then_some((line, pieces))
        });
        taken.collect()
    })
}

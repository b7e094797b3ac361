//! The value added tax inside what is paid: per line and fee, in every split, and as the order keeps it.

use kernel::{Amount, Decider, Rate};
use order::command::{Command, Place};
use order::event::Placed;
use order::quote::{Basket, FeeRule, Quote};
use order::share::of_line;
use order::tax::Taxed;
use order::{Event, Order, State};
use proptest::prelude::*;

use crate::market::{group, line, place_of, price, won};
use crate::offer::rate;
use crate::quote::{basket, item, terms};
use crate::quote_coupons::takes_off;

fn korean() -> Rate {
    rate("0.1")
}

/// Goods of 11,000 with tax and of 5,000 without, 3,000 for delivery, 1,000 taken off and 500 points.
fn quoted() -> Quote {
    let taxable = order::quote::QuotedItem { taxable: true, ..item(1, 1, 1, 11_000) };
    let items = vec![taxable, item(2, 1, 1, 5_000)];
    let coupons = vec![takes_off(1, 1_000)];
    let basket = Basket { coupons, points: won(500), vat_rate: korean(), ..basket(items) };
    order::quote::quote(basket, &terms(FeeRule::Fixed { fee: price(3_000) })).unwrap()
}

fn placed(place: Place) -> Placed {
    let mut events = Order::decide(&State::default(), Command::Place(place)).unwrap();
    let Event::Placed(placed) = events.remove(0) else { panic!("it is placed") };
    placed
}

fn taxed(supply: i64, vat: i64, tax_free: i64) -> Taxed {
    Taxed { supply: won(supply), vat: won(vat), tax_free: won(tax_free) }
}

#[test]
fn a_quote_says_the_tax_inside_what_is_paid() {
    let quote = quoted();
    let paid: Vec<_> = quote.lines.iter().map(|line| line.paid().minor()).collect();
    assert_eq!(paid, [9_968, 4_532], "the first: 11,000 less 688 and 344");
    assert_eq!(quote.lines[0].taxed(korean()), taxed(9_062, 906, 0));
    assert_eq!(quote.lines[1].taxed(korean()), taxed(0, 0, 4_532));
    assert_eq!(quote.groups[0].taxed(korean()), taxed(2_727, 273, 0));
    assert_eq!((quote.tax, quote.tax.amount()), (taxed(11_789, 1_179, 4_532), quote.total));
}

#[test]
fn an_order_keeps_the_tax_that_was_quoted() {
    let quote = quoted();
    let order = placed(Place { vat_rate: Some(korean()), ..place_of(quote.lines, quote.groups) });
    assert_eq!((order.tax(), order.vat_rate), (Some(quote.tax), Some(korean())));
    assert_eq!(
        [order.lines[0].vat, order.lines[1].vat, order.groups[0].vat],
        [906, 0, 273].map(|vat| Some(won(vat)))
    );
}

#[test]
fn an_order_placed_before_tax_was_stated_has_none() {
    assert_eq!(placed(crate::market::place()).tax(), None);
}

#[test]
fn a_surcharge_is_a_part_of_its_fee() {
    let surcharged = |surcharge| {
        let group = order::value::DeliveryGroup { surcharge: price(surcharge), ..group(1, 3_000) };
        Order::decide(&State::default(), Command::Place(place_of(vec![line(1, 1, 1, 100)], vec![group])))
    };
    let Event::Placed(placed) = surcharged(3_000).unwrap().remove(0) else { panic!("it is placed") };
    assert_eq!((placed.groups[0].surcharge, placed.lines[0].shipping), (price(3_000), won(3_000)));
    let group = order::value::GroupNo(1);
    assert_eq!(surcharged(3_001), Err(order::Rejection::SurchargeExceedsFee { group }));
}

proptest! {
    /// Supply and tax are what is paid: of a line, and of its pieces in whatever cuts.
    #[test]
    fn supply_and_tax_add_up_in_any_split(
        pieces in 1_u32..60, unit in 0_i64..2_000_000, off in 0_i64..10_000_000,
        millionths in 0_i64..=1_000_000, taxable: bool, cuts in prop::collection::vec(0_u32..=60, 0..8),
    ) {
        let rate = rate(&format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000));
        let plain = order::value::OrderLine { taxable, ..line(1, 1, pieces, unit) };
        let discount_platform = won(off).min(plain.goods());
        let ordered = order::value::OrderLine { discount_platform, ..plain };
        let order = placed(Place { vat_rate: Some(rate), ..place_of(vec![ordered], vec![group(1, unit)]) });
        prop_assert_eq!(order.tax().unwrap().amount(), order.total);
        let line = &order.lines[0];
        let (mut bounds, mut vat, mut paid) = (cuts, Amount::ZERO, Amount::ZERO);
        bounds.extend([0, pieces]);
        bounds.sort_unstable();
        for pair in bounds.windows(2) {
            let run = of_line(line, pair[0], pair[1] - pair[0]);
            let supply = run.paid - run.vat;
            prop_assert!(!run.vat.is_negative() && !supply.is_negative(), "{:?}", run);
            (vat, paid) = (vat + run.vat, paid + run.paid);
        }
        prop_assert_eq!((Some(vat), paid), (line.vat, line.paid));
    }
}

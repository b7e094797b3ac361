//! The figures of single items: commission, VAT, net, and what a return takes back.

use kernel::Quantity;
use settlement::accrual::accrue;
use settlement::item::{ItemKind, Parts};
use settlement::reversal::{ReturnedLine, reverse};
use settlement::totals::Totals;
use settlement::value::{ItemKey, TaxType};

use crate::given::{item, key, line, rate, returned, terms, won};

#[test]
fn an_item_is_reckoned_to_the_won() {
    let item = item("a");
    // 12 % of 30,000 − 1,000 = 3,480; of it 10/110 = 316.36 is VAT; 30,000 − 1,000 + 3,000 − 3,480 is net.
    assert_eq!(item.parts.commission, won(3_480));
    assert_eq!(item.parts.commission_vat, won(316));
    assert_eq!(item.net, won(28_520));
    assert_eq!(item.parts.customer_paid(), won(29_500));
    assert_eq!((item.kind, item.quantity, item.cites), (ItemKind::Sale, 3, 41));
}

#[test]
fn a_lines_own_rate_goes_before_the_contracts() {
    let mut line = line("a");
    line.commission_rate = Some(rate("0.05"));
    let item = accrue(line, &terms(), 1);
    assert_eq!((item.parts.commission, item.commission_rate), (won(1_450), rate("0.05")));
}

#[test]
fn the_platforms_discount_costs_the_merchant_nothing() {
    let mut without = line("a");
    without.discount_platform = won(0);
    assert_eq!(accrue(without, &terms(), 1).net, item("a").net);
}

#[test]
fn a_return_of_all_pieces_mirrors_the_sale() {
    let mut line = returned("b", item("a"));
    line.pieces = Quantity::new(3).unwrap();
    let back = reverse(line, 43);
    assert_eq!(back.parts.plus(&item("a").parts), Parts { shipping: won(3_000), ..Parts::default() });
    assert_eq!((back.net, back.kind), (won(-25_520), ItemKind::RefundAfterSettlement));
    assert_eq!((back.reverses, back.cites), (Some(key("a")), 43));
}

#[test]
fn a_return_takes_no_delivery_fee_back() {
    let back = reverse(returned("b", item("a")), 43);
    assert_eq!(back.parts.shipping, won(0));
    assert_eq!(back.parts.sale, won(-10_000));
}

#[test]
fn three_single_returns_take_back_what_one_of_three_takes() {
    let sum = (0..3)
        .map(|before| ReturnedLine { first_piece: before, ..returned("b", item("a")) })
        .map(|line| reverse(line, 43).parts)
        .fold(Parts::default(), |sum, parts| sum.plus(&parts));
    let mut all = returned("b", item("a"));
    all.pieces = Quantity::new(3).unwrap();
    assert_eq!(sum, reverse(all, 43).parts);
}

#[test]
fn a_step_puts_back_what_the_refund_of_its_pieces_takes() {
    // Three pieces were paid with 26,500: an order says 8,834 for the first, 8,833 for each of the others.
    let paid = |first_piece| {
        let line = ReturnedLine { first_piece, ..returned("b", item("a")) };
        reverse(line, 43).parts.customer_paid()
    };
    assert_eq!([paid(0), paid(1), paid(2)], [won(-8_834), won(-8_833), won(-8_833)]);
}

#[test]
fn no_step_takes_back_more_vat_than_commission() {
    let mut line = line("a");
    // Commission 6, VAT in it 1, over 12 pieces: the sixth takes back no commission, so no VAT either.
    (line.quantity, line.sale, line.commission_rate) =
        (Quantity::new(12).unwrap(), won(60), Some(rate("0.1")));
    (line.discount_merchant, line.discount_platform, line.points) = (won(0), won(0), won(0));
    let original = accrue(line, &terms(), 1);
    for before in 0..12 {
        let step = ReturnedLine { first_piece: before, ..returned("b", original.clone()) };
        let parts = reverse(step, 43).parts;
        assert!(
            parts.commission <= parts.commission_vat && parts.commission_vat <= won(0),
            "{before}: {parts:?}"
        );
    }
}

#[test]
fn supply_is_summed_by_tax_type() {
    let mut free = item("b");
    free.tax = TaxType::TaxFree;
    let mut zero = item("c");
    zero.tax = TaxType::ZeroRated;
    let totals = Totals::of(&[item("a"), free.clone(), free, zero]);
    assert_eq!((totals.taxable, totals.tax_free, totals.zero_rated), (won(32_000), won(64_000), won(32_000)));
    assert_eq!((totals.items, totals.net), (4, won(4 * 28_520)));
}

#[test]
fn an_item_key_is_visible_ascii_of_limited_length() {
    for bad in ["", "a b", "a\n", "주문", &"x".repeat(121)] {
        assert!(ItemKey::new(bad).is_err(), "{bad:?}");
    }
    assert!(ItemKey::new("x".repeat(120)).is_ok());
}

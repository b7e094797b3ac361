//! What holds for any order and any claims on it, across the contexts: an order that is over leaves nothing of what its
//! shopper paid in the deposits, neither a unit too much nor too little; and who gets nothing pays nothing.

mod basket;
mod fees;
mod shop;
mod tenders;

use claim::value::Reason;
use kernel::Amount;
use order::value::{ClaimKind, ClaimablePieces};
use proptest::prelude::*;

use fees::group;
use shop::{Shop, Step, any_cancel_step, any_place, any_step, line_of, place_of};

#[test]
fn a_line_worth_more_than_one_piece_can_cost_is_accrued() {
    let mut shop =
        Shop::open(place_of(vec![line_of((1, 1), (600, 2_000_000_000), [0; 3])], vec![group(0, None, 0)]));
    shop.finish();
    assert_eq!(shop.deposits, Amount::ZERO);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_order_that_is_over_leaves_nothing_in_the_deposits(
        place in any_place(), steps in prop::collection::vec(any_step(), 0..40),
    ) {
        let mut shop = Shop::open(place);
        for (number, step) in steps.into_iter().enumerate() {
            shop.take(number, step);
            // No more of a delivery fee goes back than was paid.
            prop_assert!(shop.delivery_paid().iter().all(|paid| !paid.is_negative()));
        }
        shop.finish();
        prop_assert!(shop.state.lines().all(|(_, line)| line.buckets().is_final()));
        prop_assert_eq!(shop.deposits, Amount::ZERO);
    }

    #[test]
    fn confirmed_pieces_that_come_back_one_by_one_put_back_what_was_accrued(place in any_place()) {
        let mut shop = Shop::open(place);
        shop.finish();
        let lines: Vec<_> = shop.state.lines().map(|(line, _)| (line.line.0, line.quantity.get())).collect();
        let pieces = lines.into_iter().flat_map(|(line, count)| (0..count).map(move |_| vec![(line, 1)]));
        for (number, lines) in pieces.enumerate() {
            let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
            shop.take(number, Step::Claim(kind, pieces, lines, Reason::Late));
            shop.take(number, Step::Complete(u128::try_from(number).unwrap()));
        }
        prop_assert!(shop.state.lines().all(|(_, line)| line.buckets().returned == line.buckets().total()));
        prop_assert_eq!(shop.deposits, Amount::ZERO);
        // At the merchant's fault the delivery fee goes back with the last piece: it is taken from the merchant again.
        let fees: Amount = shop.state.groups().iter().map(|group| group.fee.amount()).sum();
        prop_assert_eq!(shop.fees, -fees);
    }
    #[test]
    fn an_order_that_is_cancelled_before_dispatch_in_any_steps_refunds_all_that_was_paid(
        place in any_place(), steps in prop::collection::vec(any_cancel_step(), 0..40),
    ) {
        let (total, mut shop) = (place.total, Shop::open(place));
        for (number, step) in steps.into_iter().enumerate() {
            shop.take(number, step);
            prop_assert!(shop.refunded <= total);
        }
        shop.complete_all();
        for (number, left) in shop.left_by_merchant().into_iter().enumerate() {
            let (kind, pieces) = (ClaimKind::Cancel, ClaimablePieces::Unconfirmed);
            shop.take(1_000 + number, Step::Claim(kind, pieces, left, Reason::ChangedMind));
        }
        shop.complete_all();
        prop_assert!(shop.state.lines().all(|(_, line)| line.buckets().cancelled == line.buckets().total()));
        prop_assert_eq!(shop.refunded, total);
        prop_assert!(shop.delivery_paid().iter().all(|paid| paid.is_zero()));
        prop_assert_eq!(shop.deposits, Amount::ZERO);
    }
}

//! Cash receipts in the books: given with the money, taken back with it, in the order of time.

use kernel::id::OrderId;
use payment::Payment;
use projections::books::query::{Receipt, ReceiptFilter, receipts, receipts_to_export};
use projections::books::{Books, ReceiptState};
use projections::{Page, runner};
use uuid::Uuid;

use crate::money::*;
use crate::world::World;

async fn given(world: &mut World, number: u8, minor: i64) {
    for step in [request_cash(number, minor), start_with_receipt(), captured(number, 1)] {
        world.takes::<Payment>(&payment_id(number), step).await;
    }
}

async fn taken_back(world: &mut World, number: u8, refund: u8, minor: i64) {
    for step in [start_refund(number, refund, minor), refunded(number, refund)] {
        world.takes::<Payment>(&payment_id(number), step).await;
    }
}

fn rows(page: &[Receipt]) -> Vec<(&str, i64, i64)> {
    page.iter().map(|row| (row.state.as_str(), row.amount_minor, row.left_minor)).collect()
}

#[tokio::test]
async fn a_receipt_is_listed_each_time_that_it_is_given_or_taken_back() {
    let mut world = World::new().await;
    given(&mut world, 0, 40_000).await;
    given(&mut world, 2, 5_000).await;
    for step in [request_cash(4, 700), start(), captured(4, 1)] {
        world.takes::<Payment>(&payment_id(4), step).await;
    }
    taken_back(&mut world, 0, 1, 15_000).await;
    taken_back(&mut world, 0, 2, 25_000).await;
    world.caught_up().await;
    let filter = ReceiptFilter { mall: mall(0), state: None, from: None, until: None };
    let Page { items: first, next } = receipts(&world.pool, &filter, None, 3).await.unwrap();
    assert_eq!(
        rows(&first),
        [("issued", 40_000, 40_000), ("issued", 5_000, 5_000), ("changed", -15_000, 25_000)]
    );
    let last = receipts(&world.pool, &filter, next, 3).await.unwrap();
    assert_eq!((rows(&last.items), last.next), (vec![("taken_back", -25_000, 0)], None));
    let back = &last.items[0];
    assert_eq!((back.order, back.payment), (OrderId(Uuid::from_u128(0x2000)).0, payment_id(0).0));
    assert_eq!((back.receipt_identifier.as_str(), back.purpose.as_str()), ("c2VhbGVk", "income_deduction"));
    let elsewhere = ReceiptFilter { mall: mall(1), ..filter.clone() };
    assert!(receipts(&world.pool, &elsewhere, None, 9).await.unwrap().items.is_empty());
    let of = async |state, from, until| {
        let filter = ReceiptFilter { state, from, until, ..filter.clone() };
        receipts_to_export(&world.pool, &filter, 9).await.unwrap().len()
    };
    assert_eq!(of(Some(ReceiptState::Issued), None, None).await, 2);
    assert_eq!(of(None, None, Some(hour(4))).await, 2, "what is given by then");
    assert_eq!(of(None, Some(hour(4)), None).await, 2, "what is taken back from then on");
    let before = world.checksums().await;
    runner::rebuild::<Books>(&world.pool, &world.log, |_| {}).await.unwrap();
    assert_eq!(world.checksums().await, before, "in one batch as in many");
    world.end().await;
}

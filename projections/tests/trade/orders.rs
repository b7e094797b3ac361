//! What the read model of orders answers.

use order::Order;
use payment::Payment;
use projections::Cursor;
use projections::orders::{
    OrderView, Orders, Pieces, Search, counts_by_status, of_member, of_merchant, order, search,
};
use uuid::Uuid;

use crate::story::told_to;
use crate::words::{OPTION, at, mall, member, merchant, order_id, payment_id};

fn ids<'a>(orders: impl IntoIterator<Item = &'a OrderView>) -> Vec<Uuid> {
    orders.into_iter().map(|order| order.order).collect()
}

fn orders(numbers: &[u128]) -> Vec<Uuid> {
    numbers.iter().map(|number| order_id(*number).0).collect()
}

#[tokio::test]
async fn an_order_reads_as_its_aggregate_says() {
    let house = told_to::<Orders>("orders_whole").await;
    for number in 1..=4 {
        let view = order(&house.pool, order_id(number)).await.unwrap().expect("the order is there");
        let known = house.log.read::<Order>(&order_id(number)).await.unwrap();
        let paid = house.log.read::<Payment>(&payment_id(number)).await.unwrap();
        assert_eq!(view.status, known.state.phase().to_string());
        assert_eq!(view.position, i64::try_from(known.version.0).unwrap());
        assert_eq!(view.total_minor, known.state.total().unwrap().minor());
        assert_eq!(view.paid_at, known.state.paid_at());
        assert_eq!(view.confirmation_held, known.state.hold().is_some());
        assert_eq!(view.payment_status, Some(paid.state.phase().to_string()));
        assert_eq!(view.refunded_minor, Some(paid.state.refunded().minor()));
        assert_eq!(view.lines.len(), 3);
        for (shown, (_, line)) in view.lines.iter().zip(known.state.lines()) {
            assert_eq!(shown.pieces, pieces(line), "order {number}, line {}", shown.line_no);
            assert_eq!(shown.options, [OPTION]);
        }
    }
    house.close().await;
}

fn pieces(line: &order::state::Line) -> Pieces {
    let buckets = line.buckets();
    Pieces {
        ordered: buckets.ordered.into(),
        preparing: buckets.preparing.into(),
        shipped: buckets.shipped.into(),
        delivered: buckets.delivered.into(),
        confirmed: buckets.confirmed.into(),
        cancelled: buckets.cancelled.into(),
        returned: buckets.returned.into(),
        exchanged: buckets.exchanged.into(),
        claimed: line.held().pieces().into(),
    }
}

#[tokio::test]
async fn a_line_keeps_what_it_was_placed_with() {
    let house = told_to::<Orders>("orders_line").await;
    let view = order(&house.pool, order_id(1)).await.unwrap().expect("the order is there");
    let line = &view.lines[0];
    assert_eq!((line.name.as_str(), line.options.as_slice()), ("제주 감귤", &[OPTION.to_owned()][..]));
    assert_eq!((line.quantity, line.unit_price_minor.minor(), line.paid_minor.minor()), (3, 10_000, 30_000));
    let fees: Vec<_> = view.groups.iter().map(|group| (group.group_no, group.fee_minor.minor())).collect();
    assert_eq!(fees, [(1, 2_500), (2, 0)]);
    assert_eq!(view.payment_methods, Some(vec!["card".to_owned()]));
    assert_eq!((view.recipient.as_deref(), view.closed_at), (Some("c2VhbGVk"), Some(at(802))));
    assert!(order(&house.pool, order_id(9)).await.unwrap().is_none());
    house.close().await;
}

#[tokio::test]
async fn a_shopper_pages_through_their_own_orders_from_the_newest() {
    let house = told_to::<Orders>("orders_member").await;
    let first = of_member(&house.pool, member(1), None, 2).await.unwrap();
    assert_eq!(ids(&first.items), orders(&[4, 2]));
    let next: Cursor = first.next.expect("there is more");
    let second = of_member(&house.pool, member(1), Some(next), 2).await.unwrap();
    assert_eq!((ids(&second.items), second.next), (orders(&[1]), None));
    assert!(of_member(&house.pool, member(3), None, 2).await.unwrap().items.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_merchant_sees_its_own_lines_only() {
    let house = told_to::<Orders>("orders_merchant").await;
    let page = of_merchant(&house.pool, merchant(2), None, None, 100).await.unwrap();
    assert_eq!(ids(&page.items), orders(&[4, 3, 2, 1]));
    for order in &page.items {
        assert_eq!(order.lines.iter().map(|line| line.line_no).collect::<Vec<_>>(), [3]);
        assert_eq!(order.groups.iter().map(|group| group.group_no).collect::<Vec<_>>(), [2]);
    }
    let expired = of_merchant(&house.pool, merchant(1), Some("expired"), None, 100).await.unwrap();
    assert_eq!(ids(&expired.items), orders(&[2]));
    assert!(of_merchant(&house.pool, merchant(3), None, None, 100).await.unwrap().items.is_empty());
    house.close().await;
}

#[tokio::test]
async fn an_operator_finds_orders_by_every_condition_at_once() {
    let house = told_to::<Orders>("orders_search").await;
    let all = Search::default();
    let found = async |wanted: Search| ids(&search(&house.pool, &wanted, None, 100).await.unwrap().items);
    assert_eq!(found(all.clone()).await, orders(&[4, 3, 2, 1]));
    assert_eq!(found(Search { id_prefix: Some("02".into()), ..all.clone() }).await, orders(&[2]));
    assert_eq!(found(Search { id_prefix: Some("order".into()), ..all.clone() }).await, orders(&[]));
    assert_eq!(found(Search { member: Some(member(2)), ..all.clone() }).await, orders(&[3]));
    assert_eq!(found(Search { status: Some("closed".into()), ..all.clone() }).await, orders(&[1]));
    let (from, until) = (Some(at(10)), Some(at(30)));
    let period = Search { placed_from: from, placed_until: until, mall: Some(mall()), ..all };
    assert_eq!(found(period.clone()).await, orders(&[3, 2]));
    assert_eq!(found(Search { member: Some(member(1)), ..period }).await, orders(&[2]));
    house.close().await;
}

#[tokio::test]
async fn the_orders_of_each_status_are_counted() {
    let house = told_to::<Orders>("orders_counts").await;
    let counts = counts_by_status(&house.pool, Some(&mall())).await.unwrap();
    let counts: Vec<_> = counts.iter().map(|count| (count.status.as_str(), count.orders)).collect();
    assert_eq!(counts, [("cancelled", 1), ("closed", 1), ("expired", 1), ("pending_payment", 1)]);
    let elsewhere = kernel::MallId::new("busan").unwrap();
    assert!(counts_by_status(&house.pool, Some(&elsewhere)).await.unwrap().is_empty());
    house.close().await;
}

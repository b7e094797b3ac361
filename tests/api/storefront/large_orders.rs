//! Orders of many lines: each one append over all that they hold, whatever its number.

use futures::future::join_all;
use kernel::id::SkuId;
use order::coupon::Phase;
use product::Stock;
use serde_json::{Value, json};

use super::house::{House, PRICE, instrument, refusal, text};
use super::market::{self, Market};
use super::redeeming::{POINTS, Redeeming};

/// How many lines, each of another merchant.
const LINES: u32 = 50;
/// The most lines of an order.
const MOST_LINES: usize = 100;

/// One more merchant's product for each line but the first.
async fn others(house: &House) -> Vec<Market> {
    let opened = join_all((1..LINES).map(|_| Box::pin(market::open(&house.world)))).await;
    house.world.projected().await;
    opened
}

/// The lines' pieces that are reserved.
async fn reserved(house: &House, skus: &[SkuId]) -> u32 {
    let log = &house.world.app.log;
    let levels = skus.iter().map(async |sku| log.read_latest::<Stock>(sku).await.unwrap().state.levels());
    join_all(levels).await.iter().map(|levels| levels.reserved).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_merchants_a_coupon_and_points_are_one_order_or_none() {
    let redeeming = Redeeming::open().await;
    let (house, shopper) = (&redeeming.house, &redeeming.shopper);
    let others = others(house).await;
    let skus: Vec<SkuId> = [house.market.sku].into_iter().chain(others.iter().map(|one| one.sku)).collect();
    let item = |one: &Market| json!({"product": one.product, "sku": one.sku, "quantity": 1});
    let items: Vec<Value> = [house.item(1)].into_iter().chain(others.iter().map(item)).collect();
    let mut wish = redeeming.wish(LINES, POINTS);
    wish["items"] = json!(items);

    let mut beyond = wish.clone();
    beyond["items"][49]["quantity"] = json!(101);
    beyond["total_minor"] = json!(wish["total_minor"].as_i64().unwrap() + 100 * PRICE);
    let refused = shopper.post(&house.at("/orders"), beyond).await;
    assert_eq!(refusal(&refused), (409, "sold_out"));
    assert_eq!(reserved(house, &skus).await, 0);
    assert_eq!((redeeming.coupon().await, redeeming.points().await), (Phase::Issued, (POINTS, 0)));

    let placed = shopper.post(&house.at("/orders"), wish.clone()).await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    assert_eq!(reserved(house, &skus).await, LINES);
    assert!(matches!(redeeming.coupon().await, Phase::Held { .. }));
    assert_eq!(redeeming.points().await, (0, POINTS));
    let path = format!("/storefront/v1/orders/{}", text(&placed.body["order"]));
    assert_eq!(shopper.post(&format!("{path}/payment"), instrument("ok")).await.status, 200);
    house.settled().await;

    let page = shopper.get(&path).await.body;
    let lines = page["lines"].as_array().unwrap();
    let paid: i64 = lines.iter().map(|line| line["paid_minor"].as_i64().unwrap()).sum();
    assert_eq!((lines.len(), paid), (50, wish["total_minor"].as_i64().unwrap()));
    assert_eq!(page["shipments"].as_array().unwrap().len(), 50);
    let last = json!([{"line": 50, "quantity": 1}]);
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": last});
    assert_eq!(shopper.post(&format!("{path}/claims"), claim).await.status, 201);
    house.settled().await;
    assert_eq!(shopper.get(&path).await.body["refunded_minor"], lines[49]["paid_minor"]);
    assert_eq!(reserved(house, &skus).await, LINES - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_has_a_hundred_lines_at_most() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = async |lines: usize| {
        let mut wish = house.wish(u32::try_from(lines).unwrap());
        wish["items"] = json!(vec![house.item(1); lines]);
        shopper.post(&house.at("/orders"), wish).await
    };
    assert_eq!(refusal(&order(MOST_LINES + 1).await), (422, "quote_too_many_items"));
    assert_eq!(house.available().await, 100);
    assert_eq!(order(MOST_LINES).await.status, 201);
    assert_eq!(house.available().await, 0);
}

//! Gifts that nobody accepts: declined, too late, stopped by their buyer; or accepted at that very moment.

use chrono::TimeDelta;
use futures::future::join;
use order::coupon::Phase;
use reqwest::Method;
use serde_json::{Value, json};

use super::gifts::{accept, decline, given, home, own, parcels, placed, state};
use super::house::{House, PRICE, bare, refusal, text, thrice};
use super::redeeming::{POINTS, Redeeming};

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_gift_is_refunded_whole_and_told_to_nobody() {
    let house = House::open().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    let (order, gift) = given(&house, &shopper, house.wish(2)).await;
    assert_eq!(house.available().await, 98);
    decline(&house, &gift).await.is(200);
    decline(&house, &gift).await.is(200);
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!((&page["status"], &page["gift"]["state"]), (&json!("cancelled"), &json!("declined")));
    assert_eq!(page["refunded_minor"], json!(2 * PRICE));
    assert_eq!(
        (page["claims"].as_array().unwrap().len(), &page["claims"][0]["phase"]),
        (1, &json!("completed"))
    );
    let claim =
        shopper.get(&format!("/storefront/v1/claims/{}", text(&page["claims"][0]["claim"]))).await.body;
    assert_eq!(claim["reason"], json!("gift_not_accepted"));
    assert_eq!(house.available().await, 100);
    assert_eq!(refusal(&accept(&house, &gift, home()).await), (409, "gift_over"));
    assert_eq!(house.nobody.get(&gift).await.body["goods"][0]["quantity"], json!(2));
    let sold = merchant.get(&format!("/seller/v1/orders/{order}")).await.body;
    assert_eq!((&sold["recipient"], parcels(&merchant, &order).await), (&Value::Null, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_nobody_accepts_lapses_and_gives_back_all_that_it_redeemed() {
    let redeeming = Redeeming::open().await;
    let (house, shopper) = (&redeeming.house, &redeeming.shopper);
    let limits = json!({"max_per_member": {"pieces": 2}});
    let path = format!("/seller/v1/products/{}/purchase-limits", house.market.product);
    house.merchant().await.write(Method::PUT, &path, limits, "limits").await.is(200);
    let (order, gift) = given(house, shopper, redeeming.wish(2, POINTS)).await;
    assert_eq!(redeeming.points().await, (0, 0));
    house.world.pass(6).await;
    house.settled().await;
    assert_eq!(state(house, &gift).await, "waiting");
    house.world.pass(1).await;
    house.settled().await;
    assert_eq!(state(house, &gift).await, "lapsed");
    let shopper = house.log_in("minji").await;
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!((&page["status"], &page["gift"]["state"]), (&json!("cancelled"), &json!("lapsed")));
    assert_eq!(page["refunded_minor"], page["total_minor"]);
    assert_eq!((redeeming.coupon().await, redeeming.points().await), (Phase::Issued, (POINTS, 0)));
    assert_eq!(house.available().await, 100);
    assert_eq!(refusal(&accept(house, &gift, home()).await), (409, "gift_over"));
    assert_eq!(refusal(&decline(house, &gift).await), (409, "gift_over"));
    house.order(&shopper, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_accepts_when_the_time_is_over_is_late_even_where_nobody_has_noticed() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (_, gift) = given(&house, &shopper, house.wish(1)).await;
    let over = sagas::Clock::now(&*house.world.clock) + TimeDelta::days(7);
    house.world.clock.stop_at(over - TimeDelta::seconds(1)).unwrap();
    assert_eq!(state(&house, &gift).await, "waiting");
    house.world.clock.stop_at(over).unwrap();
    let late = house.nobody.post(&format!("{gift}/acceptance"), home()).await;
    assert_eq!(refusal(&late), (409, "gift_over"));
    house.settled().await;
    assert_eq!(state(&house, &gift).await, "lapsed");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_buyer_stops_a_gift_before_it_is_accepted() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (order, gift) = given(&house, &shopper, house.wish(1)).await;
    let path = format!("{}/cancellation", own(&order));
    thrice(&shopper, Method::POST, &path, [Value::Null, Value::Null]).await;
    house.settled().await;
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!((&page["status"], &page["gift"]["state"]), (&json!("cancelled"), &json!("cancelled")));
    assert_eq!(page["refunded_minor"], json!(PRICE));
    assert_eq!(refusal(&accept(&house, &gift, home()).await), (409, "gift_over"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_gift_of_two_merchants_is_cancelled_at_both() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (product, sku) = {
        let other = Box::pin(super::market::open(&house.world)).await;
        (other.product, other.sku)
    };
    let mut wish = house.wish(1);
    wish["items"].as_array_mut().unwrap().push(json!({"product": product, "sku": sku, "quantity": 1}));
    wish["total_minor"] = json!(2 * PRICE);
    let (order, gift) = given(&house, &shopper, wish).await;
    decline(&house, &gift).await.is(200);
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!((page["claims"].as_array().unwrap().len(), &page["refunded_minor"]), (2, &json!(2 * PRICE)));
    assert_eq!(page["status"], json!("cancelled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_first_decides_what_becomes_of_a_gift() {
    let house = House::open().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    for round in 0..8 {
        let (order, gift) = given(&house, &shopper, house.wish(1)).await;
        let (acceptance, stop) = (format!("{gift}/acceptance"), format!("{}/cancellation", own(&order)));
        let decline = format!("{gift}/decline");
        let (accepted, ended) = if round % 2 == 0 {
            join(house.nobody.post(&acceptance, home()), bare(&shopper, Method::POST, &stop)).await
        } else {
            join(house.nobody.post(&acceptance, home()), bare(&house.nobody, Method::POST, &decline)).await
        };
        house.settled().await;
        assert_ne!(accepted.status.is_success(), ended.status.is_success(), "{accepted:?} {ended:?}");
        let page = shopper.get(&own(&order)).await.body;
        let told = (text(&page["status"]), &page["refunded_minor"], parcels(&merchant, &order).await);
        let expected = if accepted.status.is_success() {
            ("paid", &json!(0), 1)
        } else {
            ("cancelled", &json!(PRICE), 0)
        };
        assert_eq!(told, expected, "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_nobody_pays_expires_like_any_order() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = placed(&house, &shopper, house.wish(1)).await;
    house.world.pass(1).await;
    house.settled().await;
    let page = house.log_in("minji").await.get(&own(&order)).await.body;
    assert_eq!((&page["status"], &page["gift"]["state"]), (&json!("expired"), &json!("cancelled")));
    assert_eq!((&page["gift_card"]["token"], house.available().await), (&Value::Null, 100));
}

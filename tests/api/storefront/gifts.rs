//! Gifts: bought without an address, passed on by a token, accepted or not; and nobody learns what they need not.

use chrono::TimeDelta;
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};

use super::delivery::surcharging;
use super::house::{House, bare, id, instrument, refusal, text, thrice};
use crate::client::{Client, Reply};

/// What a gift's buyer says of it.
pub fn card() -> Value {
    json!({"recipient": {"name": "Jun", "phone": "010-9999-8888"}, "from": "Your friend", "message": "Happy birthday"})
}

/// Where its recipient lives.
pub fn home() -> Value {
    let recipient = json!({"name": "Jun Park", "phone": "010-9999-8888", "postal_code": "06236", "address": "Teheran-ro 1"});
    json!({"recipient": recipient, "memo": "Ring twice"})
}

/// The same wish as a gift.
pub fn as_gift(mut wish: Value) -> Value {
    let fields = wish.as_object_mut().unwrap();
    fields.remove("recipient");
    fields.remove("memo");
    fields.insert("gift".to_owned(), card());
    wish
}

pub async fn placed(house: &House, shopper: &Client, wish: Value) -> String {
    let placed = shopper.post(&house.at("/orders"), as_gift(wish)).await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    house.settled().await;
    text(&placed.body["order"]).to_owned()
}

/// A paid gift, and where its recipient finds it.
pub async fn given(house: &House, shopper: &Client, wish: Value) -> (String, String) {
    let order = placed(house, shopper, wish).await;
    let paid = shopper.post(&format!("{}/payment", own(&order)), instrument("ok")).await;
    assert_eq!(paid.status, 200, "{:?}", paid.body);
    house.settled().await;
    let page = shopper.get(&own(&order)).await.body;
    (order, format!("/storefront/v1/gifts/{}", text(&page["gift_card"]["token"])))
}

pub fn own(order: &str) -> String {
    format!("/storefront/v1/orders/{order}")
}

pub async fn accept(house: &House, gift: &str, home: Value) -> Reply {
    let reply = house.nobody.post(&format!("{gift}/acceptance"), home).await;
    house.settled().await;
    reply
}

pub async fn decline(house: &House, gift: &str) -> Reply {
    let reply = bare(&house.nobody, Method::POST, &format!("{gift}/decline")).await;
    house.settled().await;
    reply
}

pub async fn state(house: &House, gift: &str) -> String {
    text(&house.nobody.get(gift).await.body["state"]).to_owned()
}

/// The parcels of an order that its merchant sees.
pub async fn parcels(merchant: &Client, order: &str) -> usize {
    let shipments = merchant.get("/seller/v1/shipments").await.body;
    shipments["items"].as_array().unwrap().iter().filter(|item| item["order"] == order).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_is_passed_on_accepted_and_sent() {
    let house = House::open().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    let order = placed(&house, &shopper, house.wish(2)).await;
    let unpaid = shopper.get(&own(&order)).await.body;
    assert_eq!(unpaid["gift"], json!({"state": "unpaid", "accept_by": null}));
    assert_eq!((&unpaid["gift_card"]["token"], &unpaid["recipient"]), (&Value::Null, &Value::Null));
    let (order, gift) = given(&house, &shopper, house.wish(2)).await;
    let seen = house.nobody.get(&gift).await;
    let accept_by = sagas::Clock::now(&*house.world.clock) + TimeDelta::days(7);
    let expected = json!({
        "state": "waiting", "accept_by": accept_by, "recipient": "Jun", "from": "Your friend", "message": "Happy birthday",
        "mall": "main", "goods": [{"product": house.market.product, "name": "A book", "options": [], "quantity": 2}],
    });
    assert_eq!(seen.body, expected);
    let sold = format!("/seller/v1/orders/{order}");
    let before = merchant.get(&sold).await.body;
    assert_eq!((&before["status"], &before["gift"]["state"]), (&json!("paid"), &json!("waiting")));
    let shown = (&before["recipient"], &before["memo"], &before["gift_message"]);
    assert_eq!(shown, (&Value::Null, &Value::Null, &json!("Happy birthday")));
    assert_eq!(before["lines"][0]["pieces"]["ordered"], json!(2));
    let listed = merchant.get("/seller/v1/orders?status=paid").await.body;
    assert_eq!(listed["items"][0]["gift"]["state"], json!("waiting"));
    assert_eq!(parcels(&merchant, &order).await, 0);
    let tracked = format!("{}/shipments", own(&order));
    let waiting = json!({"gift": {"state": "waiting", "accept_by": accept_by}, "items": []});
    assert_eq!(shopper.get(&tracked).await.body, waiting);
    let path = format!("{gift}/acceptance");
    let mut elsewhere = home();
    elsewhere["recipient"]["address"] = json!("Elsewhere 1");
    thrice(&house.nobody, Method::POST, &path, [home(), elsewhere]).await;
    house.settled().await;
    let after = merchant.get(&sold).await.body;
    assert_eq!((&after["gift"]["state"], &after["memo"]), (&json!("accepted"), &json!("Ring twice")));
    assert_eq!(after["recipient"], home()["recipient"]);
    assert_eq!(parcels(&merchant, &order).await, 1);
    house.arrived(&order).await;
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!(
        (&page["gift"]["state"], &page["lines"][0]["pieces"]["delivered"]),
        (&json!("accepted"), &json!(2))
    );
    assert_eq!(state(&house, &gift).await, "accepted");
    house.world.pass(8).await;
    house.settled().await;
    let page = house.log_in("minji").await.get(&own(&order)).await.body;
    assert_eq!(page["status"], json!("closed"), "it confirms itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_never_learns_where_a_gift_goes_nor_the_recipient_who_bought_it() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (order, gift) = given(&house, &shopper, house.wish(1)).await;
    accept(&house, &gift, home()).await.is(200);
    house.arrived(&order).await;
    let own = own(&order);
    let paths = [
        own.clone(),
        format!("{own}/shipments"),
        format!("{own}/history"),
        format!("{own}?at=2026-03-02T09:00:00Z"),
    ];
    let pages = paths.iter().map(String::as_str).chain(["/storefront/v1/orders"]);
    for path in pages {
        let told = shopper.get(path).await.text;
        for secret in ["Teheran-ro", "06236", "Jun Park", "Ring twice"] {
            assert!(!told.contains(secret), "{path} tells {secret}: {told}");
        }
    }
    let page = shopper.get(&own).await.body;
    assert_eq!((&page["recipient"], &page["gift_card"]["recipient"]), (&Value::Null, &card()["recipient"]));
    let told = house.nobody.get(&gift).await.text;
    for secret in ["minor", "12345", "minji", "010-1234", "payment", "member"] {
        assert!(!told.contains(secret), "the gift tells {secret}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_names_nobody_is_from_its_buyers_account() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let mut wish = as_gift(house.wish(1));
    wish["gift"].as_object_mut().unwrap().remove("from");
    wish["gift"].as_object_mut().unwrap().remove("message");
    let order = text(&shopper.post(&house.at("/orders"), wish).await.body["order"]).to_owned();
    house.settled().await;
    let page = shopper.get(&own(&order)).await.body;
    assert_eq!((&page["gift_card"]["from"], &page["gift_card"]["message"]), (&json!("minji"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_is_accepted_once() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (order, gift) = given(&house, &shopper, house.wish(1)).await;
    accept(&house, &gift, home()).await.is(200);
    let head = house.world.app.log.head().await.unwrap();
    accept(&house, &gift, home()).await.is(200);
    assert_eq!(house.world.app.log.head().await.unwrap(), head, "the same again is already so");
    let mut elsewhere = home();
    elsewhere["recipient"]["address"] = json!("Elsewhere 1");
    assert_eq!(refusal(&accept(&house, &gift, elsewhere).await), (409, "gift_accepted"));
    assert_eq!(refusal(&decline(&house, &gift).await), (409, "gift_accepted"));
    let stopped = bare(&shopper, Method::POST, &format!("{}/cancellation", own(&order))).await;
    assert_eq!(refusal(&stopped), (409, "not_pending_payment"));
    house.world.pass(8).await;
    house.settled().await;
    assert_eq!(state(&house, &gift).await, "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_goes_to_no_address_that_costs_more_than_was_paid() {
    let house = surcharging().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    let quote = shopper.post(&house.at("/quotes"), json!({"items": [house.item(1)]})).await.body;
    assert_eq!(quote["deliveries"][0]["surcharge_minor"], json!(0));
    let mut wish = house.wish(1);
    wish["total_minor"] = quote["total_minor"].clone();
    let (order, gift) = given(&house, &shopper, wish).await;
    for remote in ["63100", "40200"] {
        let mut island = home();
        island["recipient"]["postal_code"] = json!(remote);
        assert_eq!(refusal(&accept(&house, &gift, island).await), (422, "gift_to_remote_area"));
    }
    assert_eq!((state(&house, &gift).await.as_str(), parcels(&merchant, &order).await), ("waiting", 0));
    accept(&house, &gift, home()).await.is(200);
    assert_eq!(parcels(&merchant, &order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_own_gift_alone() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (_, gift) = given(&house, &shopper, house.wish(1)).await;
    let (_, other) = given(&house, &shopper, house.wish(1)).await;
    let unpaid = placed(&house, &shopper, house.wish(1)).await;
    let unpaid = house.world.app.gift_token(id(&unpaid)).text();
    let ordinary = house.world.app.gift_token(id(&house.paid(&shopper, 1).await)).text();
    let end = gift.len() - 43;
    let swapped = format!("{}{}", &gift[..end], &other[end..]);
    let wrong = ["none", &unpaid, &ordinary].map(|token| format!("/storefront/v1/gifts/{token}"));
    for path in wrong.iter().map(String::as_str).chain([swapped.as_str(), &gift[..gift.len() - 1]]) {
        let accepted = house.nobody.post(&format!("{path}/acceptance"), home()).await;
        let declined = bare(&house.nobody, Method::POST, &format!("{path}/decline")).await;
        for reply in [house.nobody.get(path).await, accepted, declined] {
            assert_eq!(refusal(&reply), (404, "not_found"), "{path}");
        }
    }
    assert_eq!(state(&house, &gift).await, "waiting");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_a_gift_is_sent_and_nothing_before() {
    let house = House::open().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    let (order, gift) = given(&house, &shopper, house.wish(3)).await;
    let cancel = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    assert_eq!(shopper.post(&format!("{}/claims", own(&order)), cancel).await.status, 201);
    house.settled().await;
    assert_eq!(parcels(&merchant, &order).await, 0);
    assert_eq!(house.nobody.get(&gift).await.body["goods"][0]["quantity"], json!(2));
    accept(&house, &gift, home()).await.is(200);
    let shipments = merchant.get("/seller/v1/shipments").await.body;
    assert_eq!(shipments["items"][0]["lines"], json!([{"line": 1, "sku": house.market.sku, "quantity": 2}]));
    assert_eq!(parcels(&merchant, &order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_accept_at_once_with_one_address_both_have() {
    let house = House::open().await;
    let (shopper, merchant) = (house.shopper("minji").await, house.merchant().await);
    let (order, gift) = given(&house, &shopper, house.wish(1)).await;
    let path = format!("{gift}/acceptance");
    let (one, other) = join(house.nobody.post(&path, home()), house.nobody.post(&path, home())).await;
    one.is(200);
    other.is(200);
    house.settled().await;
    assert_eq!(parcels(&merchant, &order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_names_an_address_or_is_a_gift() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let mut neither = house.wish(1);
    neither.as_object_mut().unwrap().remove("recipient");
    let mut both = house.wish(1);
    both["gift"] = card();
    for (wish, field) in [(neither, "/recipient"), (both, "/gift")] {
        let refused = shopper.post(&house.at("/orders"), wish).await;
        assert_eq!(refusal(&refused), (422, "invalid_body"));
        assert_eq!(refused.body["errors"][0]["field"], json!(field));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_ends_with_its_buyers_data() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (order, gift) = given(&house, &shopper, house.wish(1)).await;
    let merchant = house.merchant().await;
    accept(&house, &gift, home()).await.is(200);
    let me = shopper.get("/storefront/v1/members/me").await.body;
    house.world.app.vault.destroy(text(&me["member"]).parse().unwrap()).await.unwrap();
    assert_eq!(refusal(&house.nobody.get(&gift).await), (404, "not_found"));
    let sold = merchant.get(&format!("/seller/v1/orders/{order}")).await.body;
    assert_eq!((&sold["recipient"], &sold["gift_message"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_not_guessed_without_end() {
    let house = House::open().await;
    let client = Client::serving(house.world.app.clone(), 1).await;
    for _ in 0..200 {
        if client.get("/storefront/v1/gifts/guessed").await.status == 429 {
            return;
        }
    }
    panic!("200 requests were not too many");
}

//! Cancelling and returning pieces of an order.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, refusal, text, thrice};

fn claim(kind: &str, reason: &str, quantity: u32) -> Value {
    json!({"kind": kind, "reason": reason, "lines": [{"line": 1, "quantity": quantity}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_that_have_not_left_are_cancelled_and_paid_back() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid(&shopper, 3).await;
    let path = format!("/storefront/v1/orders/{order}/claims");
    let bodies = [claim("cancel", "changed_mind", 1), claim("cancel", "changed_mind", 2)];
    let made = thrice(&shopper, Method::POST, &path, bodies).await;
    assert_eq!(made.status, 201);
    house.settled().await;
    let path = format!("/storefront/v1/claims/{}", text(&made.body["id"]));
    let shown = shopper.get(&path).await;
    assert_eq!((&shown.body["phase"], &shown.body["refunded_minor"]), (&json!("completed"), &json!(PRICE)));
    assert_eq!(shown.body["lines"][0]["amount_minor"], json!(PRICE));
    let tag = shown.headers["etag"].to_str().unwrap();
    let known = shopper.send(Method::GET, &path, &[("if-none-match", tag)], None).await;
    assert_eq!(known.status, 304);
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["refunded_minor"], &page["claims"][0]["kind"]), (&json!(PRICE), &json!("cancel")));
    assert_eq!(page["lines"][0]["pieces"]["cancelled"], json!(1));
    let list = shopper.get("/storefront/v1/claims").await.body;
    assert_eq!((&list["items"][0]["claim"], list["items"].as_array().unwrap().len()), (&made.body["id"], 1));
}

/// A house whose merchant delivers two pieces for free, fewer for 3,000.
async fn free_over_two_pieces() -> House {
    let house = House::open().await;
    let fee = json!({"kind": "free_over", "fee_minor": 3_000, "threshold_minor": 2 * PRICE});
    let policy = json!({"fee": fee, "return_fee_minor": 2_500, "dispatch_days": 2});
    let merchant = house.merchant().await;
    let path = "/seller/v1/malls/main/delivery-policy";
    let tag = merchant.get(path).await.headers["etag"].to_str().unwrap().to_owned();
    let headers = [("idempotency-key", "free"), ("if-match", tag.as_str())];
    assert_eq!(merchant.send(Method::PUT, path, &headers, Some(policy)).await.status, 200);
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_free_delivery_that_is_cancelled_in_two_steps_is_paid_back_whole() {
    let house = free_over_two_pieces().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid(&shopper, 2).await;
    let claims = format!("/storefront/v1/orders/{order}/claims");
    for (deducted, back, refunded) in [(3_000, 0, PRICE - 3_000), (0, 3_000, PRICE + 3_000)] {
        let made = shopper.post(&claims, claim("cancel", "changed_mind", 1)).await;
        assert_eq!(made.status, 201, "{:?}", made.body);
        house.settled().await;
        let shown = shopper.get(&format!("/storefront/v1/claims/{}", text(&made.body["id"]))).await.body;
        assert_eq!(shown["shipping_deducted_minor"], json!(deducted));
        assert_eq!((&shown["shipping_minor"], &shown["refunded_minor"]), (&json!(back), &json!(refunded)));
    }
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!(page["refunded_minor"], json!(2 * PRICE));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancels_that_are_refunded_at_once_are_paid_back_whole_too() {
    let house = free_over_two_pieces().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid(&shopper, 2).await;
    let claims = format!("/storefront/v1/orders/{order}/claims");
    let cancel = || shopper.post(&claims, claim("cancel", "changed_mind", 1));
    let (first, second) = tokio::join!(cancel(), cancel());
    assert_eq!(
        (first.status.as_u16(), second.status.as_u16()),
        (201, 201),
        "{:?} {:?}",
        first.body,
        second.body
    );
    house.settled().await;
    let mut moved = [0, 0, 0];
    for made in [first, second] {
        let shown = shopper.get(&format!("/storefront/v1/claims/{}", text(&made.body["id"]))).await.body;
        let parts = ["shipping_deducted_minor", "shipping_minor", "refunded_minor"];
        moved.iter_mut().zip(parts).for_each(|(sum, part)| *sum += shown[part].as_i64().unwrap());
    }
    assert_eq!(moved, [3_000, 3_000, 2 * PRICE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_withdrawn_while_its_goods_are_with_the_shopper() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 2).await;
    let made =
        shopper.post(&format!("/storefront/v1/orders/{order}/claims"), claim("return", "defective", 2)).await;
    assert_eq!(made.status, 201, "{:?}", made.body);
    house.settled().await;
    let confirm = format!("/storefront/v1/orders/{order}/confirmation");
    let held = shopper.post(&confirm, json!({"lines": [{"line": 1, "quantity": 1}]})).await;
    assert_eq!(refusal(&held), (409, "claimed"));
    let path = format!("/storefront/v1/claims/{}", text(&made.body["id"]));
    assert_eq!(shopper.get(&path).await.body["fault"], json!("merchant"));
    thrice(&shopper, Method::POST, &format!("{path}/withdrawal"), [Value::Null, Value::Null]).await;
    house.settled().await;
    assert_eq!(shopper.get(&path).await.body["phase"], json!("withdrawn"));
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!(page["lines"][0]["claimed"], json!(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_on_its_way_is_not_withdrawn() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 2).await;
    let path = format!("/storefront/v1/orders/{order}/claims");
    let made = shopper.post(&path, claim("return", "changed_mind", 2)).await;
    let id = text(&made.body["id"]).to_owned();
    house.settled().await;
    let merchant = house.merchant().await;
    let judged = merchant.post(&format!("/seller/v1/claims/{id}/acceptance"), Value::Null).await;
    assert_eq!(judged.status, 200, "{judged:?}");
    house.settled().await;
    let pickups = merchant.get("/seller/v1/shipments?status=requested").await.body;
    let pickup = text(&pickups["items"][0]["shipment"]).to_owned();
    let parcel = json!({"carrier": "cj", "tracking_number": "1"});
    let sent = merchant.post(&format!("/seller/v1/shipments/{pickup}/dispatch"), parcel).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    house.settled().await;
    let withdrawal = bare(&shopper, Method::POST, &format!("/storefront/v1/claims/{id}/withdrawal")).await;
    assert_eq!(refusal(&withdrawal), (409, "on_its_way"));
    let missing = json!({"refusal": "not_sent_back"});
    let missing = merchant.post(&format!("/seller/v1/claims/{id}/rejection"), missing).await;
    assert_eq!(refusal(&missing), (409, "wrong_phase"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_cannot_be_made_is_refused() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let unpaid = house.order(&shopper, 1).await;
    let order = house.paid(&shopper, 2).await;
    let at = |order: &str| format!("/storefront/v1/orders/{order}/claims");
    let unpaid = shopper.post(&at(&unpaid), claim("cancel", "changed_mind", 1)).await;
    assert_eq!(refusal(&unpaid), (409, "not_paid"));
    for (body, expected) in [
        (claim("cancel", "changed_mind", 3), (409, "not_enough")),
        (claim("return", "changed_mind", 1), (409, "not_enough")),
        (claim("cancel", "defective", 1), (422, "reason_does_not_fit")),
        (claim("cancel", "out_of_stock", 1), (403, "reason_not_yours")),
        (claim("cancel", "lost", 1), (403, "reason_not_yours")),
        (claim("exchange", "changed_mind", 1), (422, "invalid_body")),
        (claim("cancel", "bored", 1), (422, "invalid_body")),
        (claim("cancel", "changed_mind", 0), (422, "invalid_body")),
        (json!({"kind": "cancel", "reason": "late", "lines": []}), (422, "line_count")),
    ] {
        assert_eq!(refusal(&shopper.post(&at(&order), body.clone()).await), expected, "{body}");
    }
    assert_eq!(shopper.get("/storefront/v1/claims").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_shopper_confirmed_they_cannot_return() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 2).await;
    let path = format!("/storefront/v1/orders/{order}");
    let confirm = |pieces: u32| json!({"lines": [{"line": 1, "quantity": pieces}]});
    assert!(shopper.post(&format!("{path}/confirmation"), confirm(1)).await.status.is_success());
    let claims = format!("{path}/claims");
    let part = shopper.post(&claims, claim("return", "defective", 2)).await;
    assert_eq!(refusal(&part), (409, "not_enough"));
    assert!(shopper.post(&format!("{path}/confirmation"), json!({})).await.status.is_success());
    assert_eq!(refusal(&shopper.post(&claims, claim("return", "defective", 1)).await), (409, "not_paid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_is_made_for_each_merchant() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid_of_two_merchants(&shopper).await;
    let path = format!("/storefront/v1/orders/{order}/claims");
    let lines = |numbers: &[u16]| {
        let lines: Vec<_> = numbers.iter().map(|line| json!({"line": line, "quantity": 1})).collect();
        json!({"kind": "cancel", "reason": "changed_mind", "lines": lines})
    };
    let both = shopper.post(&path, lines(&[1, 2])).await;
    assert_eq!((both.status.as_u16(), both.code()), (422, "several_merchants"), "{both:?}");
    for line in [1, 2] {
        assert_eq!(shopper.post(&path, lines(&[line])).await.status, 201);
    }
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["status"], &page["refunded_minor"]), (&json!("cancelled"), &json!(2 * PRICE)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_its_shoppers_alone() {
    let house = House::open().await;
    let (minji, jun) = (house.shopper("minji").await, house.shopper("jun").await);
    let order = house.delivered(&minji, 1).await;
    let path = format!("/storefront/v1/orders/{order}/claims");
    let strangers = jun.post(&path, claim("return", "changed_mind", 1)).await;
    assert_eq!(refusal(&strangers), (404, "not_found"));
    let made = minji.post(&path, claim("return", "changed_mind", 1)).await;
    house.settled().await;
    let path = format!("/storefront/v1/claims/{}", text(&made.body["id"]));
    assert_eq!(refusal(&jun.get(&path).await), (404, "not_found"));
    let withdrawal = bare(&jun, Method::POST, &format!("{path}/withdrawal")).await;
    assert_eq!(refusal(&withdrawal), (404, "not_found"));
    assert_eq!(jun.get("/storefront/v1/claims").await.body["items"], json!([]));
}

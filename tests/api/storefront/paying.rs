//! Paying an order, or not.

use std::sync::Arc;

use member::operator::Role;
use reqwest::Method;
use serde_json::json;

use super::house::{House, bare, instrument, refusal, text, thrice};
use crate::staff::staff;

fn payment(order: &str) -> String {
    format!("/storefront/v1/orders/{order}/payment")
}

async fn payment_of(house: &House, payment: &str) -> Arc<payment::State> {
    let log = &house.world.app.log;
    log.read_latest::<payment::Payment>(&payment.parse().unwrap()).await.unwrap().state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_captured_once() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    let bodies = [instrument("ok"), instrument("late")];
    let paid = thrice(&shopper, Method::POST, &payment(&order), bodies).await;
    assert_eq!((paid.status.as_u16(), &paid.body["status"]), (200, &json!("captured")));
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["status"], &page["payment_status"]), (&json!("paid"), &json!("captured")));
    assert_eq!(page["shipments"][0]["status"], json!("requested"));
    let again = shopper.post(&payment(&order), instrument("ok")).await;
    assert_eq!(refusal(&again), (409, "not_pending_payment"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payment_says_why_and_can_be_tried_again() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    for (name, reason) in
        [("decline_insufficient_funds", "insufficient_funds"), ("decline_expired_card", "card_expired")]
    {
        let declined = shopper.write(Method::POST, &payment(&order), instrument(name), name).await;
        assert_eq!(refusal(&declined), (402, "payment_declined"));
        assert_eq!(text(&declined.body["errors"][0]["code"]), reason);
        let again = shopper.write(Method::POST, &payment(&order), instrument(name), name).await;
        assert_eq!(refusal(&again), (402, "payment_declined"));
    }
    assert_eq!(shopper.post(&payment(&order), instrument("ok")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_is_waited_for() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let mut wish = house.wish(1);
    wish["tenders"] = json!([{"method": "virtual_account", "amount_minor": wish["total_minor"]}]);
    let order = shopper.post(&house.at("/orders"), wish).await.body;
    let order = text(&order["order"]);
    let awaiting = shopper.post(&payment(order), instrument("virtual_account")).await;
    assert_eq!((awaiting.status.as_u16(), &awaiting.body["status"]), (202, &json!("awaiting_deposit")));
    assert!(text(&awaiting.body["account"]).starts_with("Sandbox Bank"));
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!(page["payment_status"], json!("awaiting_deposit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_who_is_sent_away_pays_when_they_have_shown_that_it_is_them() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let desk = staff(&house.world, &house.nobody, &[Role::Support]).await;
    for succeeds in [false, true] {
        let order = house.order(&shopper, 1).await;
        let back = format!("{}/return", payment(&order));
        assert_eq!(
            refusal(&shopper.post(&back, json!(null)).await),
            (404, "not_found"),
            "nobody has paid yet"
        );
        let body = json!({"instrument": "authentication", "return_url": "https://shop.example/orders"});
        let asked = thrice(&shopper, Method::POST, &payment(&order), [body, instrument("ok")]).await;
        assert_eq!((asked.status.as_u16(), &asked.body["status"]), (202, &json!("awaiting_authentication")));
        assert!(text(&asked.body["redirect_url"]).starts_with("https://"), "{:?}", asked.body);
        let early = shopper.post(&back, json!(null)).await;
        assert_eq!((early.status.as_u16(), &early.body["status"]), (202, &json!("awaiting_authentication")));
        assert_eq!(early.body["redirect_url"], asked.body["redirect_url"]);
        house.settled().await;
        let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
        assert_eq!(page["payment_status"], json!("awaiting_authentication"));
        let shows = json!({"payment": page["payment"], "succeeds": succeeds});
        let path = "/admin/v1/sandbox/authentications";
        for _ in 0..2 {
            assert_eq!(desk.post(path, shows.clone()).await.status, 202);
        }
        let told = shopper.post(&back, json!(null)).await;
        let again = shopper.post(&back, json!(null)).await;
        assert_eq!((again.status, &again.body["status"]), (told.status, &told.body["status"]));
        if succeeds {
            assert_eq!((told.status.as_u16(), &told.body["status"]), (200, &json!("captured")));
        } else {
            assert_eq!(refusal(&told), (402, "payment_declined"));
            assert_eq!(text(&told.body["errors"][0]["code"]), "authentication_failed");
            assert_eq!(shopper.post(&payment(&order), instrument("ok")).await.status, 200);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_who_never_comes_back_lets_their_pieces_go() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 4).await;
    let asked = shopper.post(&payment(&order), instrument("authentication")).await;
    let id: kernel::id::PaymentId = text(&asked.body["payment"]).parse().unwrap();
    let now = house.world.pass(1).await;
    assert_eq!(house.available().await, 100);
    let gateway = &house.world.app.sandbox_gateway;
    gateway.authenticate(id, true, now).await.unwrap().expect("the gateway takes the money after all");
    let shopper = house.log_in("minji").await;
    let late = shopper.post(&format!("{}/return", payment(&order)), json!(null)).await;
    assert_eq!(refusal(&late), (409, "paid_too_late"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_who_pays_otherwise_leaves_what_they_were_asked() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    let asked = shopper.post(&payment(&order), instrument("authentication")).await;
    assert_eq!(asked.status, 202);
    assert_eq!(shopper.post(&payment(&order), instrument("ok")).await.status, 200);
    let id: kernel::id::PaymentId = text(&asked.body["payment"]).parse().unwrap();
    let app = &house.world.app;
    app.sandbox_gateway.authenticate(id, true, sagas::Clock::now(&*house.world.clock)).await.unwrap();
    house.settled().await;
    let state = payment_of(&house, text(&asked.body["payment"])).await;
    assert_eq!((state.attempts(), state.strays().count()), (2, 0), "nothing was taken twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_to_come_back_to_is_one_of_a_page() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    for address in
        ["", "javascript:alert(1)", "shop.example", "https://a b", &format!("https://{}", "a".repeat(2_000))]
    {
        let reply = shopper.post(&payment(&order), json!({"instrument": "ok", "return_url": address})).await;
        assert_eq!(refusal(&reply), (422, "invalid_body"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_is_not_known_is_said_to_be_so() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    let unknown = shopper.write(Method::POST, &payment(&order), instrument("late"), "1").await;
    assert_eq!((unknown.status.as_u16(), &unknown.body["status"]), (202, &json!("unknown")));
    let second = shopper.post(&payment(&order), instrument("ok")).await;
    assert_eq!(refusal(&second), (409, "capture_in_flight"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_got_lost_is_looked_up() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    let paid = shopper.post(&payment(&order), instrument("timeout_after")).await;
    assert_eq!((paid.status.as_u16(), &paid.body["status"]), (200, &json!("captured")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_is_cancelled_and_lets_its_pieces_go() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 4).await;
    let path = format!("/storefront/v1/orders/{order}/cancellation");
    let stale =
        shopper.send(Method::POST, &path, &[("idempotency-key", "stale"), ("if-match", "\"1\"")], None);
    assert_eq!(refusal(&stale.await), (412, "version_mismatch"));
    thrice(&shopper, Method::POST, &path, [json!(null), json!(null)]).await;
    house.settled().await;
    assert_eq!(house.available().await, 100);
    let late = shopper.post(&payment(&order), instrument("ok")).await;
    assert_eq!(refusal(&late), (409, "not_pending_payment"));
    let paid = house.paid(&shopper, 1).await;
    let path = format!("/storefront/v1/orders/{paid}/cancellation");
    assert_eq!(refusal(&bare(&shopper, Method::POST, &path).await), (409, "not_pending_payment"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_paid_too_late_is_told_and_gets_it_back() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 4).await;
    let path = payment(&order);
    let unknown = shopper.write(Method::POST, &path, instrument("late"), "1").await;
    assert_eq!(unknown.status, 202);
    house.world.pass(1).await;
    let shopper = house.log_in("minji").await;
    let pay = || shopper.write(Method::POST, &path, instrument("late"), "1");
    let told = loop {
        let reply = pay().await;
        if reply.status != 202 {
            break reply;
        }
    };
    assert_eq!(refusal(&told), (409, "paid_too_late"));
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["status"], &page["payment_status"]), (&json!("expired"), &json!("expired")));
    assert_eq!(house.available().await, 100);
    let state = payment_of(&house, text(&page["payment"])).await;
    let back: Vec<_> = state.strays().map(|(_, stray)| (stray.captured(), stray.refunded())).collect();
    assert_eq!(back, [(state.amount(), state.amount())]);
    assert_eq!(refusal(&pay().await), (409, "paid_too_late"), "the same request tells the same");
}

//! Orders paid by Stripe, from the storefront to its webhooks and back: a stand-in takes the money.

use chrono::TimeDelta;
use jangteo::gateways::webhook::sign;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use super::house::{House, PRICE, instrument, refusal, text};
use crate::client::{Client, Reply};
use crate::cutter::{Cutter, Loses};
use crate::double::{PAYS, REFUSES, SECRET_KEY, Stripe, WEBHOOK_SECRET};
use crate::world::World;

/// More look-ups than are made while a test runs.
const LOOK_UPS: usize = 1_000;

/// A house whose payments Stripe takes, behind a proxy that may lose things.
struct Shop {
    house: House,
    stripe: Stripe,
    cutter: Cutter,
}

impl Shop {
    async fn open() -> Self {
        let stripe = Stripe::start().await;
        let cutter = Cutter::before(&stripe.url).await;
        let options = [
            ["--payment-gateway", "stripe"],
            ["--stripe-api-url", &cutter.url],
            ["--stripe-secret-key", SECRET_KEY],
            ["--stripe-webhook-secret", WEBHOOK_SECRET],
        ];
        let world = Box::pin(World::start_with(&options.concat())).await;
        Self { house: House::over(world).await, stripe, cutter }
    }

    /// Has Stripe tell us everything from now on.
    async fn listen(&self) {
        let (base, _) = self.house.nobody.parts();
        self.stripe.tell(&format!("{base}/webhooks/stripe")).await;
    }

    /// An order as its shopper sees it.
    async fn page(&self, shopper: &Client, order: &str) -> Value {
        self.house.settled().await;
        shopper.get(&format!("/storefront/v1/orders/{order}")).await.body
    }

    /// Waits until an order is paid, by whatever tells of it.
    async fn paid(&self, shopper: &Client, order: &str) -> Value {
        loop {
            let page = self.page(shopper, order).await;
            if page["status"] == "paid" {
                return page;
            }
        }
    }

    /// Tells what Stripe would tell, under a signature.
    async fn tell(&self, body: &Value, secret: &str) -> Reply {
        let signature = sign(secret.as_bytes(), body.to_string().as_bytes(), self.house.world.clock.now());
        let headers = [("stripe-signature", signature.as_str())];
        self.house.nobody.send(Method::POST, "/webhooks/stripe", &headers, Some(body.clone())).await
    }

    /// An event of Stripe about its only intent.
    async fn event(&self, kind: &str) -> Value {
        let intent = self.stripe.intents().await.remove(0);
        json!({"id": "evt_1", "object": "event", "type": kind, "created": 1_772_442_000, "data": {"object": intent}})
    }
}

fn pay(order: &str) -> String {
    format!("/storefront/v1/orders/{order}/payment")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_paid_and_cancelled_and_its_money_goes_back() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 2).await;
    let paid = shopper.post(&pay(&order), instrument(PAYS)).await;
    assert_eq!((paid.status.as_u16(), &paid.body["status"]), (200, &json!("captured")), "{:?}", paid.body);
    assert_eq!(shop.page(&shopper, &order).await["status"], "paid");
    let lines = json!([{"line": 1, "quantity": 1}]);
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": lines});
    let path = format!("/storefront/v1/orders/{order}/claims");
    for refunded in [PRICE, 2 * PRICE] {
        assert_eq!(shopper.post(&path, claim.clone()).await.status, 201);
        let page = shop.page(&shopper, &order).await;
        assert_eq!(page["refunded_minor"], json!(refunded));
    }
    let refunds = shop.stripe.refunds().await;
    let amounts: Vec<_> = refunds.iter().map(|refund| refund["amount"].as_i64().unwrap()).collect();
    assert_eq!(amounts, [PRICE, PRICE]);
    let intent = shop.stripe.intents().await.remove(0);
    assert_eq!((&intent["amount"], &intent["currency"]), (&json!(2 * PRICE), &json!("krw")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_pays_the_order_whose_answers_all_got_lost() {
    let shop = Shop::open().await;
    shop.listen().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    shop.cutter.lose("/confirm", Loses::Answer);
    shop.cutter.lose("GET /v1/payment_intents/", Loses::Request);
    let unknown = shopper.post(&pay(&order), instrument(PAYS)).await;
    assert_eq!((unknown.status.as_u16(), &unknown.body["status"]), (202, &json!("unknown")));
    let page = shop.paid(&shopper, &order).await;
    assert_eq!(page["payment_status"], "captured");
    assert_eq!(shop.stripe.intents().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_never_came_is_given_up_before_another_try() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    shop.cutter.lose("/confirm", Loses::Request);
    let unknown = shopper.post(&pay(&order), instrument(PAYS)).await;
    assert_eq!((unknown.status.as_u16(), &unknown.body["status"]), (202, &json!("unknown")));
    let clock = &shop.house.world.clock;
    clock.stop_at(clock.now() + TimeDelta::minutes(2)).unwrap();
    shop.house.settled().await;
    let intent = shop.stripe.intents().await.remove(0);
    assert_eq!(intent["status"], "canceled", "nothing is taken by it any more");
    assert_eq!(shopper.post(&pay(&order), instrument(PAYS)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_says_why_and_another_pays() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    let declined = shopper.post(&pay(&order), instrument(REFUSES)).await;
    assert_eq!(refusal(&declined), (402, "payment_declined"));
    assert_eq!(text(&declined.body["errors"][0]["code"]), "card_refused");
    assert_eq!(shopper.post(&pay(&order), instrument(PAYS)).await.status, 200);
    assert_eq!(shop.page(&shopper, &order).await["status"], "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_shown_that_it_is_them_pays_by_webhook_and_by_their_return() {
    let shop = Shop::open().await;
    shop.listen().await;
    let shopper = shop.house.shopper("minji").await;
    let card = shop.stripe.card_that_asks().await;
    for by_webhook in [true, false] {
        let order = shop.house.order(&shopper, 1).await;
        let asked = shopper.write(Method::POST, &pay(&order), instrument(&card), &order).await;
        assert_eq!((asked.status.as_u16(), &asked.body["status"]), (202, &json!("awaiting_authentication")));
        let secret = text(&asked.body["client_secret"]);
        let again = shopper.write(Method::POST, &pay(&order), instrument(&card), &order).await;
        assert_eq!(&again.body["client_secret"], secret);
        assert_eq!(shop.page(&shopper, &order).await["payment_status"], "awaiting_authentication");
        shop.stripe.authenticate(secret, true).await;
        if !by_webhook {
            let back = shopper.post(&format!("{}/return", pay(&order)), Value::Null).await;
            assert_eq!((back.status.as_u16(), &back.body["status"]), (200, &json!("captured")));
        }
        assert_eq!(shop.paid(&shopper, &order).await["payment_status"], "captured");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_to_show_it_may_pay_otherwise() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    let card = shop.stripe.card_that_asks().await;
    let asked = shopper.post(&pay(&order), instrument(&card)).await;
    shop.stripe.authenticate(text(&asked.body["client_secret"]), false).await;
    let back = shopper.post(&format!("{}/return", pay(&order)), Value::Null).await;
    assert_eq!(refusal(&back), (402, "payment_declined"));
    assert_eq!(text(&back.body["errors"][0]["code"]), "authentication_failed");
    let left = shopper.post(&pay(&order), instrument(&card)).await;
    assert_eq!(left.body["status"], "awaiting_authentication");
    assert_eq!(shopper.post(&pay(&order), instrument(PAYS)).await.status, 200, "another card, meanwhile");
    let intents = shop.stripe.intents().await;
    let mut states: Vec<_> = intents.iter().map(|intent| text(&intent["status"])).collect();
    states.sort_unstable();
    assert_eq!(states, ["canceled", "requires_payment_method", "succeeded"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_told_twice_is_heard_once_and_one_that_is_not_genuine_never() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    let card = shop.stripe.card_that_asks().await;
    let asked = shopper.post(&pay(&order), instrument(&card)).await;
    shop.stripe.authenticate(text(&asked.body["client_secret"]), true).await;
    let (log, succeeded) = (&shop.house.world.app.log, shop.event("payment_intent.succeeded").await);
    shop.house.settled().await;
    let head = log.head().await.unwrap();
    let forged = shop.tell(&succeeded, "another secret").await;
    assert_eq!(refusal(&forged), (401, "signature_invalid"));
    let bare = shop.house.nobody.send(Method::POST, "/webhooks/stripe", &[], Some(succeeded.clone())).await;
    assert_eq!(refusal(&bare), (401, "signature_invalid"));
    let mut dearer = succeeded.clone();
    dearer["data"]["object"]["amount"] = json!(PRICE + 1);
    assert_eq!(refusal(&shop.tell(&dearer, WEBHOOK_SECRET).await), (422, "notice_amount_differs"));
    assert_eq!(refusal(&shop.tell(&json!({"type": 1}), WEBHOOK_SECRET).await), (422, "invalid_body"));
    for nothing in ["customer.created", "payment_intent.created"] {
        assert_eq!(shop.tell(&shop.event(nothing).await, WEBHOOK_SECRET).await.status, 204, "{nothing}");
    }
    assert_eq!(log.head().await.unwrap(), head, "nothing of it was written");
    assert_eq!(shop.tell(&succeeded, WEBHOOK_SECRET).await.status, 204);
    assert_eq!(shop.page(&shopper, &order).await["status"], "paid");
    let head = log.head().await.unwrap();
    assert_eq!(shop.tell(&succeeded, WEBHOOK_SECRET).await.status, 204);
    let late = shop.event("payment_intent.payment_failed").await;
    assert_eq!(shop.tell(&late, WEBHOOK_SECRET).await.status, 204);
    assert_eq!(log.head().await.unwrap(), head, "nothing new was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_whose_answer_got_lost_is_told_by_webhook() {
    let shop = Shop::open().await;
    let shopper = shop.house.shopper("minji").await;
    let order = shop.house.order(&shopper, 1).await;
    assert_eq!(shopper.post(&pay(&order), instrument(PAYS)).await.status, 200);
    shop.house.settled().await;
    shop.cutter.lose("POST /v1/refunds", Loses::Answer);
    for _ in 0..LOOK_UPS {
        shop.cutter.lose("GET /v1/refunds", Loses::Request);
    }
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    assert_eq!(shopper.post(&format!("/storefront/v1/orders/{order}/claims"), claim).await.status, 201);
    assert_eq!(shop.page(&shopper, &order).await["refunded_minor"], json!(0));
    let refund = shop.stripe.refunds().await.remove(0);
    let event = json!({"id": "evt_9", "type": "refund.updated", "created": 1_772_442_000, "data": {"object": refund}});
    for _ in 0..2 {
        assert_eq!(shop.tell(&event, WEBHOOK_SECRET).await.status, 204);
        assert_eq!(shop.page(&shopper, &order).await["refunded_minor"], json!(PRICE));
    }
    shop.house.world.pass(1).await;
    assert_eq!(shop.stripe.refunds().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_without_stripe_hears_nothing_of_it() {
    let house = House::open().await;
    let headers = [("stripe-signature", "t=1,v1=00")];
    let reply = house.nobody.send(Method::POST, "/webhooks/stripe", &headers, Some(json!({}))).await;
    assert_eq!(refusal(&reply), (404, "not_found"));
}

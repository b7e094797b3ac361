//! A shopper: signs up, buys, pays with whatever instrument chance gives, changes their mind, sends back.

use std::time::Duration;

use kernel::id::MemberId;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::caller::{Answer, Ask, Caller, PASSWORD, Proof, Who, id, pace};
use crate::chance::Chance;
use crate::market::{Good, MALL, Market};

/// Between two orders of one shopper.
const BEAT: Duration = Duration::from_millis(400);
/// What is paid with: mostly what works, and everything that an unreliable gateway can do.
const INSTRUMENTS: [&str; 10] = [
    "ok",
    "ok",
    "ok",
    "ok",
    "timeout_before",
    "timeout_after",
    "late",
    "webhook_twice",
    "refund_timeout_after",
    "decline_insufficient_funds",
];
/// How many orders of a hundred are gifts.
const GIFTS: usize = 20;
/// How often a payment without an outcome is asked for again.
const ASKED_AGAIN: usize = 6;

/// A shopper.
pub(super) struct Shopper {
    caller: Option<Caller>,
    goods: Vec<Good>,
    nth: u64,
    chance: Chance,
    orders: usize,
}

impl Shopper {
    pub(super) fn new(caller: Caller, market: &Market, nth: u64, chance: Chance) -> Self {
        Self { caller: Some(caller), goods: market.goods.clone(), nth, chance, orders: 0 }
    }

    /// Buys until the market closes.
    pub(super) async fn shop(mut self, open: watch::Receiver<bool>) {
        if !self.sign_up().await {
            return;
        }
        let mut beats = pace(BEAT);
        while *open.borrow() {
            beats.tick().await;
            let gift = self.chance.percent(GIFTS);
            if let Some(order) = self.place(gift).await {
                self.pay(order).await;
                if gift {
                    self.receive(order).await;
                }
                if self.chance.percent(25) {
                    self.claim(order, "cancel", "1").await;
                }
            }
            if self.chance.percent(40) {
                self.send_back().await;
            }
        }
    }

    async fn sign_up(&mut self) -> bool {
        let email = format!("shopper-{}@faults.invalid", self.nth);
        let body = json!({"email": email, "password": PASSWORD, "name": "Minji", "phone": null});
        let path = "/storefront/v1/members".to_owned();
        let ask = Ask { kind: "sign up", path, key: "sign-up".to_owned(), body, proof: Proof::None };
        let Answer::Done(_, body) = self.write(&ask).await else { return false };
        let member = MemberId(id(&body["id"]));
        let caller = self.caller.take().unwrap();
        self.caller = Some(caller.known(Who::Shopper(email), format!("shopper:{member}")));
        true
    }

    /// Orders one or two goods; nothing where they are gone or nobody knows.
    async fn place(&mut self, gift: bool) -> Option<Uuid> {
        self.orders += 1;
        let count = 1 + self.chance.below(2);
        let goods = self.chance.shuffled(&self.goods);
        let bought: Vec<(Good, usize)> =
            goods.into_iter().take(count).map(|good| (good, 1 + self.chance.below(3))).collect();
        let total: i64 =
            bought.iter().map(|(good, pieces)| good.price * i64::try_from(*pieces).unwrap()).sum();
        let items: Vec<Value> = bought
            .iter()
            .map(|(good, pieces)| json!({"product": good.product, "sku": good.sku, "quantity": pieces}))
            .collect();
        let mut body = json!({"items": items, "total_minor": total, "currency": "KRW"});
        if gift {
            body["gift"] = json!({"recipient": {"name": "Jun", "phone": "010-0000-0000"}, "from": "Minji"});
        } else {
            body["recipient"] = home();
        }
        let path = format!("/storefront/v1/malls/{MALL}/orders");
        let key = format!("order-{}-{}", self.nth, self.orders);
        let ask = Ask { kind: "place an order", path, key, body, proof: Proof::Command };
        match self.write(&ask).await {
            Answer::Done(_, body) => Some(id(&body["order"])),
            Answer::Refused(_) | Answer::Unanswered => None,
        }
    }

    /// Pays; after a decline once more with what works.
    async fn pay(&mut self, order: Uuid) {
        let instrument = self.chance.pick(&INSTRUMENTS);
        if let Answer::Refused(code) = self.pay_with(order, instrument).await
            && code == "payment_declined"
            && self.chance.percent(60)
        {
            self.pay_with(order, "ok").await;
        }
    }

    /// Asks for the same payment again while its outcome is not known.
    async fn pay_with(&mut self, order: Uuid, instrument: &str) -> Answer {
        let path = format!("/storefront/v1/orders/{order}/payment");
        let key = format!("pay-{order}-{instrument}");
        let proof = Proof::StreamOf("payment.payment", "payment");
        let ask = Ask { kind: "pay", path, key, body: json!({ "instrument": instrument }), proof };
        let mut beats = pace(BEAT);
        let mut answer = Answer::Unanswered;
        for _ in 0..ASKED_AGAIN {
            beats.tick().await;
            answer = self.write(&ask).await;
            if !matches!(answer, Answer::Done(StatusCode::ACCEPTED, _)) {
                break;
            }
        }
        answer
    }

    /// The recipient of a gift, if it is paid, mostly accepts it; some decline, and some never look.
    async fn receive(&mut self, order: Uuid) {
        let (accepts, declines) = (self.chance.percent(60), self.chance.percent(50));
        let Some(token) = self.token(order).await else { return };
        let (kind, body) = if accepts {
            ("acceptance", json!({"recipient": home()}))
        } else if declines {
            ("decline", Value::Null)
        } else {
            return;
        };
        let path = format!("/storefront/v1/gifts/{token}/{kind}");
        let proof = Proof::StreamOf("order.order", "id");
        self.write(&Ask { kind, path, key: kind.to_owned(), body, proof }).await;
    }

    /// What opens a gift, once its page says that it is paid.
    async fn token(&mut self, order: Uuid) -> Option<String> {
        let path = format!("/storefront/v1/orders/{order}");
        let mut beats = pace(BEAT);
        for _ in 0..ASKED_AGAIN {
            beats.tick().await;
            let page = self.caller.as_mut().unwrap().read(&path).await?;
            if let Some(token) = page["gift_card"]["token"].as_str() {
                return Some(token.to_owned());
            }
        }
        None
    }

    /// Sends one piece of something back that has arrived.
    async fn send_back(&mut self) {
        let path = "/storefront/v1/orders";
        let Some(page) = self.caller.as_mut().unwrap().read(path).await else { return };
        let mine = page["items"].as_array().cloned().unwrap_or_default();
        let arrived = |order: &&Value| {
            order["lines"][0]["pieces"]["delivered"].as_i64() > Some(0)
                && order["lines"][0]["claimed"].as_i64() == Some(0)
        };
        let arrived: Vec<Uuid> = mine.iter().filter(arrived).map(|order| id(&order["order"])).collect();
        if !arrived.is_empty() {
            let order = self.chance.pick(&arrived);
            self.claim(order, "return", "1").await;
        }
    }

    async fn claim(&mut self, order: Uuid, kind: &'static str, nth: &str) {
        let path = format!("/storefront/v1/orders/{order}/claims");
        let line = json!({"line": 1, "quantity": 1});
        let body = json!({"kind": kind, "reason": "changed_mind", "lines": [line]});
        let ask = Ask { kind, path, key: format!("{kind}-{nth}"), body, proof: Proof::Command };
        self.write(&ask).await;
    }

    async fn write(&mut self, ask: &Ask) -> Answer {
        self.caller.as_mut().unwrap().write(ask).await
    }
}

/// Where everybody lives.
fn home() -> Value {
    json!({"name": "Minji", "phone": "010-0000-0000", "postal_code": "04524", "address": "Seoul"})
}

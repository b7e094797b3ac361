//! Coupons and campaigns as they are listed: to the shopper who has them, and to operators who count them.

use std::collections::BTreeSet;

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::coupons::{campaign, desk, launched, take};
use super::house::{House, PRICE, bare, instrument, refusal, text};
use crate::client::{Client, Reply};
use crate::staff::staff;

/// What the campaign's coupon takes off the market's product.
const OFF: i64 = 500;

/// A house in which a campaign was launched.
struct Handing {
    house: House,
    desk: Client,
    minji: Client,
    campaign: String,
}

impl Handing {
    async fn open(total: u32) -> Self {
        let house = House::open().await;
        let (desk, minji) = (desk(&house).await, house.shopper("minji").await);
        let campaign = launched(&desk, &json!({"kind": "download"}), total).await;
        house.world.projected().await;
        Self { house, desk, minji, campaign }
    }

    /// A shopper's own coupons.
    async fn coupons(&self, shopper: &Client, state: &str) -> Vec<Value> {
        items(&shopper.get(&self.house.at(&format!("/coupons?state={state}"))).await)
    }

    async fn to_take(&self, shopper: &Client) -> Vec<Value> {
        items(&shopper.get(&self.house.at("/campaigns")).await)
    }

    /// Takes a coupon; its id.
    async fn taken(&self) -> String {
        let taken = take(&self.minji, &self.campaign).await;
        assert_eq!(taken.status, 201, "{:?}", taken.body);
        self.house.world.projected().await;
        text(&taken.body["id"]).to_owned()
    }

    /// An order of two pieces with a coupon.
    async fn ordered(&self, coupon: &str) -> String {
        let mut wish = self.house.wish(2);
        wish["coupons"] = json!([coupon]);
        wish["total_minor"] = json!(2 * PRICE - OFF);
        let order = self.minji.post(&self.house.at("/orders"), wish).await;
        assert_eq!(order.status, 201, "{:?}", order.body);
        self.house.settled().await;
        text(&order.body["order"]).to_owned()
    }

    async fn paid(&self, order: &str) {
        let path = format!("/storefront/v1/orders/{order}/payment");
        assert_eq!(self.minji.post(&path, instrument("ok")).await.status, 200);
        self.house.settled().await;
    }

    async fn cancelled(&self, order: &str) {
        let claim =
            json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 2}]});
        let path = format!("/storefront/v1/orders/{order}/claims");
        assert_eq!(self.minji.post(&path, claim).await.status, 201);
        self.house.settled().await;
    }

    /// The campaign's counts: issued, left, held, used, given back, and what it has cost.
    async fn counts(&self) -> [i64; 6] {
        let shown = self.desk.get(&format!("/admin/v1/campaigns/{}", self.campaign)).await.body;
        let of = |name: &str| shown["coupons"][name].as_i64().unwrap();
        let cost = shown["discount_used_minor"].as_i64().unwrap();
        [of("issued"), of("left"), of("held"), of("used"), of("given_back"), cost]
    }
}

fn items(page: &Reply) -> Vec<Value> {
    assert_eq!(page.status, 200, "{:?}", page.body);
    page.body["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_sees_what_can_be_taken_and_what_was() {
    let handing = Handing::open(2).await;
    let jun = handing.house.shopper("jun").await;
    let offered = handing.to_take(&handing.minji).await;
    assert_eq!((&offered[0]["campaign"], &offered[0]["left"]), (&json!(handing.campaign), &json!(2)));
    let rate = json!({"kind": "rate", "rate": "0.1", "cap_minor": OFF});
    assert_eq!((&offered[0]["benefit"], &offered[0]["name"]), (&rate, &json!("Spring")));
    let coupon = handing.taken().await;
    assert!(handing.to_take(&handing.minji).await.is_empty(), "one each");
    assert_eq!(handing.to_take(&jun).await[0]["left"], json!(1));
    let own = handing.coupons(&handing.minji, "usable").await;
    assert_eq!((&own[0]["coupon"], &own[0]["benefit"]), (&json!(coupon), &rate));
    assert_eq!(
        (&own[0]["minimum_spend_minor"], &own[0]["scope"]),
        (&json!(0), &json!({"kind": "everything"}))
    );
    assert_eq!(own[0]["valid_until"], json!("2026-03-09T09:00:00Z"), "seven days");
    assert!(handing.coupons(&jun, "usable").await.is_empty());
    handing.house.world.pass(7).await;
    let minji = handing.house.log_in("minji").await;
    assert_eq!(handing.coupons(&minji, "ended").await.len(), 1);
    assert!(handing.coupons(&minji, "usable").await.is_empty());
    let unknown = minji.get(&handing.house.at("/coupons?state=lost")).await;
    assert_eq!(refusal(&unknown), (400, "bad_query"));
    let nowhere = minji.get("/storefront/v1/malls/nowhere/campaigns").await;
    assert_eq!(refusal(&nowhere), (404, "mall_not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_held_used_and_given_back_and_its_campaign_counts_it() {
    let handing = Handing::open(10).await;
    assert_eq!(handing.counts().await, [0, 10, 0, 0, 0, 0]);
    let coupon = handing.taken().await;
    assert_eq!(handing.counts().await, [1, 9, 0, 0, 0, 0]);
    let order = handing.ordered(&coupon).await;
    let held = handing.coupons(&handing.minji, "held").await;
    assert_eq!((&held[0]["order"], &held[0]["discount_minor"]), (&json!(order), &json!(OFF)));
    assert_eq!(handing.counts().await, [1, 9, 1, 0, 0, 0]);
    handing.paid(&order).await;
    assert_eq!(handing.coupons(&handing.minji, "used").await[0]["order"], json!(order));
    assert_eq!(handing.counts().await, [1, 9, 0, 1, 0, OFF]);
    handing.cancelled(&order).await;
    let usable = handing.coupons(&handing.minji, "usable").await;
    assert_eq!((&usable[0]["order"], &usable[0]["used_at"]), (&Value::Null, &Value::Null));
    assert_eq!(handing.counts().await, [1, 9, 0, 0, 1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_find_campaigns_and_their_coupons() {
    let handing = Handing::open(1).await;
    let Handing { house, desk, campaign: first, .. } = &handing;
    let by_code = json!({"kind": "code", "code": "SPRING-26"});
    let second = desk.post("/admin/v1/campaigns", campaign(&by_code, 5)).await;
    let listed = async |filter: &str, position: &str| {
        let headers = [("jangteo-position", position)];
        let path = format!("/admin/v1/campaigns?{filter}");
        let page = desk.send(Method::GET, &path, &headers, None).await;
        items(&page).iter().map(|item| text(&item["campaign"]).to_owned()).collect::<BTreeSet<_>>()
    };
    let (second, position) =
        (text(&second.body["id"]).to_owned(), second.header("jangteo-position").to_owned());
    let only = |campaign: &String| BTreeSet::from([campaign.clone()]);
    assert_eq!(listed("", &position).await, &only(&second) | &only(first), "a read waits for the launch");
    let paused = bare(desk, Method::POST, &format!("/admin/v1/campaigns/{first}/pause")).await;
    let position = paused.header("jangteo-position");
    assert_eq!(listed("state=paused&owner=platform&mall=main", position).await, only(first));
    assert_eq!(listed("state=running", position).await, only(&second));
    assert!(listed("owner=merchant", position).await.is_empty());
    let shown = desk.get(&format!("/admin/v1/campaigns/{second}")).await.body;
    assert_eq!((&shown["code"], &shown["coupons"]["left"]), (&json!("SPRING-26"), &json!(5)));
    let redeemed = handing.minji.post(&house.at("/coupons"), json!({"code": "spring-26"})).await;
    let seen = [("jangteo-position", redeemed.header("jangteo-position"))];
    let path = format!("/admin/v1/campaigns/{second}/coupons");
    let coupons = items(&desk.send(Method::GET, &path, &seen, None).await);
    assert_eq!((&coupons[0]["coupon"], &coupons[0]["state"]), (&redeemed.body["id"], &json!("usable")));
    let nothing = jangteo::ids::fresh();
    for path in [format!("/admin/v1/campaigns/{nothing}"), format!("/admin/v1/campaigns/{nothing}/coupons")] {
        assert_eq!(refusal(&desk.get(&path).await), (404, "not_found"));
    }
    let support = staff(&house.world, &house.nobody, &[Role::Support]).await;
    assert_eq!(refusal(&support.get(&path).await), (403, "role_missing"));
}

//! Grades and points in operators' hands, and what a forced return takes back.

use jangteo::ids;
use jangteo::service::fulfilment::pickup_id;
use kernel::Text;
use kernel::id::ClaimId;
use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Dispatch, Track};
use shipping::shipment::value::ScanStatus;

use crate::client::Client;
use crate::market::{Market, api_key, context, open, shopper_token};
use crate::staff::staff;
use crate::trade::{Bought, buy, deliver};
use crate::world::World;

/// What the market's product costs.
const PRICE: i64 = 12_345;

/// A market with its back office.
struct Office {
    world: World,
    market: Market,
    client: Client,
    desk: Client,
}

impl Office {
    async fn open() -> Self {
        let world = World::start().await;
        let market = open(&world).await;
        let client = Client::of(&world).await;
        let desk = staff(&world, &client, &[Role::Support]).await;
        Self { world, market, client, desk }
    }

    async fn shopper(&self) -> Client {
        self.client.with_token(&shopper_token(&self.world, &self.market.address).await)
    }

    /// Somebody of the back office, signed in now.
    async fn desk(&self) -> Client {
        staff(&self.world, &self.client, &[Role::Support]).await
    }

    fn points(&self, rest: &str) -> String {
        format!("/admin/v1/malls/main/members/{}/points{rest}", self.market.member)
    }

    fn grade(&self) -> String {
        format!("/admin/v1/members/{}/grade", self.market.member)
    }

    /// Usable by the shopper.
    async fn usable(&self) -> i64 {
        let shown = self.shopper().await.get("/storefront/v1/malls/main/points").await.body;
        shown["usable_minor"].as_i64().unwrap()
    }

    /// An order of so many pieces that has confirmed itself.
    async fn confirmed(&self, pieces: u32) -> Bought {
        let bought = buy(&self.world, &self.market, pieces).await;
        deliver(&self.world, bought).await;
        self.world.pass(8).await;
        bought
    }

    /// The merchant takes a return, has it fetched and finds it good.
    async fn comes_back(&self, claim: &str, pieces: u32) {
        let seller = self.client.with_token(&api_key(&self.world, self.market.merchant).await);
        let path = format!("/seller/v1/claims/{claim}");
        assert_eq!(seller.post(&format!("{path}/acceptance"), Value::Null).await.status, 200);
        self.world.settle().await;
        let at = sagas::Clock::now(&*self.world.clock);
        let pickup = pickup_id(ClaimId(claim.parse().unwrap()), 0);
        let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("2").unwrap());
        for step in [
            Command::Dispatch(Dispatch { carrier, tracking_number, at }),
            Command::Track(Track {
                scan: Text::new("3").unwrap(),
                status: ScanStatus::Delivered,
                occurred_at: at,
                at,
            }),
        ] {
            self.world.app.log.execute::<Shipment>(&context(&self.world), &pickup, step).await.unwrap();
            self.world.settle().await;
        }
        let found = json!({"result": "pass", "lines": [{"line": 1, "resellable": pieces, "damaged": 0}]});
        let inspected = seller.post(&format!("{path}/inspection"), found).await;
        assert_eq!(inspected.status, 200, "{inspected:?}");
        self.world.settle().await;
    }

    /// What was confirmed of an order is taken back, and has come back.
    async fn take_back(&self, bought: Bought, pieces: u32) {
        let desk = self.desk().await;
        let asked = json!({"reason": "defective", "lines": [{"line": 1, "quantity": pieces}]});
        let claim = desk.post(&format!("/admin/v1/orders/{}/returns", bought.order), asked).await;
        assert_eq!(claim.status, 201, "{claim:?}");
        self.world.settle().await;
        self.comes_back(claim.body["id"].as_str().unwrap(), pieces).await;
    }

    /// The names and bodies of what happened to the shopper's points.
    async fn history(&self) -> Vec<(String, Value)> {
        let history = self.desk().await.get(&self.points("/history?limit=100")).await.body;
        let commits = history["items"].as_array().unwrap().iter();
        let events = commits.flat_map(|commit| commit["events"].as_array().unwrap());
        events.map(|event| (event["name"].as_str().unwrap().to_owned(), event["body"].clone())).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_counts_for_what_is_confirmed_after_it_was_given() {
    let office = Office::open().await;
    office.confirmed(1).await;
    assert_eq!(office.usable().await, PRICE / 100);
    let desk = office.desk().await;
    let gold = json!({"grade": "gold", "reason": "A good year"});
    let set = desk.write(Method::PUT, &office.grade(), gold.clone(), "gold").await;
    assert_eq!(set.status, 200, "{set:?}");
    assert_eq!(desk.write(Method::PUT, &office.grade(), gold, "gold").await.body, set.body);
    let other = json!({"grade": "vip", "reason": "A good year"});
    assert_eq!(
        desk.write(Method::PUT, &office.grade(), other, "gold").await.code(),
        "idempotency_key_reused"
    );
    assert_eq!(office.usable().await, PRICE / 100, "what was earned stays as it is");
    let shopper = office.shopper().await;
    assert_eq!(shopper.get("/storefront/v1/members/me").await.body["grade"], "gold");
    assert_eq!(shopper.get("/storefront/v1/malls/main/points").await.body["rate"], "0.03");
    office.confirmed(1).await;
    assert_eq!(office.usable().await, PRICE / 100 + PRICE * 3 / 100);
    office.world.projected().await;
    let desk = office.desk().await;
    let members = desk.get("/admin/v1/members").await.body;
    assert_eq!(members["items"][0]["grade"], "gold", "{members:?}");
    let grades = desk.get(&format!("{}s", office.grade())).await.body;
    let [given] = grades["items"].as_array().unwrap().as_slice() else { panic!("{grades:?}") };
    assert_eq!((&given["grade"], &given["reason"]), (&json!("gold"), &json!("A good year")));
    assert!(given["operator"].is_string(), "{given:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_is_one_of_those_that_there_are_and_somebodys() {
    let office = Office::open().await;
    let set = async |path: &str, body: Value| office.desk.write(Method::PUT, path, body, "key").await;
    let platinum = set(&office.grade(), json!({"grade": "platinum", "reason": "Because"})).await;
    assert_eq!((platinum.status.as_u16(), platinum.code()), (422, "invalid_body"));
    let why = set(&office.grade(), json!({"grade": "gold", "reason": " "})).await;
    assert_eq!((why.status.as_u16(), why.code()), (422, "invalid_body"));
    let nobody = format!("/admin/v1/members/{}/grade", ids::fresh());
    assert_eq!(set(&nobody, json!({"grade": "gold", "reason": "Because"})).await.code(), "member_not_found");
    assert_eq!(office.desk.get(&format!("{nobody}s")).await.code(), "not_found");
    let none = office.desk.get(&format!("{}s", office.grade())).await.body;
    assert_eq!(none["items"], json!([]), "everybody begins as basic");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forced_return_takes_back_what_its_pieces_earned() {
    let office = Office::open().await;
    let bought = office.confirmed(3).await;
    let whole = PRICE * 3 / 100;
    assert_eq!(office.usable().await, whole);
    office.take_back(bought, 1).await;
    assert_eq!(office.usable().await, whole - PRICE / 100);
    office.take_back(bought, 2).await;
    assert_eq!(office.usable().await, 0, "all of it, to the point");
    let names: Vec<String> = office.history().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["earned", "revoked", "revoked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_by_then_is_noted_and_not_owed() {
    let office = Office::open().await;
    let bought = office.confirmed(3).await;
    let (whole, shopper) = (PRICE * 3 / 100, office.shopper().await);
    let item = json!({"product": office.market.product, "sku": office.market.sku, "quantity": 1});
    let wish = json!({
        "items": [item], "points_minor": 300, "total_minor": PRICE - 300, "currency": "KRW",
        "recipient": {"name": "Kim", "phone": "010-0000-0000", "postal_code": "04524", "address": "Seoul"},
    });
    let placed = shopper.post("/storefront/v1/malls/main/orders", wish).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let order = placed.body["order"].as_str().unwrap();
    let path = format!("/storefront/v1/orders/{order}/payment");
    assert_eq!(shopper.post(&path, json!({"instrument": "ok"})).await.status, 200);
    office.world.settle().await;
    assert_eq!(office.usable().await, whole - 300);
    office.take_back(bought, 3).await;
    assert_eq!(office.usable().await, 0);
    let history = office.history().await;
    let (name, body) = history.last().unwrap();
    assert_eq!(name, "revoked");
    assert_eq!((&body["amount_minor"], &body["uncollected_minor"]), (&json!(whole - 300), &json!(300)));
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_give_points_and_take_them_back() {
    let office = Office::open().await;
    let desk = &office.desk;
    assert_eq!(desk.get(&office.points("")).await.code(), "not_found", "there never were any");
    let grant =
        json!({"amount_minor": 5_000, "expires_at": "2026-03-12T00:00:00Z", "note": "Sorry for the delay"});
    let granted = desk.write(Method::POST, &office.points(""), grant.clone(), "grant").await;
    assert_eq!(granted.status, 201, "{granted:?}");
    assert_eq!(desk.write(Method::POST, &office.points(""), grant.clone(), "grant").await.body, granted.body);
    assert_eq!(office.usable().await, 5_000);
    let before = granted.body["position"].as_u64().unwrap();
    let lot = granted.body["id"].as_str().unwrap();
    let path = office.points(&format!("/{lot}/revocation"));
    let take = json!({"amount_minor": 2_000, "note": "It came in time after all"});
    assert_eq!(desk.write(Method::POST, &path, take.clone(), "take").await.status, 200);
    assert_eq!(desk.post(&path, take).await.status, 200, "one reason takes once");
    assert_eq!(office.usable().await, 3_000);
    let more = json!({"amount_minor": 3_001, "note": "Yet more"});
    assert_eq!(desk.post(&path, more).await.code(), "points_revoke_exceeds_earned");
    let same = json!({"amount_minor": 1, "note": "It came in time after all"});
    assert_eq!(desk.post(&path, same).await.code(), "points_revoked_otherwise");
    let unknown = office.points(&format!("/{}/revocation", ids::fresh()));
    assert_eq!(
        desk.post(&unknown, json!({"amount_minor": 1, "note": "x"})).await.code(),
        "points_lot_not_found"
    );

    let now = desk.get(&office.points("")).await.body;
    assert_eq!((&now["balance_minor"], &now["lots"][0]["amount_minor"]), (&json!(3_000), &json!(3_000)));
    let then = desk.get(&office.points(&format!("?at={before}"))).await.body;
    assert_eq!(then["balance_minor"], 5_000, "as they were");
    let own = office.shopper().await.get("/storefront/v1/malls/main/points/history").await.body;
    let notes: Vec<&Value> = own["items"].as_array().unwrap().iter().map(|it| &it["note"]).collect();
    assert_eq!(notes, [&json!("It came in time after all"), &json!("Sorry for the delay")]);

    office.world.pass(11).await;
    assert_eq!(office.usable().await, 0);
    let (last, body) = office.history().await.pop().unwrap();
    assert_eq!((last.as_str(), &body["amount_minor"]), ("expired", &json!(3_000)));
}

#[tokio::test(flavor = "multi_thread")]
async fn points_are_given_in_sound_numbers_to_somebody_who_is_there() {
    let office = Office::open().await;
    let grant =
        |amount: Value, end: &str| json!({"amount_minor": amount, "expires_at": end, "note": "Hello"});
    let good = "2026-04-01T00:00:00Z";
    for (body, status, code) in [
        (grant(json!(0), good), 422, "invalid_body"),
        (grant(json!(-1), good), 422, "invalid_body"),
        (grant(json!(1), "9999999-01-01T00:00:00Z"), 422, "invalid_body"),
        (grant(json!(1), "2026-03-02T09:00:00Z"), 422, "points_expiry_passed"),
    ] {
        let reply = office.desk.post(&office.points(""), body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (status, code), "{body}");
    }
    let nobody = format!("/admin/v1/malls/main/members/{}/points", ids::fresh());
    assert_eq!(office.desk.post(&nobody, grant(json!(1), good)).await.code(), "not_found");
    let nowhere = office.points("").replace("/main/", "/nowhere/");
    for reply in [
        office.desk.post(&nowhere, grant(json!(1), good)).await,
        office.desk.get(&nowhere).await,
        office.desk.get(&format!("{nowhere}/history")).await,
    ] {
        assert_eq!(reply.code(), "mall_not_found");
    }
    assert_eq!(office.usable().await, 0);
}

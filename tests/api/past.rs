//! What things were at a position or an instant, and what happened to them.

use chrono::TimeDelta;
use member::operator::Role;
use order::value::ClaimKind;
use sagas::Clock;
use serde_json::{Value, json};

use crate::client::Client;
use crate::market::{Market, api_key, open, shopper_token};
use crate::staff::staff;
use crate::trade::{Bought, accept, buy, claim, place};
use crate::world::World;

/// A market with a shopper, its merchant, and the back office.
struct House {
    world: World,
    market: Market,
    shopper: Client,
    merchant: Client,
    support: Client,
    finance: Client,
}

impl House {
    async fn open() -> Self {
        let world = World::start().await;
        let market = open(&world).await;
        let client = Client::of(&world).await;
        Self {
            shopper: client.with_token(&shopper_token(&world, &market.address).await),
            merchant: client.with_token(&api_key(&world, market.merchant).await),
            support: staff(&world, &client, &[Role::Support]).await,
            finance: staff(&world, &client, &[Role::Finance]).await,
            world,
            market,
        }
    }

    async fn head(&self) -> u64 {
        self.world.app.log.head().await.unwrap().0
    }

    /// The three who may see an order or a claim, each at its address.
    fn of(&self, rest: &str) -> [(&Client, String); 3] {
        [
            (&self.shopper, format!("/storefront/v1/{rest}")),
            (&self.merchant, format!("/seller/v1/{rest}")),
            (&self.support, format!("/admin/v1/{rest}")),
        ]
    }
}

async fn placed_then_paid(house: &House) -> (Bought, u64, u64) {
    let bought = place(&house.world, &house.market, 2).await;
    let unpaid = house.head().await;
    house
        .world
        .app
        .pay(&crate::market::context(&house.world), bought.payment, "ok".to_owned())
        .await
        .unwrap();
    house.world.settle().await;
    (bought, unpaid, house.head().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_shown_as_it_was_at_a_position() {
    let house = House::open().await;
    let (bought, unpaid, paid) = placed_then_paid(&house).await;
    accept(&house.world, bought).await;
    for (caller, path) in house.of(&format!("orders/{}", bought.order)) {
        let then = caller.get(&format!("{path}?at={unpaid}")).await;
        assert_eq!((then.status.as_u16(), &then.body["status"]), (200, &json!("pending_payment")), "{path}");
        let then = caller.get(&format!("{path}?at={paid}")).await.body;
        assert_eq!((&then["status"], &then["lines"][0]["pieces"]["ordered"]), (&json!("paid"), &json!(2)));
        let now = caller.get(&format!("{path}?at={}", house.head().await)).await;
        assert_eq!(now.body["lines"][0]["pieces"]["preparing"], json!(2), "{path}");
        assert_eq!(now.header("etag"), format!("\"{}\"", now.body["version"]));
        assert!(!now.text.contains("recipient"), "whom it goes to is sealed: {}", now.text);
    }
    let (merchant, path) = &house.of(&format!("orders/{}", bought.order))[1];
    let own = merchant.get(&format!("{path}?at={paid}")).await.text;
    assert!(
        !own.contains(&house.market.member.to_string()),
        "who bought is not the merchant's to know: {own}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_that_is_no_moment_of_its_past_is_said_to_be_none() {
    let house = House::open().await;
    let before = house.head().await;
    let bought = place(&house.world, &house.market, 1).await;
    house.world.settle().await;
    let now = house.world.clock.now();
    let later = (now + TimeDelta::seconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let earlier = (now - TimeDelta::seconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    for (caller, path) in house.of(&format!("orders/{}", bought.order)) {
        for (at, status, code) in [
            (before.to_string(), 404, "not_there_then"),
            ("0".to_owned(), 404, "not_there_then"),
            (earlier.clone(), 404, "not_there_then"),
            ((house.head().await + 1).to_string(), 400, "position_ahead"),
            (later.clone(), 400, "instant_ahead"),
            ("yesterday".to_owned(), 400, "bad_query"),
        ] {
            let reply = caller.get(&format!("{path}?at={at}")).await;
            assert_eq!((reply.status.as_u16(), reply.code()), (status, code), "{path}?at={at}");
        }
        assert_eq!(caller.get(&format!("{path}?when=1")).await.code(), "unknown_query_parameter");
        let nowhere = path.replace(&bought.order.to_string(), &jangteo::ids::fresh().to_string());
        assert_eq!(caller.get(&format!("{nowhere}?at=1")).await.code(), "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_shown_as_it_was_at_an_instant() {
    let house = House::open().await;
    let bought = buy(&house.world, &house.market, 2).await;
    accept(&house.world, bought).await;
    let claimed = claim(&house.world, bought, ClaimKind::Cancel).await;
    let requested = house.world.clock.now();
    house.world.clock.stop_at(requested + TimeDelta::minutes(5)).unwrap();
    house.merchant.post(&format!("/seller/v1/claims/{claimed}/approval"), Value::Null).await;
    house.world.settle().await;
    house.world.projected().await;
    let at = requested.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    for (caller, path) in house.of(&format!("claims/{claimed}")) {
        let then = caller.get(&format!("{path}?at={at}")).await.body;
        assert_eq!(
            (&then["phase"], &then["lines"][0]["quantity"]),
            (&json!("requested"), &json!(1)),
            "{path}"
        );
        let now = caller.get(&path).await.body;
        assert_ne!(now["phase"], json!("requested"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_is_shown_as_it_was() {
    let house = House::open().await;
    let full = house.head().await;
    place(&house.world, &house.market, 3).await;
    let path = format!("stock/{}", house.market.sku);
    for (caller, surface) in [(&house.merchant, "seller"), (&house.support, "admin")] {
        let then = caller.get(&format!("/{surface}/v1/{path}?at={full}")).await.body;
        assert_eq!((&then["available"], &then["reserved"]), (&json!(100), &json!(0)));
        let now = caller.get(&format!("/{surface}/v1/{path}")).await.body;
        assert_eq!((&now["available"], &now["reserved"]), (&json!(97), &json!(3)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_shown_as_it_was() {
    let settled = crate::finance::settled::settled("123-456").await;
    let path = settled.path("");
    let history = settled.finance.get(&settled.path("/history?limit=100")).await.body;
    let commits = history["items"].as_array().unwrap();
    let named = |name: &str| {
        let has = |commit: &&Value| commit["events"].as_array().unwrap().iter().any(|it| it["name"] == name);
        commits.iter().find(has).unwrap()["position"].as_u64().unwrap()
    };
    let open = settled.finance.get(&format!("{path}?at={}", named("closed") - 1)).await.body;
    assert_eq!((&open["phase"], &open["sha256"]), (&json!("open"), &Value::Null));
    let closed = settled.finance.get(&format!("{path}?at={}", named("closed"))).await.body;
    assert_eq!(closed["phase"], json!("closed"));
    let now = settled.shown().await;
    assert_eq!((&now["sha256"], &now["net_minor"]), (&closed["sha256"], &closed["net_minor"]));
    let own = settled.client.with_token(&api_key(&settled.world, settled.market.merchant).await);
    let statement = format!("/seller/v1/statements/{}", settled.statement);
    let then = own.get(&format!("{statement}?at={}", named("closed"))).await.body;
    assert_eq!(then["due_minor"], closed["due_minor"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_says_who_why_and_what_page_by_page() {
    let house = House::open().await;
    let (bought, ..) = placed_then_paid(&house).await;
    for (caller, path) in house.of(&format!("orders/{}", bought.order)) {
        let whole = caller.get(&format!("{path}/history?limit=100")).await.body;
        let whole = whole["items"].as_array().unwrap();
        let mut cursor = String::new();
        for (nth, commit) in whole.iter().enumerate() {
            let page = caller.get(&format!("{path}/history?limit=1{cursor}")).await.body;
            assert_eq!(page["items"], json!([commit]), "{path}");
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => assert_eq!(nth + 1, whole.len(), "{path}"),
            }
        }
        let placed = &whole[0];
        assert_eq!((&placed["events"][0]["name"], &placed["causation"]), (&json!("placed"), &Value::Null));
        assert_eq!(placed["stream"], format!("order.order.{}", bought.order));
        let paid = whole.iter().find(|it| it["events"][0]["name"] == "paid").unwrap();
        assert_eq!((&paid["actor_kind"], paid["causation"].is_u64()), (&json!("system"), true));
    }
    let (merchant, path) = &house.of(&format!("orders/{}", bought.order))[1];
    let own = merchant.get(&format!("{path}/history")).await;
    assert!(!own.text.contains("\"body\"") && !own.text.contains("actor_id"), "{}", own.text);
    let stock = house.merchant.get(&format!("/seller/v1/stock/{}/history", house.market.sku)).await.body;
    assert_eq!(stock["items"].as_array().unwrap().last().unwrap()["events"][0]["name"], "reserved");
    let statement = jangteo::ids::fresh();
    let none = house.finance.get(&format!("/finance/v1/statements/{statement}/history")).await;
    assert_eq!(none.code(), "not_found");
}

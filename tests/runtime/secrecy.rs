//! Nothing secret and nobody's data in lines, figures and traces, whatever is asked to be said.

use std::process::Stdio;

use jangteo::gateways::webhook::{SIGNATURE_HEADER, sign};
use reqwest::Method;
use serde_json::{Value, json};

use crate::collector::Collector;
use crate::house::{EMAIL_HASH_SECRET, House, TOKEN_SECRET};
use crate::process::Process;
use crate::shopper::{Caller, buy, order, recipient};

/// All that can be said, ours above all.
const EVERYTHING: &str = "debug,jangteo=trace,eventstore=trace,projections=trace,sagas=trace";

const EMAIL: &str = "haneul.secretmail@example.invalid";
const PASSWORD: &str = "correct horse battery 71";
const NEXT_PASSWORD: &str = "another staple entirely 72";
const WRONG_PASSWORD: &str = "a wrong guess 73";
const NAME: &str = "Haneul Namesecret";
const PHONE: &str = "010-8642-9753";
const ACCOUNT: &str = "271828-18-284590";
const HOLDER: &str = "Holder Accountowna";

/// What must never be said: what it is, and how it reads.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, value: &str) {
        assert!(value.len() >= 6, "{what} is too short to be looked for: {value}");
        self.0.push((what, value.to_owned()));
    }

    fn keep_tokens(&mut self, reply: &Value) {
        for name in ["access_token", "refresh_token"] {
            let token = reply[name].as_str().unwrap();
            self.keep(name, token);
            self.keep("a token's end", &token[token.len() - 20..]);
        }
    }

    fn look(&self, place: &str, text: &str) {
        assert!(text.len() > 100, "there is nothing in {place}");
        for (what, value) in &self.0 {
            // As it is, as JSON inside JSON has it, as bytes are shown.
            for shape in [value.clone(), value.replace('"', "\\\""), hex::encode(value)] {
                let found = text.lines().find(|line| line.contains(&shape));
                assert!(found.is_none(), "{what} ({value}) is in {place}: {found:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_and_nobodys_data_is_ever_said() {
    let (house, collector) = (House::new().await, Collector::start().await);
    let variables = [
        ("RUST_LOG", EVERYTHING),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address.as_str()),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];
    let mut serving = house.run_with("serve", &variables).await;
    let mut secrets = Secrets::default();
    for (what, value) in [("the token secret", TOKEN_SECRET), ("the hash secret", EMAIL_HASH_SECRET)] {
        secrets.keep(what, value);
    }
    if let Some(password) = password_of(house.database()) {
        secrets.keep("the database's password", password);
    }
    be_a_member(&serving, &mut secrets).await;
    be_a_merchant(&serving, &mut secrets).await;
    trade(&house, &serving, &mut secrets).await;
    give(&house, &serving, &mut secrets).await;
    be_refused(&serving, &mut secrets).await;
    break_the_vault(&house, &serving).await;
    let figures = serving.figures().await;
    serving.terminate();
    assert!(serving.end().await.success());
    let lines = serving.lines().join("\n");
    for part in ["jangteo", "\"DEBUG\"", "\"ERROR\"", "\"trace_id\""] {
        assert!(lines.contains(part), "the lines do not even have {part}");
    }
    secrets.look("the lines", &lines);
    secrets.look("the figures", &figures);
    secrets.look("the traces", &String::from_utf8_lossy(&collector.bytes()));
}

async fn be_a_member(serving: &Process, secrets: &mut Secrets) {
    let guest = Caller::of(serving);
    for (what, value) in [
        ("an address", EMAIL),
        ("a password", PASSWORD),
        ("a password", NEXT_PASSWORD),
        ("a password", WRONG_PASSWORD),
        ("a name", NAME),
        ("a phone number", PHONE),
    ] {
        secrets.keep(what, value);
    }
    let body = json!({"email": EMAIL, "password": PASSWORD, "name": NAME, "phone": PHONE});
    assert_eq!(guest.post("/storefront/v1/members", body.clone()).await.status, 201);
    assert_eq!(guest.post("/storefront/v1/members", body).await.status, 409);
    let login = |password| json!({"email": EMAIL, "password": password});
    assert_eq!(guest.post("/storefront/v1/sessions", login(WRONG_PASSWORD)).await.status, 401);
    let session = guest.post("/storefront/v1/sessions", login(PASSWORD)).await.body;
    secrets.keep_tokens(&session);
    let member = guest.with_token(session["access_token"].as_str().unwrap());
    let change = json!({"current_password": PASSWORD, "password": NEXT_PASSWORD});
    let path = "/storefront/v1/members/me/password";
    let changed = member.send(Method::PUT, path, &[], Some(change)).await.unwrap();
    assert_eq!(changed.status, 200, "{changed:?}");
    let refresh = json!({"refresh_token": session["refresh_token"]});
    let refreshed = guest.post("/storefront/v1/sessions/refresh", refresh.clone()).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    secrets.keep_tokens(&refreshed.body);
    assert_eq!(guest.post("/storefront/v1/sessions/refresh", refresh).await.status, 401);
    let me = guest.sign_in("storefront", login(NEXT_PASSWORD)).await.get("/storefront/v1/members/me").await;
    assert_eq!(me.body["email"], EMAIL, "{me:?}");
}

async fn be_a_merchant(serving: &Process, secrets: &mut Secrets) {
    let guest = Caller::of(serving);
    for (what, value) in
        [("a bank account", ACCOUNT), ("a holder", HOLDER), ("an address", "seller.secretmail")]
    {
        secrets.keep(what, value);
    }
    let account = json!({"bank": "KB", "account": ACCOUNT, "holder": HOLDER});
    let body = json!({
        "name": "A public name", "business_number": {"kind": "foreign", "country": "BR", "number": "1"},
        "email": "seller.secretmail@example.invalid", "password": PASSWORD, "contact_name": NAME,
        "contact_phone": PHONE, "bank_account": account,
    });
    assert_eq!(guest.post("/seller/v1/merchants", body).await.status, 201);
    let merchant = Caller::signed_in(serving, "seller", "merchant").await;
    let issued = merchant.post("/seller/v1/api-keys", json!({"label": "Shop system"})).await;
    assert_eq!(issued.status, 201, "{issued:?}");
    let key = issued.body["key"].as_str().unwrap();
    secrets.keep("an API key", key);
    let by_key = guest.with_token(key);
    assert_eq!(by_key.get("/seller/v1/products").await.status, 200);
    assert_eq!(by_key.post("/seller/v1/bank-account-changes", account).await.status, 202);
    assert_eq!(guest.with_token(&format!("{key}x")).get("/seller/v1/products").await.status, 401);
}

/// From the order to the payout, and a refund.
async fn trade(house: &House, serving: &Process, secrets: &mut Secrets) {
    let named = recipient();
    for field in ["name", "phone", "address"] {
        secrets.keep("a recipient", named[field].as_str().unwrap());
    }
    secrets.keep("the demo merchant's account", "110-000-000000");
    let shopper = Caller::signed_in(serving, "storefront", "shopper").await;
    let (bought, cancelled) = (buy(house, &shopper).await, buy(house, &shopper).await);
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    let path = format!("/storefront/v1/orders/{cancelled}");
    shopper.until(&path, |order| (order["status"] == "paid").then_some(())).await;
    let path = format!("/storefront/v1/orders/{cancelled}/claims");
    let claimed = shopper.post(&path, claim).await;
    assert_eq!(claimed.status, 201, "{claimed:?}");
    let merchant = Caller::signed_in(serving, "seller", "merchant").await;
    let shipment = merchant.until("/seller/v1/shipments?status=requested", |body| {
        let items = body["items"].as_array()?;
        let ours = items.iter().find(|item| item["order"] == bought.as_str())?;
        Some(ours["shipment"].as_str()?.to_owned())
    });
    let shipment = shipment.await;
    let dispatch = json!({"carrier": "cj", "tracking_number": "100200300"});
    let dispatched = merchant.post(&format!("/seller/v1/shipments/{shipment}/dispatch"), dispatch).await;
    assert_eq!(dispatched.status, 200, "{dispatched:?}");
    let operator = Caller::signed_in(serving, "admin", "operator").await;
    let now = operator.get("/admin/v1/clock").await.body["now"].clone();
    let scan = json!({"scan": "s-1", "status": "delivered", "occurred_at": now});
    let scanned = merchant.post(&format!("/seller/v1/shipments/{shipment}/scans"), scan).await;
    assert_eq!(scanned.status, 201, "{scanned:?}");
    let advanced = operator.post("/admin/v1/clock/advance", json!({"seconds": 3_456_000})).await;
    assert_eq!(advanced.status, 200, "{advanced:?}");
    let merchant = Caller::signed_in(serving, "seller", "merchant").await;
    let is_paid = |body: &Value| (body["items"][0]["phase"] == "paid").then_some(());
    merchant.until("/seller/v1/statements", is_paid).await;
}

/// A gift: its token, and what is said of and by its recipient.
async fn give(house: &House, serving: &Process, secrets: &mut Secrets) {
    for (what, value) in [
        ("a gift's recipient", "Gyeoul Giftname"),
        ("a gift's message", "What only she may read"),
        ("a gift's address", "Hidden alley 8, Busan"),
    ] {
        secrets.keep(what, value);
    }
    let shopper = Caller::signed_in(serving, "storefront", "shopper").await;
    let mut order = order(house, &shopper).await;
    order.as_object_mut().unwrap().remove("recipient");
    let named = json!({"name": "Gyeoul Giftname", "phone": PHONE});
    order["gift"] = json!({"recipient": named, "message": "What only she may read"});
    let placed = shopper.post("/storefront/v1/malls/main/orders", order).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let path = format!("/storefront/v1/orders/{}", placed.body["order"].as_str().unwrap());
    assert_eq!(shopper.post(&format!("{path}/payment"), json!({"instrument": "ok"})).await.status, 200);
    let token = shopper.until(&path, |order| Some(order["gift_card"]["token"].as_str()?.to_owned())).await;
    secrets.keep("a gift's token", &token[token.len() - 43..]);
    let guest = Caller::of(serving);
    let gift = format!("/storefront/v1/gifts/{token}");
    assert_eq!(guest.get(&gift).await.status, 200);
    assert_eq!(guest.get(&format!("{gift}/nowhere")).await.status, 404);
    let home = json!({"name": "Gyeoul Giftname", "phone": PHONE, "postal_code": "48058",
                      "address": "Hidden alley 8, Busan"});
    let accepted = guest.post(&format!("{gift}/acceptance"), json!({"recipient": home})).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    assert_eq!(guest.post(&format!("{gift}/decline"), Value::Null).await.status, 409);
}

/// Whatever is wrong with a request, it is not repeated in a line.
async fn be_refused(serving: &Process, secrets: &mut Secrets) {
    let guest = Caller::of(serving);
    for (path, body) in [
        (
            "/storefront/v1/members",
            json!({"email": "no-address-secretmail", "password": PASSWORD, "name": NAME}),
        ),
        (
            "/storefront/v1/members",
            json!({"email": EMAIL, "password": PASSWORD, "name": NAME, "surprise": PHONE}),
        ),
        ("/storefront/v1/sessions", json!({"email": EMAIL, "password": [WRONG_PASSWORD]})),
        ("/storefront/v1/sessions/refresh", json!({"refresh_token": "made-up-refresh-token"})),
    ] {
        let refused = guest.post(path, body).await;
        assert!((400..500).contains(&refused.status), "{path}: {refused:?}");
    }
    secrets.keep("an address", "no-address-secretmail");
    secrets.keep("a made-up token", "made-up-refresh-token");
    secrets.keep("a token in a query", "in-a-query-4711");
    assert_eq!(guest.get("/storefront/v1/members/me?access_token=in-a-query-4711").await.status, 401);
    let key = jangteo::credential::Secrets::parse(TOKEN_SECRET, EMAIL_HASH_SECRET).unwrap();
    let key = jangteo::app::webhook_secret(&key);
    secrets.keep("the webhooks' secret", &hex::encode(&key));
    let notice = json!({"event": "capture.booked"});
    let signature = sign(&key, notice.to_string().as_bytes(), chrono::DateTime::UNIX_EPOCH);
    secrets.keep("a signature", signature.rsplit_once("v1=").unwrap().1);
    let headers = [(SIGNATURE_HEADER, signature.as_str())];
    let stale = guest.send(Method::POST, "/webhooks/payment", &headers, Some(notice)).await.unwrap();
    assert_eq!(stale.status, 401, "{stale:?}");
}

/// What breaks on our side is said, and nobody's data with it.
async fn break_the_vault(house: &House, serving: &Process) {
    let database = sqlx::PgPool::connect(house.database()).await.unwrap();
    sqlx::raw_sql("ALTER TABLE personal_key RENAME TO lost").execute(&database).await.unwrap();
    let body =
        json!({"email": "x.secretmail@example.invalid", "password": PASSWORD, "name": NAME, "phone": PHONE});
    let broken = Caller::of(serving).post("/storefront/v1/members", body).await;
    assert!(broken.status >= 500, "{broken:?}");
    sqlx::raw_sql("ALTER TABLE lost RENAME TO personal_key").execute(&database).await.unwrap();
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_named_without_its_password() {
    let house = House::new().await;
    let away = [
        ("JANGTEO_NATS_URL", "nats://jangteo:hidden-4711@127.0.0.1:1"),
        ("JANGTEO_DATABASE_URL", "postgres://jangteo:hidden-4711@127.0.0.1:1/shop"),
        ("JANGTEO_DATABASE_URL", "postgres://jangteo:hidden-4711@127.0.0.1:port/shop"),
        ("JANGTEO_DATABASE_URL", "mysql://jangteo:hidden-4711@127.0.0.1:1/shop"),
    ];
    let formats = ["json", "people"];
    let started = away.into_iter().flat_map(|named| formats.map(|format| (named, format)));
    let started = started.map(|((variable, address), format)| {
        let mut command = house.command("api");
        command.env(variable, address).env("RUST_LOG", "trace").env("JANGTEO_LOG", format);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        (variable, address, child)
    });
    // All at once: each waits for its server a while.
    for (variable, address, child) in started.collect::<Vec<_>>() {
        let ended = child.wait_with_output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        assert!(!ended.status.success(), "{variable}={address}");
        assert!(!said.contains("hidden-4711"), "{variable}={address}: {said}");
        assert!(said.to_lowercase().contains("reached") || said.contains(variable), "{said}");
    }
}

fn password_of(address: &str) -> Option<&str> {
    let (who, _) = address.split_once("://")?.1.rsplit_once('@')?;
    who.split_once(':').map(|(_, password)| password)
}

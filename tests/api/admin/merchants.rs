//! Merchants: taken on or turned down, suspended, under contract, paid to the right account.

use jangteo::ids;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::RequestBankAccountChange;
use member::operator::Role;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::{account, applied, context};
use crate::seller::market::{Market, application};
use crate::staff::staff;
use crate::world::World;

fn terms(rate: &str) -> Value {
    json!({"default_rate": rate, "category_rates": {"books": "0.05"}, "cycle": "monthly"})
}

/// Writes at a version.
async fn at(client: &Client, path: &str, tag: &str, body: Value) -> Reply {
    let key = ids::fresh().to_string();
    let headers = [("idempotency-key", key.as_str()), ("if-match", tag)];
    client.send(Method::POST, path, &headers, Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_is_taken_on_suspended_and_let_back() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let path = format!("/admin/v1/merchants/{}", applied(&world, "123-456").await);
    world.projected().await;
    let waiting = desk.get("/admin/v1/merchants?phase=applied").await;
    assert_eq!(waiting.body["items"].as_array().unwrap().len(), 1, "{waiting:?}");
    let seen = desk.get(&path).await;
    assert_eq!((&seen.body["phase"], &seen.body["contract"]), (&json!("applied"), &Value::Null));
    assert_eq!(seen.body["bank_account"], Value::Null, "bank accounts are nobody's reading");
    let tag = seen.header("etag").to_owned();
    let known = desk.send(Method::GET, &path, &[("if-none-match", &tag)], None).await;
    assert_eq!(known.status, 304);

    assert_eq!(desk.post(&format!("{path}/approval"), terms("1.5")).await.status, 422);
    let approval = format!("{path}/approval");
    let mut later = terms("0.1");
    later["effective_from"] = json!("2026-04-01T00:00:00Z");
    assert_eq!(at(&desk, &approval, &tag, later).await.code(), "contract_not_in_force");
    assert_eq!(at(&desk, &approval, &tag, terms("0.1")).await.status, 200);
    assert_eq!(at(&desk, &approval, &tag, terms("0.2")).await.code(), "version_mismatch");
    let suspended = desk.post(&format!("{path}/suspension"), json!({"reason": "A question is open."})).await;
    assert_eq!(suspended.status, 200);
    let header = [("jangteo-position", suspended.header("jangteo-position"))];
    let now = desk.send(Method::GET, &path, &header, None).await.body;
    assert_eq!((&now["phase"], &now["reason"]), (&json!("suspended"), &json!("A question is open.")));
    assert_eq!(now["contract"]["default_rate"], "0.1");
    assert_eq!(now["contract"]["category_rates"], json!({"books": "0.05"}));
    assert_eq!(desk.post(&format!("{path}/resumption"), Value::Null).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_who_was_turned_down_is_not_taken_on_later() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let path = format!("/admin/v1/merchants/{}", applied(&world, "123-456").await);
    let no_reason = desk.post(&format!("{path}/rejection"), json!({"reason": " "})).await;
    assert_eq!((no_reason.status.as_u16(), &no_reason.body["errors"][0]["field"]), (422, &json!("/reason")));
    assert_eq!(desk.post(&format!("{path}/rejection"), json!({"reason": "No papers."})).await.status, 200);
    assert_eq!(desk.post(&format!("{path}/approval"), terms("0.1")).await.code(), "merchant_rejected");
    let nobody = format!("/admin/v1/merchants/{}", ids::fresh());
    assert_eq!(desk.get(&nobody).await.status, 404);
    assert_eq!(desk.post(&format!("{nobody}/resumption"), Value::Null).await.code(), "merchant_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_and_bank_accounts_are_finances() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let catalog = staff(&world, &client, &[Role::Catalog]).await;
    let finance = staff(&world, &client, &[Role::Finance]).await;
    let merchant = applied(&world, "123-456").await;
    let path = format!("/admin/v1/merchants/{merchant}");
    catalog.post(&format!("{path}/approval"), terms("0.1")).await;
    let contracts = format!("{path}/contracts");
    assert_eq!(catalog.post(&contracts, terms("0.2")).await.code(), "role_missing");
    let mut next = terms("0.2");
    next["effective_from"] = json!("2026-01-01T00:00:00Z");
    assert_eq!(finance.post(&contracts, next.clone()).await.code(), "contract_retroactive");
    next["effective_from"] = json!("2026-04-01T00:00:00Z");
    assert_eq!(finance.post(&contracts, next).await.status, 200);

    let approval = format!("{path}/bank-account-approval");
    assert_eq!(finance.post(&approval, Value::Null).await.code(), "if_match_missing");
    world.projected().await;
    let before = finance.get(&path).await.header("etag").to_owned();
    let bank_account = world.app.vault.seal(merchant.0, &account("123-457")).await.unwrap();
    let ask = RequestBankAccountChange { bank_account, at: world.clock.now() };
    let ask = Command::RequestBankAccountChange(ask);
    world.app.log.execute::<Merchant>(&context(&world), &merchant, ask).await.unwrap();
    assert_eq!(at(&finance, &approval, &before, Value::Null).await.code(), "version_mismatch");
    world.projected().await;
    assert_eq!(finance.get(&path).await.body["bank_account_change_pending"], true);
    let accounts = format!("{path}/bank-accounts");
    assert_eq!(catalog.get(&accounts).await.code(), "role_missing");
    let seen = finance.get(&accounts).await;
    let shown = |account: &str| json!({"bank": "Bank", "account": account, "holder": "The shop"});
    assert_eq!(seen.body, json!({"current": shown("***-456"), "requested": shown("***-457")}));
    assert_eq!(at(&finance, &approval, seen.header("etag"), Value::Null).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_account_is_turned_down_with_a_reason() {
    let market = Market::open().await;
    let (world, client) = (&market.world, &market.guest);
    let finance = staff(world, client, &[Role::Finance]).await;
    let path = format!("/admin/v1/merchants/{}", market.merchant);
    let (accounts, rejection) = (format!("{path}/bank-accounts"), format!("{path}/bank-account-rejection"));
    let reason = json!({"reason": "The holder is another."});
    let before = finance.get(&accounts).await;
    assert_eq!(before.body["requested"], Value::Null);
    let nothing = at(&finance, &rejection, before.header("etag"), reason.clone()).await;
    nothing.is_problem(409, "bank_account_change_not_requested");
    let wish = json!({"bank": "Shinhan", "account": "110-234-567890", "holder": "Somebody"});
    market.seller.post("/seller/v1/bank-account-changes", wish).await.is(202);
    at(&finance, &rejection, before.header("etag"), reason.clone()).await.is_problem(412, "version_mismatch");
    finance.post(&rejection, reason.clone()).await.is_problem(428, "if_match_missing");
    let seen = finance.get(&accounts).await;
    assert_eq!(seen.body["requested"]["account"], "**********7890");
    assert_eq!(seen.body["requested"]["holder"], "Somebody");
    let done = at(&finance, &rejection, seen.header("etag"), reason).await;
    done.is(200);
    let after = finance.get(&accounts).await.body;
    assert_eq!((&after["current"], &after["requested"]), (&before.body["current"], &Value::Null));
    let position = [("jangteo-position", done.header("jangteo-position"))];
    let own = market.seller.send(Method::GET, "/seller/v1/merchant", &position, None).await.body;
    assert_eq!(own["bank_account_change_pending"], false);
    assert_eq!(own["bank_account_rejection"], "The holder is another.");
    let nobody = format!("/admin/v1/merchants/{}/bank-accounts", ids::fresh());
    finance.get(&nobody).await.is_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_turned_down_may_apply_anew_under_the_same_address() {
    let market = Market::open().await;
    let (world, client) = (&market.world, &market.guest);
    let desk = staff(world, client, &[Role::Catalog]).await;
    let first = client.post("/seller/v1/merchants", application("shop@example.com")).await;
    client.post("/seller/v1/merchants", application("shop@example.com")).await.is_problem(409, "email_taken");
    let rejection = format!("/admin/v1/merchants/{}/rejection", first.id());
    let why = json!({"reason": "No papers."});
    let done = desk.write(Method::POST, &rejection, why.clone(), "no").await;
    done.is(200);
    let second = client.post("/seller/v1/merchants", application("shop@example.com")).await;
    assert_ne!(second.id(), first.id());
    // Said again, under its key or another, it leaves the address to its new holder.
    let again = desk.write(Method::POST, &rejection, why.clone(), "no").await;
    assert_eq!((again.status, &again.body), (done.status, &done.body));
    desk.post(&rejection, why).await.is(200);
    client.post("/seller/v1/merchants", application("shop@example.com")).await.is_problem(409, "email_taken");
    let login = json!({"email": "shop@example.com", "password": "correct horse"});
    let session = client.post("/seller/v1/sessions", login).await;
    assert_eq!(session.body["merchant"], second.body["id"]);
}

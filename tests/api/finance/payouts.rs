//! Payouts that the bank did not make.

use member::Merchant;
use member::merchant::Command;
use member::merchant::command::RequestBankAccountChange;
use member::operator::Role;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use super::settled::settled;
use crate::client::Client;
use crate::market::{account, context, open};
use crate::staff::staff;
use crate::trade::{buy, deliver};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_merchant_is_paid_once_it_is_back() {
    let world = World::start().await;
    let market = Box::pin(open(&world)).await;
    let client = Client::of(&world).await;
    // Each time somebody else: a token is soon too old.
    let desk = async || staff(&world, &client, &[Role::Catalog, Role::Finance]).await;
    let bought = buy(&world, &market, 3).await;
    deliver(&world, bought).await;
    world.pass(8).await;
    let path = format!("/admin/v1/merchants/{}", market.merchant);
    let why = json!({"reason": "A question."});
    assert_eq!(desk().await.post(&format!("{path}/suspension"), why).await.status, 200);
    world.pass(40).await;
    let phases = async || {
        world.projected().await;
        let statements = desk().await.get("/finance/v1/malls/main/statements").await.body;
        let items = statements["items"].as_array().unwrap();
        let mut phases: Vec<_> = items.iter().map(|it| it["phase"].as_str().unwrap().to_owned()).collect();
        phases.sort();
        phases
    };
    assert!(!phases().await.contains(&"paid".to_owned()), "{:?}", phases().await);
    assert!(phases().await.contains(&"carried_over".to_owned()), "{:?}", phases().await);
    assert_eq!(desk().await.post(&format!("{path}/resumption"), Value::Null).await.status, 200);
    world.pass(40).await;
    assert!(phases().await.contains(&"paid".to_owned()), "{:?}", phases().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payout_is_tried_again_once_the_account_is_right() {
    // The sandbox bank knows no account that begins with 000.
    let settled = settled("000-000").await;
    let failed = settled.shown().await;
    assert_eq!(failed["phase"], "payout_failed");
    assert_eq!(failed["payout"]["failure"], "account_not_found");
    let (world, merchant) = (&settled.world, settled.market.merchant);
    let bank_account = world.app.vault.seal(merchant.0, &account("123-456")).await.unwrap();
    let ask = RequestBankAccountChange { bank_account, at: world.clock.now() };
    let ask = Command::RequestBankAccountChange(ask);
    world.app.log.execute::<Merchant>(&context(world), &merchant, ask).await.unwrap();
    world.projected().await;
    let path = format!("/admin/v1/merchants/{merchant}");
    let tag = settled.finance.get(&path).await.header("etag").to_owned();
    let headers = [("if-match", tag.as_str()), ("idempotency-key", "account")];
    let approval = format!("{path}/bank-account-approval");
    assert_eq!(settled.finance.send(Method::POST, &approval, &headers, None).await.status, 200);

    let retry = settled.path("/payout-retry");
    let first = settled.finance.write(Method::POST, &retry, Value::Null, "again").await;
    assert_eq!(first.status, 202, "{first:?}");
    world.settle().await;
    let paid = settled.shown().await;
    assert_eq!((&paid["phase"], &paid["payout"]["attempt"]), (&json!("paid"), &json!(2)));
    let repeated = settled.finance.write(Method::POST, &retry, Value::Null, "again").await;
    assert_eq!((repeated.status, &repeated.body), (first.status, &first.body));
    let late = settled.finance.post(&retry, Value::Null).await;
    assert_eq!((late.status.as_u16(), late.code()), (409, "paid_already"));
    let nothing = format!("/finance/v1/statements/{}/payout-retry", jangteo::ids::fresh());
    assert_eq!(settled.finance.post(&nothing, Value::Null).await.code(), "no_such_statement");
    let unkeyed = settled.finance.send(Method::POST, &retry, &[], None).await;
    assert_eq!(unkeyed.code(), "idempotency_key_missing");
    let other = settled.finance.write(Method::POST, &retry, json!({"hurry": true}), "again").await;
    assert_eq!(other.status, 422, "{other:?}");
}

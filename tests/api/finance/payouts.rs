//! Payouts that the bank did not make.

use member::Merchant;
use member::merchant::Command;
use member::merchant::command::RequestBankAccountChange;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use super::settled::settled;
use crate::market::{account, context};

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

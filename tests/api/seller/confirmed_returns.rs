//! Taking back what a shopper confirmed (직권 반품), and what claims leave on the statements.

use member::operator::Role;
use order::value::ClaimKind;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::market::{Market, PRICE, uuid};
use crate::client::Client;
use crate::staff::staff;

const FEE: i64 = 3_000;
const RETURN_FEE: i64 = 2_500;

/// A market whose merchant charges for delivery, and an order of so many delivered pieces.
async fn delivered(pieces: u32) -> (Market, Uuid) {
    let market = Market::open().await;
    let fee = json!({"kind": "fixed", "fee_minor": FEE});
    let policy = json!({"fee": fee, "return_fee_minor": RETURN_FEE, "dispatch_days": 2});
    market.seller.write(Method::PUT, "/seller/v1/malls/main/delivery-policy", policy, "policy").await.is(200);
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order_with_fee(&[(product, sku, pieces)], FEE).await;
    market.deliver(market.shipment("requested").await).await;
    (market, order)
}

/// The same, confirmed.
async fn confirmed(pieces: u32) -> (Market, Uuid) {
    let (market, order) = delivered(pieces).await;
    market.world.pass(8).await;
    market.seen().await;
    (market, order)
}

fn asked(reason: &str, pieces: u32) -> Value {
    json!({"reason": reason, "lines": [{"line": 1, "quantity": pieces}]})
}

fn returns(order: Uuid) -> String {
    format!("/seller/v1/orders/{order}/returns")
}

/// The merchant says yes, has the goods fetched and finds them good: the refund follows.
async fn bring_back(market: &Market, claim: Uuid, pieces: u32) {
    let path = format!("/seller/v1/claims/{claim}");
    market.seller.post(&format!("{path}/acceptance"), Value::Null).await.is(200);
    market.seen().await;
    market.deliver(market.shipment("requested").await).await;
    let found = json!({"result": "pass", "lines": [{"line": 1, "resellable": pieces, "damaged": 0}]});
    market.seller.post(&format!("{path}/inspection"), found).await.is(200);
    market.seen().await;
    assert_eq!(market.seller.get(&path).await.body["phase"], "completed");
}

/// The items of the merchant's only statement in a phase: kind, net and delivery fee of each.
async fn items(market: &Market, phase: &str) -> Vec<(String, i64, i64)> {
    let found = market.seller.get(&format!("/seller/v1/statements?phase={phase}")).await.body;
    let [only] = found["items"].as_array().unwrap().as_slice() else { panic!("{found:?}") };
    let path = format!("/seller/v1/statements/{}/items", uuid(&only["statement"]));
    let listed = market.seller.get(&path).await.body;
    let of = |item: &Value| {
        let minor = |field: &str| item[field].as_i64().unwrap();
        (item["kind"].as_str().unwrap().to_owned(), minor("net_minor"), minor("shipping_minor"))
    };
    listed["items"].as_array().unwrap().iter().map(of).collect()
}

/// What is left of shoppers' money in an otherwise balanced ledger.
async fn deposits(market: &Market) -> i64 {
    let finance: Client = staff(&market.world, &market.guest, &[Role::Finance]).await;
    let trial = finance.get("/finance/v1/malls/main/trial-balance").await.body;
    let accounts = trial["accounts"].as_array().unwrap();
    let sum = |side: &str| accounts.iter().map(|account| account[side].as_i64().unwrap()).sum::<i64>();
    assert_eq!(sum("debit_minor"), sum("credit_minor"), "{trial:?}");
    let deposits = accounts.iter().find(|account| account["account"] == "customer_deposits").unwrap();
    deposits["credit_minor"].as_i64().unwrap() - deposits["debit_minor"].as_i64().unwrap()
}

fn item(kind: &str, net: i64, shipping: i64) -> (String, i64, i64) {
    (kind.to_owned(), net, shipping)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_comes_back_and_is_taken_off_the_statement() {
    let (market, order) = confirmed(3).await;
    let sale = PRICE * 3 * 9 / 10 + FEE;
    assert_eq!(items(&market, "open").await, [item("sale", sale, FEE)]);
    assert_eq!(deposits(&market).await, 0);

    let claim =
        market.seller.once(Method::POST, &returns(order), asked("defective", 2), asked("late", 2)).await;
    claim.is(201);
    market.seen().await;
    bring_back(&market, claim.id(), 2).await;
    let shown = market.seller.get(&format!("/seller/v1/orders/{order}")).await.body;
    let pieces = &shown["lines"][0]["pieces"];
    assert_eq!(
        (&pieces["confirmed"], &pieces["returned"], &shown["status"]),
        (&json!(1), &json!(2), &json!("closed"))
    );
    let back = -PRICE * 2 * 9 / 10;
    let after = [item("sale", sale, FEE), item("refund_after_settlement", back, 0)];
    assert_eq!(items(&market, "open").await, after);
    assert_eq!(deposits(&market).await, 0);

    // With the last piece the delivery fee goes back too: none of it was the shopper's fault.
    let last = market.seller.post(&returns(order), asked("defective", 1)).await;
    market.seen().await;
    bring_back(&market, last.id(), 1).await;
    let listed = items(&market, "open").await;
    assert_eq!(listed.iter().map(|(_, net, _)| net).sum::<i64>(), 0, "{listed:?}");
    assert!(listed.contains(&item("claim_fee", -FEE, -FEE)), "{listed:?}");
    assert_eq!(deposits(&market).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_at_the_shoppers_fault_leaves_its_fees_with_the_merchant() {
    let (market, order) = delivered(2).await;
    let claim = market.claim(order, ClaimKind::Return, 1).await;
    bring_back(&market, claim, 1).await;
    let kept = FEE / 2 + RETURN_FEE;
    assert_eq!(items(&market, "open").await, [item("claim_fee", kept, kept)]);
    assert_eq!(deposits(&market).await, PRICE + FEE / 2);
    market.world.pass(8).await;
    market.seen().await;
    let sale = item("sale", PRICE * 9 / 10 + FEE / 2, FEE / 2);
    assert_eq!(items(&market, "open").await, [item("claim_fee", kept, kept), sale]);
    assert_eq!(deposits(&market).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_a_part_keeps_its_delivery_fee_until_the_rest_goes_too() {
    let market = Market::open().await;
    let fee = json!({"kind": "fixed", "fee_minor": FEE});
    let policy = json!({"fee": fee, "return_fee_minor": RETURN_FEE, "dispatch_days": 2});
    market.seller.write(Method::PUT, "/seller/v1/malls/main/delivery-policy", policy, "policy").await.is(200);
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order_with_fee(&[(product, sku, 3)], FEE).await;
    market.claim(order, ClaimKind::Cancel, 1).await;
    assert_eq!(items(&market, "open").await, [item("claim_fee", FEE / 3, FEE / 3)]);
    market.claim(order, ClaimKind::Cancel, 2).await;
    let rest = item("claim_fee", -FEE / 3, -FEE / 3);
    assert_eq!(items(&market, "open").await, [item("claim_fee", FEE / 3, FEE / 3), rest]);
    assert_eq!(deposits(&market).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_paid_already_owes_and_the_next_statement_carries_it_over() {
    let (market, order) = confirmed(2).await;
    market.world.pass(40).await;
    market.seen().await;
    let paid = items(&market, "paid").await;
    assert_eq!(paid.len(), 1, "{paid:?}");
    let claim = market.seller.post(&returns(order), asked("wrong_item", 1)).await;
    market.seen().await;
    bring_back(&market, claim.id(), 1).await;
    assert_eq!(items(&market, "paid").await, paid, "what is paid is never touched");
    let owed = -PRICE * 9 / 10;
    assert_eq!(items(&market, "open").await, [item("refund_after_settlement", owed, 0)]);
    market.world.pass(40).await;
    market.seen().await;
    let over = market.seller.get("/seller/v1/statements?phase=carried_over").await.body;
    assert_eq!(over["items"][0]["due_minor"], json!(owed), "{over:?}");
    let next = market.seller.get("/seller/v1/statements?phase=open").await.body;
    assert_eq!(next["items"][0]["carried_in_minor"], json!(owed), "{next:?}");
    assert_eq!(deposits(&market).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_confirmed_is_taken_back_by_its_merchant_for_its_own_reasons() {
    let (market, order) = delivered(2).await;
    let early = market.seller.post(&returns(order), asked("defective", 1)).await;
    early.is_problem(409, "not_enough");
    market.world.pass(8).await;
    market.seen().await;
    market.seller.post(&returns(order), asked("defective", 3)).await.is_problem(409, "not_enough");
    market.seller.post(&returns(order), asked("changed_mind", 1)).await.is_problem(403, "reason_not_yours");
    market
        .seller
        .post(&returns(order), asked("out_of_stock", 1))
        .await
        .is_problem(422, "reason_does_not_fit");
    let stranger = market.other_seller().await;
    stranger.post(&returns(order), asked("defective", 1)).await.is_problem(404, "not_found");
    market.seller.post(&returns(order), asked("defective", 2)).await.is(201);
    market.seller.post(&returns(order), asked("defective", 1)).await.is_problem(409, "claimed");
    market.seen().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchants_line_is_taken_back_by_nobody_else() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (product, sku) = market.product(&market.seller).await;
    let (foreign, foreign_sku) = market.product(&other).await;
    let order = market.order(&[(product, sku, 1), (foreign, foreign_sku, 1)]).await;
    let asked = |line: u16| json!({"reason": "defective", "lines": [{"line": line, "quantity": 1}]});
    market.seller.post(&returns(order), asked(2)).await.is_problem(422, "unknown_line");
    other.post(&returns(order), asked(1)).await.is_problem(422, "unknown_line");
}

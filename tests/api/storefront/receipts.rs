//! Cash receipts: asked for with the payment, given with the money, taken back with it.

use member::operator::Role;
use serde_json::{Value, json};

use super::house::{House, PRICE, instrument, refusal, text};
use crate::client::Client;
use crate::staff::staff;

const NUMBER: &str = "010-1234-5678";

/// An order of two pieces to be paid into an account, and how.
async fn in_cash(house: &House, shopper: &Client) -> (String, Value) {
    let mut wish = house.wish(2);
    wish["tenders"] = json!([{"method": "virtual_account", "amount_minor": wish["total_minor"]}]);
    let order = shopper.post(&house.at("/orders"), wish).await.body;
    let receipt = json!({"purpose": "income_deduction", "number": NUMBER});
    let order = text(&order["order"]).to_owned();
    (order, json!({"instrument": "virtual_account", "cash_receipt": receipt}))
}

fn receipt(surface: &str, order: &str) -> String {
    format!("/{surface}/v1/orders/{order}/cash-receipt")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_given_with_the_money_and_taken_back_with_it() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let desk = staff(&house.world, &house.nobody, &[Role::Support]).await;
    let finance = staff(&house.world, &house.nobody, &[Role::Finance]).await;
    let (order, body) = in_cash(&house, &shopper).await;
    let awaiting = shopper.post(&format!("/storefront/v1/orders/{order}/payment"), body).await;
    assert_eq!(awaiting.status, 202, "{:?}", awaiting.body);
    let none = shopper.get(&receipt("storefront", &order)).await;
    assert_eq!(refusal(&none), (404, "not_found"), "no money has come yet");
    let payment: kernel::id::PaymentId = text(&awaiting.body["payment"]).parse().unwrap();
    let app = &house.world.app;
    app.sandbox_gateway.deposit(payment, sagas::Clock::now(&*house.world.clock)).await.unwrap();
    let back = shopper.post(&format!("/storefront/v1/orders/{order}/payment/return"), Value::Null).await;
    assert_eq!((back.status.as_u16(), &back.body["status"]), (200, &json!("captured")));
    house.settled().await;
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    for cancelled in [0, PRICE, 2 * PRICE] {
        for (caller, surface, number) in [
            (&shopper, "storefront", "*******5678"),
            (&desk, "admin", "*******5678"),
            (&finance, "finance", "01012345678"),
        ] {
            let page = caller.get(&receipt(surface, &order)).await;
            assert_eq!(page.status, 200, "{surface}: {:?}", page.body);
            assert_eq!(
                (&page.body["number"], &page.body["purpose"]),
                (&json!(number), &json!("income_deduction"))
            );
            assert_eq!(page.body["amount_minor"], json!(2 * PRICE));
            assert_eq!(page.body["cancelled_minor"], json!(cancelled));
        }
        let path = format!("/storefront/v1/orders/{order}/claims");
        if cancelled < 2 * PRICE {
            assert_eq!(shopper.post(&path, claim.clone()).await.status, 201);
            house.settled().await;
        }
    }
    let other = house.shopper("sora").await;
    assert_eq!(refusal(&other.get(&receipt("storefront", &order)).await), (404, "not_found"));
    let commits =
        app.log.store().messages_of(&eventstore::StreamName::of::<payment::Payment>(&payment)).await;
    let told = commits.unwrap().iter().any(|it| String::from_utf8_lossy(&it.payload).contains("12345678"));
    assert!(!told, "the log never holds the number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_is_not_due_or_for_nobody_is_refused() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let (order, body) = in_cash(&house, &shopper).await;
    let path = format!("/storefront/v1/orders/{order}/payment");
    for (purpose, number) in [
        ("income_deduction", "02-123-4567"),
        ("income_deduction", "220-81-62517"),
        ("expense_proof", "010-1234-5678"),
        ("expense_proof", "220-81-62518"),
        ("charity", NUMBER),
    ] {
        let mut wrong = body.clone();
        wrong["cash_receipt"] = json!({"purpose": purpose, "number": number});
        assert_eq!(refusal(&shopper.post(&path, wrong).await), (422, "invalid_body"), "{purpose} {number}");
    }
    let card = house.order(&shopper, 1).await;
    let mut by_card = body.clone();
    by_card["instrument"] = json!("ok");
    house.settled().await;
    let head = house.world.app.log.head().await.unwrap();
    let refused = shopper.post(&format!("/storefront/v1/orders/{card}/payment"), by_card).await;
    assert_eq!(refusal(&refused), (422, "cash_receipt_not_due"));
    assert_eq!(house.world.app.log.head().await.unwrap(), head, "nothing is written");
    assert_eq!(
        shopper.post(&format!("/storefront/v1/orders/{card}/payment"), instrument("ok")).await.status,
        200
    );
}

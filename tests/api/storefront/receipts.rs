//! Cash receipts: asked for with the payment, given with the money, taken back with it.

use member::operator::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

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
    assert_listed(&house, &order).await;
    let other = house.shopper("sora").await;
    assert_eq!(refusal(&other.get(&receipt("storefront", &order)).await), (404, "not_found"));
    let commits =
        app.log.store().messages_of(&eventstore::StreamName::of::<payment::Payment>(&payment)).await;
    let told = commits.unwrap().iter().any(|it| String::from_utf8_lossy(&it.payload).contains("12345678"));
    assert!(!told, "the log never holds the number");
}

/// Finance lists what was given and taken back, and hands it on: 2 pieces, of which one came back, then the other.
async fn assert_listed(house: &House, order: &str) {
    let finance = staff(&house.world, &house.nobody, &[Role::Finance]).await;
    let path = "/finance/v1/malls/main/cash-receipts";
    let listed = async |filter: &str| {
        let page = finance.get(&format!("{path}?{filter}")).await;
        assert_eq!(page.status, 200, "{filter}: {:?}", page.body);
        let items = page.body["items"].as_array().unwrap();
        let amounts = |item: &Value| {
            (text(&item["state"]).to_owned(), item["amount_minor"].as_i64(), item["left_minor"].as_i64())
        };
        (items.iter().map(amounts).collect::<Vec<_>>(), page.body)
    };
    let row = |state: &str, amount: i64, left: i64| (state.to_owned(), Some(amount), Some(left));
    let (all, body) = listed("").await;
    let expected =
        [row("issued", 2 * PRICE, 2 * PRICE), row("changed", -PRICE, PRICE), row("taken_back", -PRICE, 0)];
    assert_eq!(all, expected);
    let first = &body["items"][0];
    assert_eq!((&first["order"], &first["number"]), (&json!(order), &json!("*******5678")));
    let (page, body) = listed("limit=2").await;
    assert_eq!(page, expected[..2]);
    let rest = listed(&format!("limit=2&cursor={}", text(&body["next_cursor"]))).await;
    assert_eq!((rest.0.as_slice(), &rest.1["next_cursor"]), (&expected[2..], &Value::Null));
    assert_eq!(listed("state=changed").await.0, expected[1..2]);
    let march = "from=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z";
    assert_eq!(listed(march).await.0.len(), 3);
    assert!(listed("from=2026-04-01T00:00:00Z").await.0.is_empty());
    assert!(listed("until=2026-03-01T00:00:00Z").await.0.is_empty());
    let export = format!("{path}/export?{march}&format=csv");
    let file = finance.get(&export).await;
    assert_eq!((file.header("jangteo-export-rows"), file.header("jangteo-export-net-minor")), ("3", "0"));
    assert_eq!(file.header("jangteo-export-sha256"), hex::encode(Sha256::digest(&file.text)));
    assert_eq!(file.text, finance.get(&export).await.text, "the same bytes each time");
    let lines: Vec<&str> = file.text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "at,state,order,payment,purpose,number,currency,amount_minor,left_minor,position");
    assert!(lines[2].contains(&format!(",changed,{order},")), "{}", lines[2]);
    assert!(
        lines[2].contains(&format!(",income_deduction,*******5678,KRW,-{PRICE},{PRICE},")),
        "{}",
        lines[2]
    );
    assert!(!file.text.contains("12345678"), "whose it is stays but hinted at");
    let json_lines = finance.get(&format!("{path}/export?{march}&format=json_lines&state=issued")).await;
    assert_eq!(
        (json_lines.header("jangteo-export-rows"), &json_lines.body["left_minor"]),
        ("1", &json!(2 * PRICE))
    );
    assert_eq!(refusal(&finance.get(&format!("{path}/export?format=csv")).await), (400, "bad_query"));
    assert_eq!(
        refusal(&finance.get("/finance/v1/malls/nowhere/cash-receipts").await),
        (404, "mall_not_found")
    );
    let desk = staff(&house.world, &house.nobody, &[Role::Support, Role::Catalog]).await;
    for path in [path.to_owned(), export] {
        assert_eq!(refusal(&desk.get(&path).await), (403, "role_missing"), "{path}");
    }
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

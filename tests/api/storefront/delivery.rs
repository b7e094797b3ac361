//! What delivery costs where, and the value added tax inside what is paid.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, instrument, refusal, text};
use crate::client::Client;

/// What delivery costs, what Jeju costs on top, and what other islands do.
const FEE: i64 = 3_000;
const JEJU: i64 = 3_500;
const ISLAND: i64 = 5_000;

/// A house whose merchant delivers for a fee, and for more to remote areas.
pub async fn surcharging() -> House {
    let house = House::open().await;
    let policy = json!({
        "fee": {"kind": "fixed", "fee_minor": FEE},
        "return_fee_minor": 2_500,
        "remote_surcharges": {"jeju_minor": JEJU, "island_minor": ISLAND},
        "dispatch_days": 2,
    });
    let path = "/seller/v1/malls/main/delivery-policy";
    assert_eq!(house.merchant().await.write(Method::PUT, path, policy, "policy").await.status, 200);
    house
}

async fn quoted(house: &House, shopper: &Client, postal_code: Option<&str>) -> Value {
    let mut ask = json!({"items": [house.item(2)]});
    if let Some(code) = postal_code {
        ask["postal_code"] = json!(code);
    }
    let reply = shopper.post(&house.at("/quotes"), ask).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_says_what_a_remote_area_costs_on_top_and_whether_it_knows_where() {
    let house = surcharging().await;
    let shopper = house.shopper("minji").await;
    for (postal_code, destination, surcharge) in [
        (None, "unknown", 0),
        (Some("04524"), "ordinary", 0),
        (Some("63000"), "jeju", JEJU),
        (Some("63 644"), "jeju", JEJU),
        (Some("63645"), "ordinary", 0),
        (Some("40200"), "island", ISLAND),
        (Some("somewhere"), "ordinary", 0),
    ] {
        let quote = quoted(&house, &shopper, postal_code).await;
        let delivery = &quote["deliveries"][0];
        let found = (text(&quote["destination"]), &delivery["fee_minor"], &delivery["surcharge_minor"]);
        assert_eq!(found, (destination, &json!(FEE + surcharge), &json!(surcharge)), "{postal_code:?}");
        assert_eq!(quote["total_minor"], json!(2 * PRICE + FEE + surcharge));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_to_an_island_pays_the_surcharge_and_gets_it_back_with_its_last_piece() {
    let house = surcharging().await;
    let shopper = house.shopper("minji").await;
    let mut wish = house.wish(2);
    wish["recipient"]["postal_code"] = json!("63100");
    wish["total_minor"] = json!(2 * PRICE + FEE);
    let refused = shopper.post(&house.at("/orders"), wish.clone()).await;
    assert_eq!(refusal(&refused), (409, "total_changed"));
    let quote = &refused.body["quote"];
    assert_eq!(quote, &quoted(&house, &shopper, Some("63100")).await, "the quote of where it goes to");
    wish["total_minor"] = quote["total_minor"].clone();
    let placed = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    let order = text(&placed.body["order"]).to_owned();
    let path = format!("/storefront/v1/orders/{order}");
    assert_eq!(shopper.post(&format!("{path}/payment"), instrument("ok")).await.status, 200);
    house.settled().await;
    let page = shopper.get(&path).await.body;
    let delivery = &page["deliveries"][0];
    let fees = (&delivery["fee_minor"], &delivery["surcharge_minor"]);
    assert_eq!(fees, (&json!(FEE + JEJU), &json!(JEJU)));
    for refunded in [PRICE, 2 * PRICE + FEE + JEJU] {
        let line = json!([{"line": 1, "quantity": 1}]);
        let cancel = json!({"kind": "cancel", "reason": "changed_mind", "lines": line});
        assert_eq!(shopper.post(&format!("{path}/claims"), cancel).await.status, 201);
        house.settled().await;
        assert_eq!(shopper.get(&path).await.body["refunded_minor"], json!(refunded));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_and_its_order_say_the_tax_inside() {
    let house = surcharging().await;
    let shopper = house.shopper("minji").await;
    let (product, sku) = house.sell("tax_free", 5_000).await;
    let free = json!({"product": product, "sku": sku, "quantity": 1});
    let mut wish = house.wish(2);
    wish["items"].as_array_mut().unwrap().push(free);
    let ask = json!({"items": wish["items"], "postal_code": "04524"});
    let quote = shopper.post(&house.at("/quotes"), ask).await.body;
    // 24,690 / 11 is 2,244.54…, 3,000 / 11 is 272.72…
    let tax = json!({"taxable_supply_minor": 25_172, "vat_minor": 2_518, "tax_free_minor": 5_000});
    assert_eq!(quote["tax"], tax);
    assert_eq!(quote["total_minor"], json!(25_172 + 2_518 + 5_000));
    let of = |body: &Value| {
        let lines =
            [0, 1].map(|at| (body["lines"][at]["taxable"].clone(), body["lines"][at]["vat_minor"].clone()));
        (lines, body["deliveries"][0]["vat_minor"].clone())
    };
    assert_eq!(of(&quote), ([(json!(true), json!(2_245)), (json!(false), json!(0))], json!(273)));
    wish["total_minor"] = quote["total_minor"].clone();
    let placed = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{}", text(&placed.body["order"]))).await.body;
    assert_eq!((&page["tax"], of(&page)), (&tax, of(&quote)));
}

//! Carts that are completed twice at the same moment, at two API processes: each is one order with one payment, and its
//! pieces leave the stock once.

use std::collections::BTreeSet;

use eventstore::Filter;
use futures::StreamExt;
use futures::future::join_all;
use order::Order;
use payment::Payment;
use product::Stock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::House;
use crate::process::Process;
use crate::shopper::{Caller, Reply, new_member, order, recipient};

/// Carts.
const CARTS: usize = 50;
/// Pieces in each.
const PIECES: u32 = 2;
const ORDERS: &str = "/storefront/v1/malls/main/orders";

/// A cart's shopper, as each of two processes sees them.
#[derive(Clone)]
struct Shopper {
    here: Caller,
    there: Caller,
}

/// What the log holds of what happened since.
#[derive(Debug, Default, PartialEq, Eq)]
struct Logged {
    orders: BTreeSet<String>,
    payments: usize,
    captured: usize,
    reserved: u32,
}

async fn with_a_cart(number: usize, (here, there): (&Process, &Process), item: Value) -> Shopper {
    let [here, there] = new_member(number, [here, there]).await;
    let added = here.post("/storefront/v1/malls/main/cart/items", item).await;
    assert_eq!(added.status, 200, "{added:?}");
    Shopper { here, there }
}

async fn submit(caller: &Caller, body: &Value, key: &str) -> Reply {
    let headers = [("idempotency-key", key)];
    caller.send_named(Method::POST, ORDERS, &headers, body.clone()).await
}

/// Completes a cart at both processes at once and gives the one order that it became.
async fn complete_twice(shopper: Shopper, body: Value, keys: [String; 2]) -> String {
    let (one, other) =
        tokio::join!(submit(&shopper.here, &body, &keys[0]), submit(&shopper.there, &body, &keys[1]));
    let placed: Vec<&Reply> = [&one, &other].into_iter().filter(|reply| reply.status == 201).collect();
    let order = placed.first().unwrap_or_else(|| panic!("{one:?} {other:?}")).body["order"].as_str().unwrap();
    for reply in [&one, &other].into_iter().filter(|reply| reply.status != 201) {
        match (reply.status, reply.body["code"].as_str().unwrap()) {
            (409, "cart_bought") => assert_eq!(reply.body["order"], json!(order)),
            // It had left the cart by then.
            (422, "nothing_to_buy") => {}
            (_, _) => panic!("{reply:?}"),
        }
    }
    assert!(placed.iter().all(|reply| reply.body["order"] == json!(order)), "{one:?} {other:?}");
    assert!(
        keys[0] != keys[1] || placed.len() == 2,
        "a repeated request gives the same answer: {one:?} {other:?}"
    );
    let paying = format!("/storefront/v1/orders/{order}/payment");
    let pay = |caller: Caller| {
        let paying = paying.clone();
        async move { caller.post(&paying, json!({"instrument": "ok"})).await.status }
    };
    let paid: [u16; 2] = tokio::join!(pay(shopper.here.clone()), pay(shopper.there.clone())).into();
    assert!(paid.contains(&200) && paid.iter().all(|status| matches!(status, 200 | 409)), "{paid:?}");
    order.to_owned()
}

async fn logged(house: &House, sku: &str) -> Logged {
    let log = house.log().await;
    let head = log.head().await.unwrap();
    let mut tail = log.tail(eventstore::Seq(0), Filter::All).await.unwrap();
    let mut found = Logged::default();
    while let Some(step) = tail.next().await {
        let step = step.unwrap();
        if let eventstore::Tailed::Commit(recorded) = &step {
            for event in recorded.events_of::<Order>().unwrap().unwrap_or_default().iter() {
                if let order::Event::Placed(placed) = event {
                    found.orders.insert(placed.order.to_string());
                }
            }
            for event in recorded.events_of::<Payment>().unwrap().unwrap_or_default().iter() {
                found.payments += usize::from(matches!(event, payment::Event::Requested(_)));
                found.captured += usize::from(matches!(event, payment::Event::Captured(_)));
            }
        }
        if step.seq() >= head {
            break;
        }
    }
    let stock = log.read_latest::<Stock>(&sku.parse().unwrap()).await.unwrap().state;
    found.reserved = stock.levels().reserved;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_completed_twice_at_two_processes_is_one_order_and_one_payment() {
    let house = House::new().await;
    let (here, there) = (house.run("serve").await, house.run("api").await);
    let guest = Caller::of(&here);
    let mut item = order(&house, &guest).await["items"][0].clone();
    item["quantity"] = json!(PIECES);
    let sku = item["sku"].as_str().unwrap().to_owned();
    let before = logged(&house, &sku).await;
    let mut shoppers = Vec::new();
    for number in 0..CARTS {
        shoppers.push(with_a_cart(number, (&here, &there), item.clone()).await);
    }
    let cart = shoppers[0].here.get("/storefront/v1/malls/main/cart").await.body;
    let body = json!({"recipient": recipient(), "total_minor": cart["total_minor"], "currency": "KRW"});
    let completing = shoppers.into_iter().enumerate().map(|(number, shopper)| {
        let key = jangteo::ids::fresh().to_string();
        let other = if number % 2 == 0 { key.clone() } else { jangteo::ids::fresh().to_string() };
        tokio::spawn(complete_twice(shopper, body.clone(), [key, other]))
    });
    let completed: BTreeSet<String> =
        join_all(completing).await.into_iter().map(|order| order.unwrap()).collect();
    assert_eq!(completed.len(), CARTS);
    let after = logged(&house, &sku).await;
    let new: BTreeSet<String> = after.orders.difference(&before.orders).cloned().collect();
    assert_eq!(new, completed);
    assert_eq!((after.payments - before.payments, after.captured - before.captured), (CARTS, CARTS));
    assert_eq!(after.reserved - before.reserved, u32::try_from(CARTS).unwrap() * PIECES);
}

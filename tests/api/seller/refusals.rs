//! What every address refuses: somebody else's thing, a body that it can't take, a write without a
//! name. Wrong callers are turned away in `wrong_callers`.

use jangteo::ids;
use order::value::ClaimKind;
use reqwest::Method;
use serde_json::{Value, json};

use super::market::{Market, uuid};
use super::routes::{Things, of_caller, of_things};
use crate::client::{Client, Reply};
use crate::market::shopper;
use crate::wrong_callers::forgotten;

async fn call(client: &Client, method: &Method, path: &str, body: &Value) -> Reply {
    let key = ids::fresh().to_string();
    client.send(method.clone(), path, &[("idempotency-key", &key)], Some(body.clone())).await
}

/// One of everything: an order delivered in part, a return, a statement.
async fn things(market: &Market) -> Things {
    let (product, sku) = market.product(&market.seller).await;
    market.order(&[(product, sku, 1)]).await;
    market.deliver(market.shipment("requested").await).await;
    market.world.pass(8).await;
    let order = market.order(&[(product, sku, 2)]).await;
    let shipment = market.shipment("requested").await;
    market.deliver(shipment).await;
    let claim = market.claim(order, ClaimKind::Return, 1).await;
    let statements = market.seller.get("/seller/v1/statements").await;
    let statement = uuid(&statements.body["items"][0]["statement"]);
    Things { product, sku, order, shipment, claim, statement }
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_thing_looks_exactly_like_one_that_does_not_exist() {
    let market = Market::open().await;
    let stranger = market.other_seller().await;
    let things = things(&market).await;
    let head = market.world.app.log.head().await.unwrap();
    let real = of_things(&things);
    let nowhere = of_things(&Things::nowhere());
    assert_eq!(real.len(), nowhere.len());
    for ((method, path, body), (_, absent, _)) in real.iter().zip(&nowhere) {
        let foreign = call(&stranger, method, path, body).await;
        let absent = call(&stranger, method, absent, body).await;
        assert_eq!(foreign.status.as_u16(), 404, "{method} {path}: {foreign:?}");
        let told = |reply: &Reply| (reply.body["code"].clone(), reply.body["detail"].clone());
        assert_eq!(told(&foreign), told(&absent), "{method} {path}");
        if *method == Method::GET {
            call(&market.seller, method, path, body).await.is(200);
        }
    }
    assert_eq!(market.world.app.log.head().await.unwrap(), head, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shoppers_refresh_token_is_no_good_here_and_stays_good_there() {
    let market = Market::open().await;
    let (_, address) = shopper(&market.world).await;
    let login = json!({"email": address.as_str(), "password": "open sesame"});
    let session = market.guest.post("/storefront/v1/sessions", login).await;
    let refresh = json!({"refresh_token": session.body["refresh_token"]});
    let here = market.guest.post("/seller/v1/sessions/refresh", refresh.clone()).await;
    here.is_problem(401, "session_over");
    market.guest.post("/storefront/v1/sessions/refresh", refresh).await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_takes_exactly_its_own_body_under_a_name() {
    let market = Market::open().await;
    let routes = of_caller().into_iter().chain(of_things(&Things::nowhere()));
    let writes: Vec<_> = routes.filter(|(method, _, _)| *method != Method::GET).collect();
    let public = ["merchants", "sessions", "sessions/refresh"];
    let public = public.map(|path| (Method::POST, format!("/seller/v1/{path}"), json!({})));
    let writes: Vec<_> = writes.into_iter().chain(public).collect();
    let listed: Vec<_> = writes.iter().map(|(method, path, _)| (method.clone(), path.clone())).collect();
    let forgotten = forgotten(&market.guest, "/seller/", &listed).await;
    assert!(forgotten.is_empty(), "not in the list of addresses: {forgotten:?}");
    for (method, path, body) in writes {
        let nameless = market.seller.send(method.clone(), &path, &[], Some(body.clone())).await;
        nameless.is_problem(400, "idempotency_key_missing");
        let mut more = if body.is_null() { json!({}) } else { body };
        more["surprise"] = json!(1);
        call(&market.seller, &method, &path, &more).await.is_problem(422, "invalid_body");
        let text = call(&market.seller, &method, &path, &json!("text")).await;
        text.is_problem(422, "invalid_body");
    }
}

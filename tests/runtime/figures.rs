//! `/metrics`: what is done moves the figures by exactly as much.

use jangteo::workers::PROJECTIONS;
use serde_json::json;

use crate::house::House;
use crate::process::figure;
use crate::shopper::{Caller, order};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_moves_the_figures_by_what_it_did() {
    let house = House::new().await;
    let projections = house.run("project").await;
    let caught_up = |text: &str| text.contains("jangteo_projection_lag_positions") && lag(text) == 0.0;
    projections.until("the read models have caught up", caught_up).await;
    // The API alone: nothing but what is asked for happens in it.
    let api = house.run("api").await;
    let shopper = Caller::signed_in(&api, "storefront", "shopper").await;
    let wish = order(&house, &shopper).await;
    let before = api.figures().await;
    let placed = shopper.post("/storefront/v1/malls/main/orders", wish).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let pay = format!("/storefront/v1/orders/{}/payment", placed.body["order"].as_str().unwrap());
    assert_eq!(shopper.post(&pay, json!({"instrument": "ok"})).await.status, 200);
    assert_eq!(shopper.post(&pay, json!({"instrument": "ok"})).await.status, 409);
    assert_eq!(shopper.get("/no/such/address").await.status, 404);
    let heard =
        |text: &str| figure(text, "jangteo_http_requests_total", &[("route", "/webhooks/payment")]) == 1.0;
    api.until("the gateway's webhook is heard", heard).await;

    let after = api.figures().await;
    let moved =
        |name: &str, labels: &[(&str, &str)]| figure(&after, name, labels) - figure(&before, name, labels);
    let requests = |method, route, status| {
        moved("jangteo_http_requests_total", &[("method", method), ("route", route), ("status", status)])
    };
    let placing = "/storefront/v1/malls/{mall}/orders";
    let paying = "/storefront/v1/orders/{order}/payment";
    assert_eq!(requests("POST", placing, "201"), 1.0);
    assert_eq!(requests("POST", paying, "200"), 1.0);
    assert_eq!(requests("POST", paying, "409"), 1.0);
    assert_eq!(requests("GET", "unmatched", "404"), 1.0);
    assert_eq!(moved("jangteo_http_requests_total", &[]), 5.0, "the webhook is the fifth");
    assert_eq!(moved("jangteo_http_request_duration_seconds_count", &[("route", placing)]), 1.0);
    // The order, the stock and the payment in one append; the capture's start and its end in two more.
    assert_eq!(moved("jangteo_log_commits_total", &[]), 5.0);
    assert_eq!(moved("jangteo_log_group_messages_sum", &[]), 5.0);
    assert_eq!(moved("jangteo_log_group_messages_count", &[]), 3.0);
    assert_eq!(moved("jangteo_commands_total", &[("outcome", "committed")]), 3.0);
    assert_eq!(moved("jangteo_log_conflicts_total", &[]), 0.0);
    assert_eq!(moved("jangteo_gateway_calls_total", &[("call", "capture"), ("outcome", "captured")]), 1.0);
    assert_eq!(moved("jangteo_gateway_calls_total", &[]), 1.0);
    assert_eq!(moved("jangteo_gateway_call_duration_seconds_count", &[("call", "capture")]), 1.0);
    api.until("both servers answer", |text| figure(text, "jangteo_up", &[]) == 2.0).await;
    assert!(!after.contains(placed.body["order"].as_str().unwrap()), "an id has become a label");
    assert!(after.contains("# HELP jangteo_log_commits_total "), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_from_an_order_is_counted_by_those_who_do_it() {
    let house = House::new().await;
    let serving = house.run("serve").await;
    let shopper = Caller::signed_in(&serving, "storefront", "shopper").await;
    crate::shopper::buy(&house, &shopper).await;
    let (read_models, sagas) = (PROJECTIONS.len(), sagas::every_saga().names().count());
    let done = |text: &str| {
        figure(text, "jangteo_saga_steps_total", &[("saga", "payment_expiry")]) >= 2.0
            && figure(text, "jangteo_saga_steps_total", &[("saga", "fulfilment")]) >= 1.0
            && figure(text, "jangteo_projection_rows_total", &[("projection", "orders")]) >= 1.0
            && figure(text, "jangteo_projection_commits_total", &[("projection", "orders")]) >= 5.0
            && lag(text) == 0.0
            && text.matches("jangteo_projection_lag_seconds{").count() == read_models
            && text.matches("jangteo_saga_timers_due{").count() == sagas
    };
    serving.until("sagas and read models have done their part", done).await;
    let figures = serving.figures().await;
    for name in ["jangteo_saga_parked", "jangteo_saga_postponed", "jangteo_saga_timers_due"] {
        assert_eq!(figure(&figures, name, &[]), 0.0, "{name}");
        assert_eq!(figures.matches(&format!("{name}{{")).count(), sagas, "{name} of each saga");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_counted() {
    let house = House::new().await;
    let projections = house.run("project").await;
    let api = house.run_with("api", &[("JANGTEO_RATE_LIMIT", "1")]).await;
    let guest = Caller::of(&api);
    let mut refused = 0;
    for _ in 0..20 {
        refused += u32::from(guest.get("/storefront/v1/malls/main/products").await.status == 429);
    }
    assert!(refused > 0);
    assert_eq!(figure(&api.figures().await, "jangteo_http_rate_limited_total", &[]), f64::from(refused));
    drop(projections);
}

fn lag(text: &str) -> f64 {
    figure(text, "jangteo_projection_lag_positions", &[])
}

//! Traces: one id from the caller through request, commands, read models, sagas, gateway and webhook, in spans, messages
//! and lines.

use std::collections::BTreeSet;

use eventstore::{Filter, Tailed};
use futures::StreamExt;
use opentelemetry_proto::tonic::trace::v1::Span;
use reqwest::Method;
use serde_json::json;

use crate::collector::{Collector, names, said};
use crate::house::House;
use crate::process::LIMIT;
use crate::shopper::{Caller, order};

const PLACING: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PAYING: &str = "0af7651916cd43dd8448eb211c80319c";
const CALLER: &str = "00f067aa0ba902b7";

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_is_one_trace_to_its_last_consequence() {
    let (house, collector) = (House::new().await, Collector::start().await);
    let to_collector =
        [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address.as_str()), ("OTEL_BSP_SCHEDULE_DELAY", "100")];
    let serving = house.run_with("serve", &to_collector).await;
    let shopper = Caller::signed_in(&serving, "storefront", "shopper").await;
    let wish = order(&house, &shopper).await;
    let parent = format!("00-{PLACING}-{CALLER}-01");
    let headers = [("traceparent", parent.as_str())];
    let path = "/storefront/v1/malls/main/orders";
    let placed = shopper.send(Method::POST, path, &headers, Some(wish)).await.unwrap();
    assert_eq!((placed.status, placed.trace.as_str()), (201, PLACING), "{placed:?}");
    let paying = format!("00-{PAYING}-{CALLER}-01");
    let headers = [("traceparent", paying.as_str())];
    let path = format!("/storefront/v1/orders/{}/payment", placed.body["order"].as_str().unwrap());
    let paid = shopper.send(Method::POST, &path, &headers, Some(json!({"instrument": "ok"}))).await.unwrap();
    assert_eq!(paid.status, 200, "{paid:?}");

    let placing = collector.spans(PLACING, |spans| {
        let projections: BTreeSet<&str> = spans.iter().map(|span| said(span, "projection")).collect();
        names(spans).is_superset(&BTreeSet::from(["request", "command", "saga"]))
            && ["orders", "catalog"].iter().all(|model| projections.contains(model))
            && hang_together(spans)
    });
    placing.await;
    // The shipment is asked for once the payment's saga has marked the order paid.
    let paying = collector.spans(PAYING, |spans| {
        let sagas: BTreeSet<&str> = spans.iter().map(|span| said(span, "saga")).collect();
        let routes: BTreeSet<&str> = spans.iter().map(|span| said(span, "http.route")).collect();
        names(spans).contains("gateway")
            && sagas.contains("payment_expiry")
            && sagas.contains("fulfilment")
            && routes.contains("/webhooks/payment")
            && hang_together(spans)
    });
    paying.await;
}

/// Whether every span hangs under one that is there, and the request under the caller's.
fn hang_together(spans: &[Span]) -> bool {
    let known: BTreeSet<&[u8]> = spans.iter().map(|span| span.span_id.as_slice()).collect();
    let of_caller = |span: &Span| hex::encode(&span.parent_span_id) == CALLER;
    spans.iter().all(|span| known.contains(span.parent_span_id.as_slice()) || of_caller(span))
        && spans.iter().any(|span| span.name == "request" && of_caller(span))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_of_the_log_names_its_request() {
    let house = House::new().await;
    let serving = house.run("serve").await;
    let guest = Caller::of(&serving);
    let body = json!({"email": "traced@example.invalid", "password": "battery staple", "name": "T"});
    let made = guest.post("/storefront/v1/members", body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let client = jangteo::app::connect_nats(&std::env::var("JANGTEO_NATS_URL").unwrap()).await.unwrap();
    let stream =
        async_nats::jetstream::new(client).get_stream(format!("{}-log", house.prefix())).await.unwrap();
    let position = made.body["position"].as_u64().unwrap();
    let message = stream.get_raw_message(position).await.unwrap();
    let named = message.headers.get("traceparent").map(ToString::to_string).unwrap_or_default();
    assert!(named.starts_with(&format!("00-{}-", made.trace)), "{named} of {}", made.trace);
    // What reads the log finds the same in what it reads.
    let log = house.log().await;
    let mut tail = log.tail(eventstore::Seq(position - 1), Filter::All).await.unwrap();
    let next = tokio::time::timeout(LIMIT, tail.next()).await.unwrap();
    let Some(Ok(Tailed::Commit(recorded))) = next else { panic!("no commit at {position}") };
    assert_eq!(eventstore::trace::Parent::from(&recorded.meta).to_string(), named);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_behind_a_request_is_said_with_its_trace() {
    let house = House::new().await;
    let serving = house.run("serve").await;
    let refused = Caller::of(&serving)
        .post(
            "/storefront/v1/sessions",
            json!({"email": "no@example.invalid",
        "password": "not my password"}),
        )
        .await;
    assert_eq!(refused.status, 401);
    let line = serving.line(&refused.trace).await;
    assert_eq!(line["span"]["trace_id"], refused.trace.as_str(), "{line}");
    assert_eq!(line["fields"]["code"], "wrong_credentials", "{line}");
    let lines = serving.lines();
    assert_eq!(lines.iter().filter(|line| line.contains(&refused.trace)).count(), 1, "{lines:#?}");
}

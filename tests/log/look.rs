//! Looking into a log: following it, one order across all contexts, and what is shown to nobody.

use std::collections::BTreeSet;
use std::time::Duration;

use order::value::ClaimKind;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::command::{command, jangteo};
use crate::market::open;
use crate::trade::{accept, buy, claim};
use crate::world::World;

/// How long a line of a followed log is waited for.
const LIMIT: Duration = Duration::from_secs(30);

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn contexts(lines: &[Value]) -> BTreeSet<&str> {
    let streams = lines.iter().map(|line| line["stream"].as_str().unwrap());
    streams.map(|stream| stream.split('.').next().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_followed_across_all_contexts() {
    let world = World::start().await;
    let market = open(&world).await;
    let (bought, other) = (buy(&world, &market, 2).await, buy(&world, &market, 1).await);
    accept(&world, bought).await;
    claim(&world, bought, ClaimKind::Cancel).await;
    let (url, prefix) = (world.config.nats_url.as_str(), world.config.prefix.as_str());
    let id = bought.order.to_string();

    let found = lines(&jangteo(url, prefix, &["log", "grep", &id, "--json"]).await.out);
    let expected = ["claim", "order", "payment", "product", "saga", "shipping"];
    assert!(expected.iter().all(|context| contexts(&found).contains(context)), "{:?}", contexts(&found));
    assert!(!found.iter().any(|line| line["stream"] == format!("order.order.{}", other.order)));

    // The same while it happens, as far as it has happened.
    let arguments = ["log", "tail", "--after", "0", "--about", &id, "--json"];
    let mut tail = command(url, prefix, &arguments).spawn().unwrap();
    let mut followed = BufReader::new(tail.stdout.take().unwrap()).lines();
    for line in &found {
        let next = tokio::time::timeout(LIMIT, followed.next_line()).await.expect("nothing more comes");
        assert_eq!(&serde_json::from_str::<Value>(&next.unwrap().unwrap()).unwrap(), line);
    }

    let stream = format!("order.order.{id}");
    let shown = lines(&jangteo(url, prefix, &["log", "show", &stream, "--json"]).await.out);
    let own: Vec<&Value> = found.iter().filter(|line| line["stream"] == stream).collect();
    assert_eq!(shown.iter().collect::<Vec<_>>(), own);
    let correlation = shown[0]["correlation_id"].as_str().unwrap();
    let arguments = ["log", "export", "--stream", "order.order", "--correlation", correlation];
    let exported = lines(&jangteo(url, prefix, &arguments).await.out);
    assert!(!exported.is_empty());
    let fits = |line: &Value| {
        line["correlation_id"] == correlation && line["stream"].as_str().unwrap().starts_with("order.order")
    };
    assert!(exported.iter().all(fits), "{exported:?}");

    let pretty = jangteo(url, prefix, &["log", "show", &stream]).await.out;
    assert!(pretty.contains(&stream) && pretty.contains("placed"), "{pretty}");
    let nowhere = jangteo(url, prefix, &["log", "show", "order.order.nobody"]).await;
    assert!(!nowhere.succeeded && nowhere.error.contains("the log has no order.order.nobody"), "{nowhere:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_or_hashed_is_handed_out_and_never_shown() {
    let world = World::start().await;
    let market = open(&world).await;
    buy(&world, &market, 1).await;
    let (url, prefix) = (world.config.nats_url.as_str(), world.config.prefix.as_str());
    let stream = format!("member.member.{}", market.member);
    let exported = jangteo(url, prefix, &["log", "export", "--stream", &stream]).await.out;
    let registered = &lines(&exported)[0]["events"][0]["data"];
    let secrets: Vec<&str> =
        ["password_hash", "email_hash", "profile"].map(|name| registered[name].as_str().unwrap()).to_vec();
    for arguments in [
        vec!["log", "show", &stream],
        vec!["log", "show", &stream, "--json"],
        vec!["log", "grep", "registered"],
        vec!["log", "grep", "registered", "--json"],
    ] {
        let told = jangteo(url, prefix, &arguments).await;
        assert!(told.succeeded && told.out.contains("(withheld)"), "{told:?}");
        assert!(!secrets.iter().any(|secret| told.out.contains(secret)), "{arguments:?}: {}", told.out);
    }
}

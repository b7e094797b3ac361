//! Stops: nothing acknowledged is lost, open requests are answered, and a limit holds.

use std::collections::BTreeSet;

use eventstore::Filter;
use futures::StreamExt;
use member::Member;
use serde_json::json;

use crate::house::House;
use crate::process::figure;
use crate::shopper::{Caller, Reply};

/// Sign-ups at once: passwords are hashed two at a time, so that most of them wait.
const AT_ONCE: usize = 48;
/// So many of them are seen open, though looking takes its time.
const HALF: f64 = 24.0;

async fn sign_up(guest: Caller, number: usize) -> reqwest::Result<Reply> {
    let body = json!({"email": format!("number-{number}@example.invalid"), "password": "battery staple", "name": "N"});
    guest.send(reqwest::Method::POST, "/storefront/v1/members", &[], Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn open_requests_are_answered_and_what_they_did_is_in_the_log() {
    let house = House::new().await;
    // So long that it can be asked for its health meanwhile.
    let patient = [("JANGTEO_STOP_DELAY", "5"), ("JANGTEO_STOP_LIMIT", "85")];
    let mut serving = house.run_with("serve", &patient).await;
    let guest = Caller::of(&serving);
    let asked: Vec<_> = (0..AT_ONCE).map(|number| tokio::spawn(sign_up(guest.clone(), number))).collect();
    let all_open = |text: &str| figure(text, "jangteo_http_requests_open", &[]) >= HALF;
    serving.until("the requests are being served", all_open).await;
    serving.terminate();
    let said = serving.line("a stop was asked for").await;
    assert!(said["fields"]["open_requests"].as_u64() > Some(0), "nothing was open when it stopped: {said}");
    assert_eq!((serving.health("ready").await, serving.health("live").await), (503, 200));
    let mut made = BTreeSet::new();
    for one in asked {
        let reply = one.await.unwrap().expect("a request that was being served got no answer");
        assert_eq!(reply.status, 201, "{reply:?}");
        made.insert(reply.body["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(made.len(), AT_ONCE);
    assert!(serving.end().await.success(), "{:#?}", serving.lines());
    assert!(made.is_subset(&members(&house).await), "what was acknowledged is not in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn past_the_limit_what_is_open_is_cut_off_and_said() {
    let house = House::new().await;
    let mut serving = house.run_with("serve", &[("JANGTEO_STOP_LIMIT", "0")]).await;
    let guest = Caller::of(&serving);
    let asked: Vec<_> = (0..AT_ONCE).map(|number| tokio::spawn(sign_up(guest.clone(), number))).collect();
    let all_open = |text: &str| figure(text, "jangteo_http_requests_open", &[]) >= HALF;
    serving.until("the requests are being served", all_open).await;
    serving.terminate();
    assert_eq!(serving.end().await.code(), Some(1));
    let said = serving.line("jangteo has failed").await;
    let error = said["fields"]["error"].as_str().unwrap();
    assert!(error.contains("0 s are over") && error.contains("open requests got no answer"), "{error}");
    let mut made = BTreeSet::new();
    for one in asked {
        if let Ok(reply) = one.await.unwrap() {
            assert_eq!(reply.status, 201, "{reply:?}");
            made.insert(reply.body["id"].as_str().unwrap().to_owned());
        }
    }
    assert!(made.len() < AT_ONCE, "nothing was cut off");
    assert!(made.is_subset(&members(&house).await), "what was acknowledged is not in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_stops_when_asked() {
    let house = House::new().await;
    for role in ["project", "serve", "api", "coordinate"] {
        let mut process = house.run(role).await;
        process.terminate();
        assert!(process.end().await.success(), "{role}: {:#?}", process.lines());
    }
}

/// The members whose registration is in the log.
async fn members(house: &House) -> BTreeSet<String> {
    let log = house.log().await;
    let head = log.head().await.unwrap();
    let mut tail = log.tail(eventstore::Seq(0), Filter::Contexts(&["member"])).await.unwrap();
    let mut found = BTreeSet::new();
    while let Some(step) = tail.next().await {
        let step = step.unwrap();
        let at = step.seq();
        if let eventstore::Tailed::Commit(recorded) = step
            && recorded.stream.is::<Member>()
        {
            found.insert(recorded.stream.id().to_owned());
        }
        if at >= head {
            break;
        }
    }
    found
}

//! Read models built anew while shops are open: nobody's read fails, and nobody reads less than what was there before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Method;
use serde_json::Value;

use crate::house::House;
use crate::process::Process;
use crate::shopper::{Caller, order};

/// Every read model, the orders twice: what is live may be a rebuild itself.
const REBUILT: [&str; 9] =
    ["orders", "catalog", "people", "deliveries", "claims", "campaigns", "books", "timers", "orders"];
/// What somebody reads meanwhile, of every surface.
const READ: [(&str, &str, &str); 5] = [
    ("storefront", "shopper", "/storefront/v1/malls/main/products?sort=newest"),
    ("storefront", "shopper", "/storefront/v1/orders"),
    ("seller", "merchant", "/seller/v1/orders"),
    ("seller", "merchant", "/seller/v1/statements"),
    ("admin", "operator", "/admin/v1/orders"),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_read_fails_or_is_stale_while_read_models_are_built_anew() {
    let house = House::new().await;
    let serving = house.run("serve").await;
    let over = Arc::new(AtomicBool::new(false));
    let shopper = Caller::signed_in(&serving, "storefront", "shopper").await;
    let body = order(&house, &shopper).await;
    let buying = tokio::spawn(buy_and_look(shopper, body, over.clone()));
    let reading = tokio::spawn(read_everything(callers(&serving).await, over.clone()));
    for name in REBUILT {
        let mut command = house.command("rebuild");
        command.arg(name);
        let rebuilt = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        assert!(rebuilt.status.success(), "{name}: {rebuilt:?}");
    }
    over.store(true, Ordering::Relaxed);
    assert!(buying.await.unwrap() > 0 && reading.await.unwrap() > 0, "nobody was there meanwhile");
    let verified = house.command("verify").arg("--read-models").output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

async fn callers(serving: &Process) -> Vec<(Caller, &'static str)> {
    let mut callers = Vec::new();
    for (surface, who, path) in READ {
        callers.push((Caller::signed_in(serving, surface, who).await, path));
    }
    callers
}

/// Places orders, and looks for each in the list at once, as of its position; how many.
async fn buy_and_look(shopper: Caller, body: Value, over: Arc<AtomicBool>) -> u32 {
    let mut bought = 0;
    while !over.load(Ordering::Relaxed) {
        let placed = shopper.post("/storefront/v1/malls/main/orders", body.clone()).await;
        assert_eq!(placed.status, 201, "{placed:?}");
        let position = [("jangteo-position", placed.position.as_str())];
        let seen = shopper.send(Method::GET, "/storefront/v1/orders", &position, None).await.unwrap();
        assert_eq!(seen.status, 200, "{seen:?}");
        assert_eq!(seen.body["items"][0]["order"], placed.body["order"], "the list is stale");
        bought += 1;
    }
    bought
}

/// Reads every list in turn; how many rounds.
async fn read_everything(callers: Vec<(Caller, &'static str)>, over: Arc<AtomicBool>) -> u32 {
    let mut rounds = 0;
    let mut seen = vec![String::new(); callers.len()];
    while !over.load(Ordering::Relaxed) {
        for ((caller, path), seen) in callers.iter().zip(&mut seen) {
            let reply = caller.get(path).await;
            assert_eq!(reply.status, 200, "{path}: {reply:?}");
            let newest = reply.body["items"][0]["placed_at"].as_str().unwrap_or_default();
            assert!(newest >= seen.as_str(), "{path} went back from {seen} to {newest}");
            newest.clone_into(seen);
        }
        rounds += 1;
    }
    assert_eq!(seen.iter().filter(|newest| !newest.is_empty()).count(), 3, "the lists of orders: {seen:?}");
    rounds
}

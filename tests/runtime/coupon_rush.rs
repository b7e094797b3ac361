//! Many who want the same coupons at once, at two API processes: as many are handed out as the campaign has.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::id::CampaignId;
use order::campaign::Campaign;
use serde_json::{Value, json};

use crate::house::House;
use crate::process::Process;
use crate::shopper::{Caller, new_member};

/// How many coupons there are, who wants them, and how many each may have: more are wanted than there are.
const TOTAL: usize = 1_000;
const SHOPPERS: usize = 64;
const PER_MEMBER: usize = 20;

async fn launched(process: &Process) -> String {
    let desk = Caller::signed_in(process, "admin", "operator").await;
    let now: DateTime<Utc> =
        serde_json::from_value(desk.get("/admin/v1/clock").await.body["now"].clone()).unwrap();
    let campaign = json!({
        "mall": "main", "name": "First come", "benefit": {"kind": "amount", "off_minor": 1},
        "distribution": {"kind": "download"}, "total": TOTAL, "per_member": PER_MEMBER,
        "from": now, "until": now + TimeDelta::days(1),
    });
    let launched = desk.post("/admin/v1/campaigns", campaign).await;
    assert_eq!(launched.status, 201, "{launched:?}");
    launched.body["id"].as_str().unwrap().to_owned()
}

/// A member asks here and there until they are refused; which coupons they got, and why no more.
async fn takes(shopper: [Caller; 2], campaign: String) -> (Vec<String>, String) {
    let path = format!("/storefront/v1/campaigns/{campaign}/coupons");
    let mut got = Vec::new();
    for caller in shopper.iter().cycle().take(PER_MEMBER + 1) {
        let reply = caller.post(&path, Value::Null).await;
        match reply.status {
            201 => got.push(reply.body["id"].as_str().unwrap().to_owned()),
            409 => return (got, reply.body["code"].as_str().unwrap().to_owned()),
            _ => panic!("{reply:?}"),
        }
    }
    panic!("a member got {} coupons", got.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_coupons_are_a_thousand_however_many_ask_at_once() {
    let house = House::new().await;
    let (here, there) = (house.run("serve").await, house.run("api").await);
    let campaign = launched(&here).await;
    let mut shoppers = Vec::new();
    for number in 0..SHOPPERS {
        shoppers.push(new_member(number, [&here, &there]).await);
    }
    let taking = shoppers.into_iter().map(|shopper| tokio::spawn(takes(shopper, campaign.clone())));
    let (mut coupons, mut reasons, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    for told in futures::future::join_all(taking).await {
        let (got, reason) = told.unwrap();
        count += got.len();
        coupons.extend(got);
        reasons.insert(reason);
    }
    assert_eq!((count, coupons.len()), (TOTAL, TOTAL), "each is somebody's own");
    assert!(reasons.contains("campaign_exhausted"), "{reasons:?}");
    let id: CampaignId = campaign.parse().unwrap();
    let state = house.log().await.read_latest::<Campaign>(&id).await.unwrap().state;
    assert_eq!(state.issued(), u32::try_from(TOTAL).unwrap());
}

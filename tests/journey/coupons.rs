//! Many who want the same coupons at once.

use std::collections::BTreeSet;

use eventstore::CommandError;
use jangteo::ids;
use jangteo::service::ServiceError;
use jangteo::service::campaigns::{Giver, NewCampaign};
use kernel::id::{CampaignId, CouponId, MemberId};
use kernel::{Currency, Price, Text};
use order::campaign::{Benefit, Campaign, Distribution, Funding, Limits, Owner, Period, Plan, Scope, Terms};
use tokio::task::JoinSet;

use crate::market::{context, open};
use crate::world::World;

/// How many there are, who want them, and how many each may have.
const TOTAL: u32 = 1_000;
const SHOPPERS: u32 = 64;
const PER_MEMBER: u32 = 20;

async fn launched(world: &World) -> CampaignId {
    let (market, context) = (open(world).await, context(world));
    let terms = Terms {
        mall: market.mall.clone(),
        currency: Currency::Krw,
        owner: Owner::Platform,
        benefit: Benefit::Amount { off: Price::new(1).unwrap() },
        minimum_spend: Price::ZERO,
        scope: Scope::Everything,
        funding: Funding::Platform,
        stackable: false,
        back_at_cancel: false,
    };
    let campaign = CampaignId(ids::fresh());
    let plan = Plan {
        name: Text::new("First come").unwrap(),
        terms,
        distribution: Distribution::Download,
        limits: Limits { total: Some(TOTAL), per_member: PER_MEMBER },
        period: Period { from: context.at, until: context.at + chrono::TimeDelta::days(1) },
        valid_days: None,
    };
    world.app.launch_campaign(&context, NewCampaign { campaign, plan, code: None }).await.unwrap();
    campaign
}

/// One member takes coupons until there are no more for them; which they got, and why no more.
async fn takes(world: &World, campaign: CampaignId) -> (Vec<CouponId>, &'static str) {
    let (member, mut got) = (MemberId(ids::fresh()), Vec::new());
    loop {
        match world.app.give_coupon(&context(world), (campaign, member), Giver::Member).await {
            Ok(given) => got.push(given.coupon),
            Err(ServiceError::Command(CommandError::Rejected(reason))) => return (got, reason.code()),
            Err(error) => unreachable!("{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_coupons_are_a_thousand_however_many_ask_at_once() {
    let world = std::sync::Arc::new(World::start().await);
    let campaign = launched(&world).await;
    let mut shoppers = JoinSet::new();
    for _ in 0..SHOPPERS {
        let world = world.clone();
        shoppers.spawn(async move { takes(&world, campaign).await });
    }
    let (mut coupons, mut reasons, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    while let Some(told) = shoppers.join_next().await {
        let (got, reason) = told.unwrap();
        assert!(got.len() <= usize::try_from(PER_MEMBER).unwrap());
        count += got.len();
        coupons.extend(got);
        reasons.insert(reason);
    }
    assert_eq!((count, coupons.len()), (1_000, 1_000), "each is somebody's own");
    assert!(reasons.contains("campaign_exhausted"), "{reasons:?}");
    let state = world.app.log.read_latest::<Campaign>(&campaign).await.unwrap().state;
    assert_eq!(state.issued(), TOTAL);
}

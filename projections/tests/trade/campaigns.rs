//! What the read model of campaigns and coupons answers.

use order::campaign::Campaign;
use order::campaign::command::{End, Resume};
use projections::Page;
use projections::campaigns::query::{campaign, of_campaign, of_member, search, to_take};
use projections::campaigns::{CampaignState, CampaignView, Campaigns, CouponState, CouponView, Search};
use uuid::Uuid;

use crate::handing_out::{A_DAY, OFF, UNTIL, campaign_id, coupon_id};
use crate::house::House;
use crate::words::{at, mall, member, merchant, order_id, system};

/// A house in which the story of coupons was told while the read model followed.
async fn told(test: &str) -> House {
    let house = House::new(test).await;
    let following = house.follow::<Campaigns>();
    house.tell_of_coupons().await;
    house.seen::<Campaigns>().await;
    following.abort();
    house
}

async fn shown(house: &House, number: u128, minute: i64) -> CampaignView {
    campaign(&house.pool, campaign_id(number), at(minute)).await.unwrap().expect("the campaign is there")
}

fn ids(page: &Page<CouponView>) -> Vec<Uuid> {
    page.items.iter().map(|coupon| coupon.coupon).collect()
}

fn coupons(numbers: &[u128]) -> Vec<Uuid> {
    numbers.iter().map(|number| coupon_id(*number).0).collect()
}

#[tokio::test]
async fn a_campaign_reads_as_its_aggregate_says_and_counts_its_coupons() {
    let house = told("campaigns_whole").await;
    for (number, merchant, code) in [(1, None, None), (2, Some(merchant(1).0), Some("SPRING-26"))] {
        let view = shown(&house, number, 40).await;
        let known = house.log.read::<Campaign>(&campaign_id(number)).await.unwrap();
        let plan = known.state.plan().unwrap();
        assert_eq!(view.position, i64::try_from(known.version.0).unwrap());
        assert_eq!((view.issued, view.merchant), (known.state.issued().into(), merchant));
        assert_eq!((&view.benefit.0, &view.scope.0), (&plan.terms.benefit, &plan.terms.scope));
        assert_eq!((view.begins_at, view.ends_at), (plan.period.from, plan.period.until));
        assert_eq!((view.name.as_str(), view.code.as_deref()), (plan.name.as_str(), code));
    }
    let first = shown(&house, 1, 40).await;
    assert_eq!((first.issued, first.total), (5, Some(6)));
    assert_eq!((first.held, first.used, first.given_back, first.revoked), (1, 1, 1, 1));
    assert_eq!(first.discount_minor, OFF, "of the used one alone");
    house.close().await;
}

#[tokio::test]
async fn a_campaign_stands_where_its_word_and_its_period_say() {
    let house = told("campaigns_state").await;
    let state = async |number, minute| shown(&house, number, minute).await.state;
    assert_eq!(state(1, -1).await, "upcoming");
    assert_eq!((state(1, 0).await, state(1, UNTIL).await), ("running".to_owned(), "over".to_owned()));
    assert_eq!((state(2, 0).await, state(2, UNTIL).await), ("paused".to_owned(), "over".to_owned()));
    let following = house.follow::<Campaigns>();
    let end = order::campaign::Command::End(End { at: at(50) });
    house.tell::<Campaign>(system(), &campaign_id(2), end).await;
    house.seen::<Campaigns>().await;
    following.abort();
    assert_eq!(state(2, UNTIL).await, "ended");
    house.close().await;
}

#[tokio::test]
async fn campaigns_are_found_by_owner_state_and_mall() {
    let house = told("campaigns_found").await;
    let found = async |wanted: Search, after, limit| {
        let page = search(&house.pool, &wanted, at(40), after, limit).await.unwrap();
        let ids: Vec<Uuid> = page.items.iter().map(|view| view.campaign).collect();
        (ids, page.next)
    };
    let (one, two) = (campaign_id(1).0, campaign_id(2).0);
    let (newest, next) = found(Search::default(), None, 1).await;
    assert_eq!(newest, [two]);
    assert_eq!(found(Search::default(), next, 1).await, (vec![one], None));
    let of = |wanted| found(wanted, None, 9);
    assert_eq!(of(Search { merchant: Some(merchant(1)), ..Search::default() }).await.0, [two]);
    assert!(of(Search { merchant: Some(merchant(2)), ..Search::default() }).await.0.is_empty());
    assert_eq!(of(Search { of_platform: Some(true), ..Search::default() }).await.0, [one]);
    assert_eq!(of(Search { of_platform: Some(false), ..Search::default() }).await.0, [two]);
    let paused = Search { state: Some(CampaignState::Paused), mall: Some(mall()), ..Search::default() };
    assert_eq!(of(paused).await.0, [two]);
    house.close().await;
}

#[tokio::test]
async fn a_member_sees_each_coupon_where_it_stands() {
    let house = told("campaigns_coupons").await;
    let of = async |number, state, minute| {
        let wanted = (state, at(minute));
        of_member(&house.pool, (&mall(), member(number)), wanted, None, 9).await.unwrap()
    };
    assert_eq!(ids(&of(1, None, 40).await), coupons(&[6, 2, 1]));
    assert_eq!(ids(&of(1, Some(CouponState::Usable), 40).await), coupons(&[6, 2]));
    assert_eq!(ids(&of(1, Some(CouponState::Used), 40).await), coupons(&[1]));
    assert_eq!(ids(&of(1, Some(CouponState::Usable), 12 + A_DAY).await), coupons(&[6]));
    assert_eq!(ids(&of(1, Some(CouponState::Ended), 12 + A_DAY).await), coupons(&[2]));
    assert_eq!(ids(&of(1, Some(CouponState::Upcoming), 11).await), coupons(&[6, 2]));
    assert_eq!(ids(&of(2, Some(CouponState::Ended), 40).await), coupons(&[4]), "it was taken back");
    assert_eq!(ids(&of(3, Some(CouponState::Held), UNTIL).await), coupons(&[5]), "an order keeps it");
    let used = &of(1, Some(CouponState::Used), 40).await.items[0];
    assert_eq!((used.order, used.discount_minor), (Some(order_id(11).0), OFF));
    assert_eq!((used.used_at, used.nth, used.minimum_spend_minor), (Some(at(31)), 1, 10_000));
    let back = &of(2, Some(CouponState::Usable), 40).await.items[0];
    assert_eq!((back.order, back.discount_minor, back.given_back, back.used_at), (None, 0, 1, None));
    let of_first = of_campaign(&house.pool, campaign_id(1), (None, at(40)), None, 2).await.unwrap();
    assert_eq!(ids(&of_first), coupons(&[5, 4]));
    let rest = of_campaign(&house.pool, campaign_id(1), (None, at(40)), of_first.next, 9).await.unwrap();
    assert_eq!(ids(&rest), coupons(&[3, 2, 1]));
    house.close().await;
}

#[tokio::test]
async fn only_what_is_left_for_a_member_can_be_taken() {
    let house = told("campaigns_to_take").await;
    let left = async |number, minute| {
        let page = to_take(&house.pool, (&mall(), member(number)), at(minute), None, 9).await.unwrap();
        page.items.iter().map(|view| view.campaign).collect::<Vec<_>>()
    };
    assert_eq!(left(3, 40).await, [campaign_id(1).0]);
    assert!(left(1, 40).await.is_empty(), "who has had two has had all");
    assert!(left(3, UNTIL).await.is_empty() && left(3, -1).await.is_empty());
    let following = house.follow::<Campaigns>();
    let resume = order::campaign::Command::Resume(Resume { at: at(41) });
    house.tell::<Campaign>(system(), &campaign_id(2), resume).await;
    house.hand_out_the_last().await;
    house.seen::<Campaigns>().await;
    following.abort();
    assert!(left(3, 42).await.is_empty(), "one is used up, and the other is for those who know its code");
    house.close().await;
}

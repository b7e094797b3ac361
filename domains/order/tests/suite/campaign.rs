//! What a campaign hands out, and when it does not.

use order::campaign::event::{Ended, Issued, Launched, Paused, Resumed};
use order::campaign::policy::ISSUED_MAX;
use order::campaign::{Campaign, Event, Limits, Phase, Plan, Rejection};

use crate::check::{after, check, history};
use crate::market::at;
use crate::offer::{
    FROM, UNTIL, campaign, coupon_id, end, issue, issue_at, launch, launch_of, member, pause, plan, resume,
};

fn issued(of: u128, nth: u32, issued: u32) -> Event {
    let (coupon, member) = (coupon_id(of, nth), member(of));
    Event::Issued(Issued { campaign: campaign(1), coupon, member, nth, issued, at: at(FROM) })
}

#[test]
fn a_campaign_is_launched_once() {
    let launched = Launched { campaign: campaign(1), plan: plan(), at: at(0) };
    check::<Campaign>([], launch(), Ok(vec![Event::Launched(launched)]));
    check::<Campaign>([launch()], launch(), Ok(vec![]));
    let other = Plan { valid_days: None, ..plan() };
    check::<Campaign>([launch()], launch_of(other), Err(Rejection::AlreadyLaunched));
}

#[test]
fn nothing_is_asked_of_a_campaign_that_was_never_launched() {
    for command in [issue(1, 1), pause(), resume(), end()] {
        check::<Campaign>([], command, Err(Rejection::NotFound));
    }
}

#[test]
fn each_issue_names_its_coupon_and_the_count_after_it() {
    check::<Campaign>([launch()], issue(1, 1), Ok(vec![issued(1, 1, 1)]));
    check::<Campaign>([launch(), issue(1, 1)], issue(2, 1), Ok(vec![issued(2, 1, 2)]));
}

#[test]
fn the_last_coupon_is_handed_out_once() {
    let past = || [launch(), issue(1, 1), issue(2, 1)];
    check::<Campaign>(past(), issue(3, 1), Ok(vec![issued(3, 1, 3)]));
    let past = past().into_iter().chain([issue(3, 1)]);
    check::<Campaign>(past, issue(4, 1), Err(Rejection::Exhausted { total: 3 }));
}

#[test]
fn a_member_has_no_more_than_the_limit() {
    check::<Campaign>([launch(), issue(1, 1)], issue(1, 2), Ok(vec![issued(1, 2, 2)]));
    check::<Campaign>([launch()], issue(1, 3), Err(Rejection::MemberLimit { nth: 3, max: 2 }));
    check::<Campaign>([launch()], issue(1, 0), Err(Rejection::MemberLimit { nth: 0, max: 2 }));
}

#[test]
fn who_has_had_all_of_theirs_hears_that_of_an_exhausted_campaign_too() {
    let past = [launch(), issue(1, 1), issue(1, 2), issue(2, 1)];
    check::<Campaign>(past, issue(1, 3), Err(Rejection::MemberLimit { nth: 3, max: 2 }));
}

#[test]
fn coupons_are_had_from_the_periods_first_instant_until_just_before_its_end() {
    let taken = |minute| history::<Campaign>([launch(), issue_at(1, 1, minute)]).len();
    assert_eq!((taken(FROM), taken(UNTIL - 1)), (2, 2));
    let early = Rejection::NotBegun { from: at(FROM) };
    check::<Campaign>([launch()], issue_at(1, 1, FROM - 1), Err(early));
    check::<Campaign>([launch()], issue_at(1, 1, UNTIL), Err(Rejection::Over { until: at(UNTIL) }));
}

#[test]
fn a_paused_campaign_hands_out_nothing_until_it_is_resumed() {
    let (campaign, issued) = (campaign(1), 1);
    let paused = Event::Paused(Paused { campaign, issued, at: at(20) });
    check::<Campaign>([launch(), issue(1, 1)], pause(), Ok(vec![paused]));
    let past = || [launch(), issue(1, 1), pause()];
    check::<Campaign>(past(), issue(2, 1), Err(Rejection::NotRunning { phase: Phase::Paused }));
    check::<Campaign>(past(), pause(), Ok(vec![]));
    let resumed = Event::Resumed(Resumed { campaign, issued, at: at(21) });
    check::<Campaign>(past(), resume(), Ok(vec![resumed]));
    let state = after::<Campaign>(past().into_iter().chain([resume(), issue(2, 1)]));
    assert_eq!((state.phase(), state.issued()), (Some(Phase::Running), 2));
}

#[test]
fn a_running_campaign_is_already_resumed() {
    check::<Campaign>([launch()], resume(), Ok(vec![]));
}

#[test]
fn an_ended_campaign_never_hands_out_again() {
    let ended = Event::Ended(Ended { campaign: campaign(1), issued: 0, at: at(22) });
    check::<Campaign>([launch()], end(), Ok(vec![ended.clone()]));
    check::<Campaign>([launch(), pause()], end(), Ok(vec![ended]));
    let past = || [launch(), end()];
    check::<Campaign>(past(), end(), Ok(vec![]));
    check::<Campaign>(past(), issue(1, 1), Err(Rejection::NotRunning { phase: Phase::Ended }));
    check::<Campaign>(past(), pause(), Err(Rejection::Ended));
    check::<Campaign>(past(), resume(), Err(Rejection::Ended));
    check::<Campaign>(past(), launch(), Ok(vec![]));
}

#[test]
fn a_campaign_without_a_total_is_bounded_all_the_same() {
    let limits = Limits { total: None, ..plan().limits };
    assert_eq!(order::campaign::policy::total(limits), ISSUED_MAX);
    let past = [launch_of(Plan { limits, ..plan() }), issue(1, 1), issue(2, 1), issue(3, 1)];
    check::<Campaign>(past, issue(4, 1), Ok(vec![issued(4, 1, 4)]));
}

#[test]
fn a_coupon_ends_so_many_days_after_its_issue_and_with_the_campaign_at_the_latest() {
    let day = 24 * 60;
    let validity = |valid_days, minute| {
        let state = after::<Campaign>([launch_of(Plan { valid_days, ..plan() })]);
        let issuance = state.issuance(at(minute)).unwrap();
        assert_eq!(issuance.terms, plan().terms);
        (issuance.valid_from, issuance.valid_until)
    };
    assert_eq!(validity(Some(7), 50), (at(50), at(50 + 7 * day)));
    assert_eq!(validity(Some(7), UNTIL - day), (at(UNTIL - day), at(UNTIL)));
    assert_eq!(validity(None, 50), (at(50), at(UNTIL)));
    assert_eq!(after::<Campaign>([]).issuance(at(50)), None);
}

#[test]
fn a_campaigns_state_is_as_large_after_nine_coupons_as_after_one() {
    use kernel::Decider;
    let limits = Limits { total: None, per_member: 1 };
    let size = |coupons: u128| {
        let past = [launch_of(Plan { limits, ..plan() })].into_iter();
        let state = after::<Campaign>(past.chain((1..=coupons).map(|of| issue(of, 1))));
        assert_eq!(u128::from(state.issued()), coupons);
        Campaign::freeze(&state).unwrap().len()
    };
    assert_eq!(size(1), size(9));
}

#[test]
fn the_refusals_that_a_shopper_meets_keep_their_codes() {
    use kernel::Rejection as _;
    assert_eq!(Rejection::Exhausted { total: 3 }.code(), "campaign_exhausted");
    assert_eq!(Rejection::MemberLimit { nth: 3, max: 2 }.code(), "campaign_member_limit");
}

//! What a merchant charges for delivery.

use kernel::{Decider, Price};
use shipping::DeliveryPolicy;
use shipping::delivery_policy::event::PolicySet;
use shipping::delivery_policy::{Command, Event, FeeRule, PolicyId, Rejection, RemoteSurcharges, Set, State};

use crate::given::{after, given};
use crate::sample::*;

#[test]
fn a_merchant_who_never_said_delivers_free_within_three_days() {
    let state = State::default();
    assert_eq!((state.fee(), state.return_fee(), state.dispatch_days()), (FeeRule::Free, Price::ZERO, 3));
}

#[test]
fn a_policy_is_set_and_set_anew() {
    let event = Event::Set(PolicySet {
        merchant: merchant_id(1),
        mall: Some(mall("seoul")),
        fee: free_over(50_000),
        return_fee: price(2_500),
        remote_surcharges: RemoteSurcharges::default(),
        dispatch_days: 2,
        at: minute(0),
    });
    given::<DeliveryPolicy>([]).when(set(free_over(50_000))).then(std::slice::from_ref(&event));
    given::<DeliveryPolicy>([set(FeeRule::Quoted)]).when(set(free_over(50_000))).then(&[event]);
    let state = after::<DeliveryPolicy>([set(FeeRule::Quoted), set(free_over(50_000))]);
    assert_eq!(
        (state.fee(), state.return_fee(), state.dispatch_days()),
        (free_over(50_000), price(2_500), 2)
    );
}

#[test]
fn the_same_policy_again_is_already_so() {
    let later = Command::Set(Set { at: minute(9), ..set_body(FeeRule::Quoted) });
    given::<DeliveryPolicy>([set(FeeRule::Quoted)]).when(later).then_nothing();
}

#[test]
fn a_change_of_any_part_is_a_change() {
    let set = set_body(FeeRule::Quoted);
    let changes = [
        Set { return_fee: price(1), ..set.clone() },
        Set { dispatch_days: 9, ..set.clone() },
        Set { fee: FeeRule::Free, ..set.clone() },
        Set { remote_surcharges: remote(3_000, 5_000), ..set.clone() },
    ];
    for change in changes {
        let state = after::<DeliveryPolicy>([Command::Set(set.clone()), Command::Set(change.clone())]);
        let expected = (change.fee, change.return_fee, change.dispatch_days);
        assert_eq!((state.fee(), state.return_fee(), state.dispatch_days()), expected);
        assert_eq!(state.remote_surcharges(), change.remote_surcharges);
    }
}

#[test]
fn saying_the_default_out_loud_is_kept() {
    let default = Set { return_fee: price(0), dispatch_days: 3, ..set_body(FeeRule::Free) };
    let state = after::<DeliveryPolicy>([Command::Set(default)]);
    assert_eq!(state.merchant(), Some(merchant_id(1)));
}

#[test]
fn a_policy_out_of_range_is_refused() {
    let slow = Command::Set(Set { dispatch_days: 61, ..set_body(FeeRule::Free) });
    given::<DeliveryPolicy>([]).when(slow).then_rejected(&Rejection::DispatchDaysOutOfRange { found: 61 });
    given::<DeliveryPolicy>([]).when(set(free_over(0))).then_rejected(&Rejection::ThresholdIsZero);
}

#[test]
fn another_merchant_cannot_set_it() {
    let other = Command::Set(Set { merchant: merchant_id(2), ..set_body(FeeRule::Free) });
    given::<DeliveryPolicy>([set(FeeRule::Free)]).when(other).then_rejected(&Rejection::OtherMerchant);
}

#[test]
fn each_mall_has_a_policy_of_its_own() {
    let id = |name: &str| PolicyId { merchant: merchant_id(1), mall: mall(name) }.to_string();
    assert_eq!(id("seoul"), format!("{}_seoul", merchant_id(1)));
    assert_ne!(id("seoul"), id("busan"));
    let busan = Command::Set(Set { mall: mall("busan"), ..set_body(FeeRule::Free) });
    given::<DeliveryPolicy>([set(FeeRule::Free)]).when(busan).then_rejected(&Rejection::OtherMall);
}

#[test]
fn a_policy_from_before_malls_is_set_anew() {
    let old = PolicySet {
        merchant: merchant_id(1),
        mall: None,
        fee: FeeRule::Free,
        return_fee: price(0),
        remote_surcharges: RemoteSurcharges::default(),
        dispatch_days: 1,
        at: minute(0),
    };
    let state = DeliveryPolicy::fold(&[Event::Set(old)]);
    let events = DeliveryPolicy::decide(&state, set(free_over(50_000))).unwrap();
    assert_eq!(DeliveryPolicy::fold(&events).mall(), Some(&mall("seoul")));
}

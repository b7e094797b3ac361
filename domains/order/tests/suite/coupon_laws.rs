//! Laws that hold for any sequence of commands: no coupon serves two orders, and a campaign counts each coupon once.

use std::collections::BTreeMap;

use kernel::Decider;
use kernel::id::{CouponId, OrderId};
use order::campaign::{self, Campaign, Limits, Plan, Terms};
use order::coupon::{self, Coupon};
use proptest::prelude::*;

use crate::check::{run, step};
use crate::coupon::{give_back, hold, hold_at, issue_of, release, revoke, use_up};
use crate::offer::{coupon_id, issue, launch_of, member, plan, terms};

fn any_coupon_command() -> impl Strategy<Value = coupon::Command> {
    prop_oneof![
        6 => (1_u128..4).prop_map(hold),
        1 => (1_u128..4).prop_map(|number| hold_at(number, 2, 30)),
        1 => (1_u128..4, 0_i64..20_000).prop_map(|(number, minute)| hold_at(number, 1, minute)),
        5 => (1_u128..4).prop_map(use_up),
        3 => (1_u128..4).prop_map(release),
        3 => (1_u128..4).prop_map(give_back),
        1 => Just(revoke()),
        1 => Just(issue_of(&plan(), 1, 1)),
    ]
}

/// An issued coupon, whose terms may or may not give it back, and what is asked of it.
fn any_coupon_history() -> impl Strategy<Value = Vec<coupon::Command>> {
    (any::<bool>(), prop::collection::vec(any_coupon_command(), 0..60)).prop_map(|(back_at_cancel, more)| {
        let plan = Plan { terms: Terms { back_at_cancel, ..terms() }, ..plan() };
        [issue_of(&plan, 1, 1)].into_iter().chain(more).collect()
    })
}

/// Who has a coupon, by its facts alone: which orders hold it and which have used it.
#[derive(Default)]
struct Having {
    holders: Vec<OrderId>,
    users: Vec<OrderId>,
}

impl Having {
    fn hear(&mut self, event: &coupon::Event) {
        match event {
            coupon::Event::Issued(_) | coupon::Event::Revoked(_) => {}
            coupon::Event::Held(body) => self.holders.push(body.order),
            coupon::Event::Used(body) => {
                assert_eq!(self.holders, [body.order], "it is used after a hold of the same order");
                self.holders.clear();
                self.users.push(body.order);
            }
            coupon::Event::Released(body) => {
                assert_eq!(self.holders, [body.order], "who lets go held it");
                self.holders.clear();
            }
            coupon::Event::GivenBack(body) => {
                assert_eq!(self.users, [body.order], "who gives it back used it");
                self.users.clear();
            }
        }
        assert!(self.holders.len() + self.users.len() <= 1, "it is held and used by one order at most");
    }

    /// The same, as the state says it.
    fn phase(&self) -> Option<coupon::Phase> {
        let held = self.holders.first().map(|order| coupon::Phase::Held { order: *order });
        held.or(self.users.first().map(|order| coupon::Phase::Used { order: *order }))
    }
}

/// Issues the nth coupon of a member as one append does: both decide, neither may refuse, and what either changes stands,
/// also where the other changes nothing.
fn issue_both(
    campaign: &mut campaign::State,
    coupons: &mut BTreeMap<CouponId, coupon::State>,
    (of, nth): (u128, u32),
) {
    let coupon = coupons.get(&coupon_id(of, nth)).cloned().unwrap_or_default();
    let counted = Campaign::decide(campaign, issue(of, nth));
    let issued = Coupon::decide(&coupon, issue_of(&plan(), of, nth));
    if let (Ok(counted), Ok(issued)) = (counted, issued) {
        *campaign = counted.iter().fold(campaign.clone(), Campaign::evolve);
        coupons.insert(coupon_id(of, nth), issued.iter().fold(coupon, Coupon::evolve));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_coupon_is_held_or_used_by_one_order_at_most(commands in any_coupon_history()) {
        let mut having = Having::default();
        let mut state = coupon::State::default();
        for command in commands {
            let events;
            (state, events) = step::<Coupon>(state, command);
            for event in &events {
                having.hear(event);
            }
            let free = [Some(coupon::Phase::Issued), Some(coupon::Phase::Revoked)];
            match having.phase() {
                Some(phase) => prop_assert_eq!(state.phase(), Some(phase)),
                None => prop_assert!(free.contains(&state.phase())),
            }
        }
    }

    #[test]
    fn a_coupon_is_held_for_its_member_while_valid(commands in any_coupon_history()) {
        let mut state = coupon::State::default();
        for command in commands {
            let events;
            (state, events) = step::<Coupon>(state, command.clone());
            let issued = state.issued().unwrap();
            if let coupon::Command::Hold(hold) = command && !events.is_empty() {
                prop_assert_eq!(hold.member, member(1));
                prop_assert!(issued.valid_from <= hold.at && hold.at < issued.valid_until);
            }
            let given_back = events.iter().any(|event| matches!(event, coupon::Event::GivenBack(_)));
            prop_assert!(!given_back || issued.terms.back_at_cancel);
        }
    }

    #[test]
    fn a_coupons_command_that_was_taken_is_already_so(commands in any_coupon_history()) {
        let mut state = coupon::State::default();
        for command in commands {
            let events;
            (state, events) = step::<Coupon>(state, command.clone());
            if !events.is_empty() && !matches!(command, coupon::Command::Issue(_)) {
                prop_assert_eq!(Coupon::decide(&state, command), Ok(vec![]));
            }
        }
    }

    #[test]
    fn a_campaign_counts_each_coupon_once_however_often_it_is_asked_for(
        wanted in prop::collection::vec((1_u128..6, 0_u32..4), 0..60),
    ) {
        let limits = Limits { total: Some(8), per_member: 2 };
        let (mut campaign, _) = run::<Campaign>([launch_of(Plan { limits, ..plan() })]);
        let mut coupons = BTreeMap::new();
        for each in wanted {
            issue_both(&mut campaign, &mut coupons, each);
            prop_assert_eq!(usize::try_from(campaign.issued()), Ok(coupons.len()));
        }
        prop_assert!(coupons.len() <= 8);
        prop_assert!(coupons.values().all(|coupon| coupon.issued().unwrap().nth <= 2));
    }
}

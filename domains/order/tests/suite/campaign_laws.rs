//! Laws that hold for any sequence of commands: a campaign hands out no more than it has, and counts what it hands out.

use kernel::Decider;
use order::campaign::{Campaign, Command, Event, Limits, Phase, Plan, State};
use proptest::prelude::*;

use crate::check::{run, step};
use crate::offer::{campaign, end, issue, launch_of, pause, plan, resume};

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        40 => (1_u128..20, 0_u32..4).prop_map(|(of, nth)| issue(of, nth)),
        3 => Just(pause()),
        6 => Just(resume()),
        1 => Just(end()),
        1 => Just(launch_of(plan())),
    ]
}

fn any_history() -> impl Strategy<Value = (Limits, Vec<Command>)> {
    let commands = prop::collection::vec(any_command(), 0..60);
    let limits = (prop::option::of(1_u32..20), 1_u32..4);
    (limits, commands).prop_map(|((total, per_member), more)| {
        let limits = Limits { total, per_member };
        let launch = [launch_of(Plan { limits, ..plan() })];
        (limits, launch.into_iter().chain(more).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_campaigns_count_is_its_issues_and_never_above_its_limit(
        (limits, commands) in any_history(),
    ) {
        let mut state = State::default();
        let mut issues = 0;
        for command in commands {
            let running = state.phase() == Some(Phase::Running);
            let events;
            (state, events) = step::<Campaign>(state, command);
            for event in &events {
                if let Event::Issued(body) = event {
                    issues += 1;
                    prop_assert!(running && (1..=limits.per_member).contains(&body.nth));
                    prop_assert_eq!(body.campaign, campaign(1));
                }
                prop_assert_eq!(event.issued(), issues);
            }
            prop_assert_eq!(state.issued(), issues);
            prop_assert!(limits.total.is_none_or(|total| issues <= total));
        }
    }

    #[test]
    fn a_frozen_campaign_thaws_as_it_was((_, commands) in any_history()) {
        let (state, history) = run::<Campaign>(commands);
        prop_assert_eq!(Campaign::thaw(&Campaign::freeze(&state).unwrap()), Some(state.clone()));
        prop_assert_eq!(Campaign::fold(&history), state);
    }
}

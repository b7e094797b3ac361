//! Asking the same again, at every step of every journey.

use claim::value::{HoldReason, Party, Refusal};
use claim::{Claim, Command, State};
use kernel::Decider;

use crate::given::*;

/// Takes each command twice in a row; the second time nothing may change.
fn check(journey: Vec<Command>) {
    let mut state = State::default();
    for command in journey {
        let events = Claim::decide(&state, command.clone()).expect("taken");
        assert!(!events.is_empty(), "{command:?} does something");
        state = events.iter().fold(state, Claim::evolve);
        assert_eq!(Claim::decide(&state, command), Ok(vec![]));
    }
}

#[test]
fn each_step_asked_again_is_already_so() {
    check(cancel_journey());
    check(return_journey());
    check(failed_journey());
    check(vec![cancel(), withdraw(Party::Shopper)]);
    check(vec![
        cancel_of(request(), false),
        start_refund(1),
        fail_refund(1),
        start_refund(2),
        record_refund(2),
    ]);
    check(vec![goods_back(), hold(HoldReason::Disputed), resume(), reject(Refusal::PeriodOver)]);
}

#[test]
fn steps_long_passed_are_already_so() {
    let completed = given(return_journey());
    for step in return_journey() {
        completed.when(step).then(&[]);
    }
    given(cancel_journey()).when(approve(Party::Operator)).then(&[]);
}

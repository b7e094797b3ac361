//! Laws for any history: points are neither made nor lost, the oldest-expiring go first and come back last.

use std::collections::BTreeMap;

use kernel::id::OrderId;
use kernel::{Amount, Decider, DomainEvent};
use member::PointAccount;
use member::points::{Command, Event, Expire, Lot, Parts, State};
use proptest::prelude::*;

use super::sample::{
    after, earn, earn_body, expire, hold, order, points, release, restore, revoke, spend, with,
};
use crate::given::asking_again_changes_nothing;

/// How many different orders, lots and claims the commands speak of.
const FEW: u128 = 5;

fn command() -> impl Strategy<Value = Command> {
    let day = || 0_i64..70;
    prop_oneof![
        3 => (0..FEW * 3, day(), 1_i64..60, 0_i64..60).prop_map(|(lot, at, days, amount)| {
            let (at, expires_at) = (after(at), after(at + days));
            Command::Earn(member::points::Earn { at, expires_at, ..earn_body(lot, 1, amount) })
        }),
        3 => (0..FEW, 0_i64..80, day()).prop_map(|(of, amount, at)| hold(of, amount, at)),
        2 => (0..FEW, day()).prop_map(|(of, at)| spend(of, at)),
        1 => (0..FEW, day()).prop_map(|(of, at)| release(of, at)),
        3 => (0..FEW, 0..FEW * 4, 0_i64..30, day()).prop_map(|(of, by, amount, at)| restore(of, by, amount, at)),
        1 => day().prop_map(expire),
        1 => (0..FEW * 3, 0..FEW, 0_i64..40, day()).prop_map(|(lot, by, amount, at)| revoke(lot, by, amount, at)),
    ]
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(command(), 0..60)
}

/// Decides each command in turn, refused or not, and shows every event with the states around it. The state is at any
/// time what the log makes of the events so far.
fn run(commands: Vec<Command>, mut each: impl FnMut(&State, &Event, &State)) -> State {
    let (mut state, mut from_log) = (State::default(), State::default());
    for command in commands {
        for event in PointAccount::decide(&state, command.clone()).unwrap_or_default() {
            let next = PointAccount::evolve(state.clone(), &event);
            from_log = PointAccount::evolve(from_log, &as_stored(&event));
            assert_eq!(from_log, next);
            each(&state, &event, &next);
            state = next;
        }
        asking_again_changes_nothing::<PointAccount>(&state, command);
    }
    state
}

/// An event as it comes back from the log.
fn as_stored(event: &Event) -> Event {
    let stored = event.encode().unwrap();
    Event::decode(stored.name, stored.version, stored.data.get()).unwrap()
}

/// What became of the points, by the facts alone.
#[derive(Debug, Default)]
struct Tally {
    earned: Amount,
    free: Amount,
    held: BTreeMap<OrderId, Amount>,
    used: BTreeMap<OrderId, Amount>,
    gone: Amount,
}

impl Tally {
    fn count(&mut self, event: &Event) {
        match event {
            Event::Earned(body) => {
                self.earned += body.amount;
                self.free += body.amount;
            }
            Event::Held(body) => {
                self.free -= body.amount;
                *self.held.entry(body.order).or_default() += body.amount;
            }
            Event::Used(body) => {
                *self.held.entry(body.order).or_default() -= body.amount;
                *self.used.entry(body.order).or_default() += body.amount;
            }
            Event::Released(body) => {
                *self.held.entry(body.order).or_default() -= body.amount;
                self.free += body.amount;
            }
            Event::Restored(body) => {
                *self.used.entry(body.order).or_default() -= body.amount;
                self.free += body.amount;
            }
            Event::Expired(body) => self.lose(body.amount),
            Event::Revoked(body) => self.lose(body.amount),
        }
    }

    fn lose(&mut self, amount: Amount) {
        self.free -= amount;
        self.gone += amount;
    }

    /// The state says the same, nothing is below zero, and all parts are what was earned.
    fn check(&self, state: &State) {
        for of in (0..FEW).map(order) {
            assert_eq!(self.held.get(&of).copied().unwrap_or_default(), state.held_for(of));
            assert_eq!(self.used.get(&of).copied().unwrap_or_default(), state.used_for(of));
        }
        let sums = [self.free, self.held.values().sum(), self.used.values().sum(), self.gone];
        assert_eq!((state.balance(), state.held()), (sums[0], sums[1]));
        assert!(
            sums.iter().chain(self.held.values()).chain(self.used.values()).all(|sum| !sum.is_negative())
        );
        assert!(state.lots().all(|part| part.amount > Amount::ZERO));
        assert_eq!(sums.iter().sum::<Amount>(), self.earned);
    }
}

/// The parts of an event are its amount.
fn check_parts(event: &Event) {
    let (amount, parts) = match event {
        Event::Earned(_) | Event::Used(_) => return,
        Event::Held(body) => (body.amount, &body.parts),
        Event::Released(body) => (body.amount, &body.parts),
        Event::Expired(body) => (body.amount, &body.parts),
        Event::Revoked(body) => (body.amount, &body.parts),
        Event::Restored(body) => {
            assert_eq!(body.from.total(), body.to.total());
            (body.amount, &body.from)
        }
    };
    assert_eq!(parts.total(), amount);
}

/// Each point by itself, the oldest-expiring first.
fn one_by_one(parts: &Parts) -> Vec<Lot> {
    let times = |amount: Amount| usize::try_from(amount.minor()).unwrap();
    parts.iter().flat_map(|part| vec![part.lot; times(part.amount)]).collect()
}

/// What an order used goes back from its end, point by point.
fn check_order(used: &mut BTreeMap<OrderId, Vec<Lot>>, before: &State, event: &Event) {
    match event {
        Event::Held(body) => {
            let usable: Parts = before.lots().filter(|part| part.lot.expires_at > body.at).collect();
            let held = one_by_one(&body.parts);
            assert_eq!(held, one_by_one(&usable)[..held.len()], "not the oldest-expiring first");
            used.insert(body.order, held);
        }
        Event::Restored(body) => {
            let still = used.get_mut(&body.order).unwrap();
            let back = one_by_one(&body.from);
            assert_eq!(still.split_off(still.len() - back.len()), back, "not the latest-expiring first");
        }
        Event::Earned(_) | Event::Used(_) | Event::Released(_) | Event::Expired(_) | Event::Revoked(_) => {}
    }
}

/// What the restores of an order leave, in the order of these amounts: the states before its hold and after them all.
fn used_and_restored(amounts: &[i64]) -> (State, State) {
    let all = amounts.iter().sum();
    let history = || with([earn(1, 500, 40), earn(2, 600, 40), earn(3, 700, 400)]);
    let restores = (0..).zip(amounts).map(|(by, amount)| restore(1, by, *amount, 1));
    let after_all = history().and([hold(1, all, 1), spend(1, 1)]).and(restores);
    (history().state(), after_all.state())
}

proptest! {
    #[test]
    fn points_are_neither_made_nor_lost(commands in commands()) {
        let mut tally = Tally::default();
        run(commands, |_, event, state| {
            tally.count(event);
            tally.check(state);
            check_parts(event);
            assert_eq!(event.levels(), state.levels());
        });
    }

    #[test]
    fn the_oldest_expiring_points_go_first_and_come_back_last(commands in commands()) {
        let mut used = BTreeMap::new();
        run(commands, |before, event, _| check_order(&mut used, before, event));
    }

    #[test]
    fn a_release_undoes_a_hold_exactly(commands in commands(), amount in 1_i64..80, at in 0_i64..70) {
        let state = run(commands, |_, _, _| ());
        let next = |state: &State, command| {
            let events = PointAccount::decide(state, command).unwrap();
            events.iter().fold(state.clone(), PointAccount::evolve)
        };
        if state.usable(after(at)) >= points(amount) {
            let held = next(&state, hold(FEW, amount, at));
            prop_assert_ne!(&held, &state);
            prop_assert_eq!(next(&held, release(FEW, at)), state);
        }
    }

    #[test]
    fn an_order_restored_in_any_parts_gets_all_its_points_back(
        amounts in prop::collection::vec(1_i64..60, 1..8).prop_shuffle(),
    ) {
        let (before, restored) = used_and_restored(&amounts);
        prop_assert_eq!(restored.used_for(order(1)), Amount::ZERO);
        prop_assert_eq!(restored.levels(), before.levels());
        prop_assert!(restored.lots().eq(before.lots()));
    }

    #[test]
    fn after_an_expiry_every_point_left_can_be_used(commands in commands(), at in 0_i64..140) {
        let state = run(commands, |_, _, _| ());
        let expired = PointAccount::decide(&state, Command::Expire(Expire { at: after(at) })).unwrap();
        let left = expired.iter().fold(state.clone(), PointAccount::evolve);
        prop_assert_eq!(left.balance(), state.usable(after(at)));
        prop_assert_eq!(left.held(), state.held());
        prop_assert!(left.next_expiry().is_none_or(|next| next > after(at)));
    }

    #[test]
    fn frozen_points_thaw_as_they_were(commands in commands()) {
        let state = run(commands, |_, _, _| ());
        prop_assert_eq!(PointAccount::thaw(&PointAccount::freeze(&state).unwrap()), Some(state));
    }
}

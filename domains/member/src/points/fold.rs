//! How the facts of an account add up. Total: it never fails and never decides; a fact before the first earning changes
//! nothing.

use std::sync::Arc;

use super::state::{EarnedLot, Usage};
use super::{Account, Earned, Event, Held, Lot, Part, Restored, Revoked, State, Used};

/// Folds one event into the state.
pub(super) fn evolve(state: State, event: &Event) -> State {
    match event {
        Event::Earned(body) => change(opened(state, body), |account| account.earn(body)),
        Event::Held(body) => change(state, |account| account.hold(body)),
        Event::Used(body) => change(state, |account| account.spend(body)),
        Event::Released(body) => change(state, |account| {
            account.holds.remove(&body.order);
            account.lots.put(&body.parts);
        }),
        Event::Restored(body) => change(state, |account| account.restore(body)),
        Event::Expired(body) => change(state, |account| account.lots.take(&body.parts)),
        Event::Revoked(body) => change(state, |account| account.revoke(body)),
    }
}

fn opened(state: State, body: &Earned) -> State {
    match state {
        State::Absent => State::Open(Arc::new(Account::new(body.account.clone()))),
        State::Open(account) => State::Open(account),
    }
}

fn change(mut state: State, apply: impl FnOnce(&mut Account)) -> State {
    if let State::Open(account) = &mut state {
        apply(Arc::make_mut(account));
    }
    state
}

impl Account {
    fn earn(&mut self, body: &Earned) {
        let Earned { lot, amount, expires_at, at, .. } = *body;
        let part = Part { lot: Lot { expires_at, id: lot, restore: None }, amount };
        self.lots.put(&[part].into_iter().collect());
        let (reason, revocations) = (body.reason.clone(), vec![]);
        self.earnings.insert(lot, EarnedLot { amount, expires_at, reason, at, revocations });
        self.forget_earning();
    }

    fn hold(&mut self, body: &Held) {
        self.lots.take(&body.parts);
        self.holds.insert(body.order, body.parts.clone());
    }

    fn spend(&mut self, body: &Used) {
        let parts = self.holds.remove(&body.order).unwrap_or_default();
        let usage = Usage { amount: body.amount, parts, restores: [].into(), at: body.at };
        self.uses.insert(body.order, usage);
        self.forget_use();
    }

    fn restore(&mut self, body: &Restored) {
        self.lots.put(&body.to);
        if let Some(usage) = self.uses.get_mut(&body.order) {
            usage.parts.take(&body.from);
            usage.restores.insert(body.restore, body.amount);
        }
    }

    fn revoke(&mut self, body: &Revoked) {
        self.lots.take(&body.parts);
        if let Some(earned) = self.earnings.get_mut(&body.lot) {
            earned.revocations.push((body.reason.clone(), body.amount + body.uncollected));
        }
    }
}

//! Every saga is at an end, waits for a timer that is still to come, or is parked with a reason; and what sagas look after
//! has come to an end too, unless its saga is parked.

use std::collections::BTreeSet;

use claim::Claim;
use eventstore::Recorded;
use kernel::Timestamp;
use order::Order;
use order::state::Phase as OrderPhase;
use payment::{Payment, Phase as PaymentPhase};
use sagas::Saga;
use sagas::process::{Instance, Process};
use settlement::Statement;
use settlement::state::Phase as StatementPhase;

use super::{Finding, Law, finding, folded};

/// A command that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The saga.
    pub saga: &'static str,
    /// Its instance.
    pub key: String,
    /// Which command of it.
    pub command: String,
    /// Why.
    pub reason: String,
}

pub(super) fn findings(log: &[Recorded], now: Timestamp) -> Vec<Finding> {
    let parked = parked(log);
    let nameless = parked.iter().filter(|parked| parked.reason.is_empty());
    let nameless =
        nameless.map(|parked| finding(Law::WithoutEnd, format!("parked without a reason: {parked:?}")));
    let excused: BTreeSet<&str> = parked.iter().map(|parked| parked.key.as_str()).collect();
    nameless.chain(overdue(log, now)).chain(unfinished(log, &excused)).collect()
}

/// Asks the same of every saga.
macro_rules! of_every_saga {
    ($ask:ident($($given:expr),*)) => {
        [
            $ask::<sagas::payment_expiry::PaymentExpiry>($($given),*),
            $ask::<sagas::refund::Refund>($($given),*),
            $ask::<sagas::redemption::Redemption>($($given),*),
            $ask::<sagas::gift::Gift>($($given),*),
            $ask::<sagas::fulfilment::Fulfilment>($($given),*),
            $ask::<sagas::confirmation::Confirmation>($($given),*),
            $ask::<sagas::claim::Claim>($($given),*),
            $ask::<sagas::accrual::Accrual>($($given),*),
            $ask::<sagas::earning::Earning>($($given),*),
            $ask::<sagas::point_expiry::PointExpiry>($($given),*),
            $ask::<sagas::statement::Statement>($($given),*),
        ]
    };
}

pub(super) fn parked(log: &[Recorded]) -> Vec<Parked> {
    of_every_saga!(parked_of(log)).concat()
}

fn parked_of<S: Saga>(log: &[Recorded]) -> Vec<Parked> {
    let instances = folded::<Process<S>>(log).into_iter();
    let parked = instances.flat_map(|(key, instance)| {
        instance.parked.into_iter().map(move |(command, reason)| Parked {
            saga: S::NAME,
            key: key.clone(),
            command,
            reason,
        })
    });
    parked.collect()
}

fn overdue(log: &[Recorded], now: Timestamp) -> Vec<Finding> {
    of_every_saga!(overdue_of(log, now)).concat()
}

/// Instances with a timer or a postponed command whose time has passed.
fn overdue_of<S: Saga>(log: &[Recorded], now: Timestamp) -> Vec<Finding> {
    let is_overdue = |instance: &Instance<S>| {
        let postponed = instance.postponed.values().map(|postponed| postponed.again_at);
        postponed.chain(instance.timers.values().copied()).any(|due| due <= now)
    };
    let overdue = folded::<Process<S>>(log).into_iter().filter(|(_, instance)| is_overdue(instance));
    let word = |(key, instance): (String, Instance<S>)| {
        let Instance { postponed, timers, .. } = instance;
        finding(Law::WithoutEnd, format!("{} {key} is overdue: {postponed:?} {timers:?}", S::NAME))
    };
    overdue.map(word).collect()
}

/// What should have come to its end by now.
fn unfinished(log: &[Recorded], excused: &BTreeSet<&str>) -> Vec<Finding> {
    let mut left: Vec<(String, String, String)> = Vec::new();
    for (id, order) in folded::<Order>(log) {
        if !matches!(order.phase(), OrderPhase::Closed | OrderPhase::Expired | OrderPhase::Cancelled) {
            left.push((id.clone(), id, format!("order {}", order.phase())));
        }
    }
    for (id, payment) in folded::<Payment>(log) {
        if matches!(
            payment.phase(),
            PaymentPhase::Requested
                | PaymentPhase::Capturing
                | PaymentPhase::AwaitingDeposit
                | PaymentPhase::AwaitingAuthentication
                | PaymentPhase::Authorized
        ) {
            let order = payment.order().map(|order| order.to_string()).unwrap_or_default();
            left.push((id, order, format!("payment {}", payment.phase())));
        }
    }
    for (id, claim) in folded::<Claim>(log) {
        if let Some(phase) = claim.phase().filter(|phase| !phase.is_over()) {
            let order = claim.order().map(|order| order.to_string()).unwrap_or_default();
            left.push((id, order, format!("claim {}", phase.name())));
        }
    }
    for (id, statement) in folded::<Statement>(log) {
        let phase = statement.standing().map(|standing| standing.phase().clone());
        if !matches!(
            phase,
            Some(StatementPhase::Open | StatementPhase::Paid(_) | StatementPhase::CarriedOver)
        ) {
            left.push((id.clone(), id, format!("statement {phase:?}")));
        }
    }
    let without =
        left.into_iter().filter(|(id, order, _)| !excused.contains(&**id) && !excused.contains(&**order));
    without.map(|(id, _, what)| finding(Law::WithoutEnd, format!("{what} {id}"))).collect()
}

#[test]
fn every_saga_there_is_is_asked() {
    fn name<S: Saga>() -> &'static str {
        S::NAME
    }
    let asked = BTreeSet::from(of_every_saga!(name()));
    assert_eq!(asked, sagas::every_saga().names().collect());
}

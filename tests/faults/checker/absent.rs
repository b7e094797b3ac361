//! What was acknowledged is there: the very commit at the very position, and what it meant.

use std::collections::BTreeMap;

use eventstore::Recorded;
use order::Order;
use order::state::Phase;
use payment::Payment;

use super::{Finding, Law, finding, folded};
use crate::journal::{Acknowledged, Pages, Told};

pub(super) fn findings(log: &[Recorded], journal: &Pages) -> Vec<Finding> {
    let by_position: BTreeMap<u64, &Recorded> = log.iter().map(|commit| (commit.seq.0, commit)).collect();
    let absent = journal.acknowledged.iter().filter(|told| !stands(told, &by_position));
    let absent = absent.map(|told| finding(Law::AcknowledgedButAbsent, format!("{told:?}")));
    absent.chain(unmeant(log, &journal.told)).collect()
}

fn stands(told: &Acknowledged, log: &BTreeMap<u64, &Recorded>) -> bool {
    log.get(&told.position).is_some_and(|commit| {
        told.stream.as_deref().is_none_or(|stream| commit.stream.as_str() == stream)
            && told.command_id.is_none_or(|command| commit.metas().any(|meta| meta.command_id.0 == command))
    })
}

/// Orders that were placed and money that was taken, as clients were told.
fn unmeant(log: &[Recorded], told: &[Told]) -> Vec<Finding> {
    let (orders, payments) = (folded::<Order>(log), folded::<Payment>(log));
    let is_so = |told: &Told| match told {
        Told::Placed { order } => {
            orders.get(&order.to_string()).is_some_and(|order| order.phase() != Phase::Absent)
        }
        // Money that came when the order had ended was taken too; that it goes back is looked at elsewhere.
        Told::Captured { payment } => payments
            .get(&payment.to_string())
            .is_some_and(|payment| payment.capture().is_some() || payment.strays().next().is_some()),
        Told::Done => true,
    };
    let wrong = told.iter().filter(|told| !is_so(told));
    wrong.map(|told| finding(Law::AcknowledgedButAbsent, format!("{told:?}"))).collect()
}

//! Planning: joins, offers and prices, tenders.

mod joins;
mod offers;
mod steps;
mod tenders;
mod windows;

use super::sample::mall;
use super::{Plan, PlannedOrder};
use crate::import::olist::files::Files;
use crate::import::olist::finding::Reason;

fn plan(files: &Files) -> Plan {
    Plan::of(files, &mall())
}

/// The reasons and keys of a plan's findings, without those about idle sellers and products.
fn found(plan: &Plan) -> Vec<(Reason, &str)> {
    let idle = [Reason::SellerWithoutItems, Reason::ProductNeverSold];
    let of_interest = plan.findings.iter().filter(|finding| !idle.contains(&finding.reason));
    of_interest.map(|finding| (finding.reason, finding.key.as_str())).collect()
}

fn order<'a>(plan: &'a Plan, id: &str) -> &'a PlannedOrder {
    plan.orders.iter().find(|order| order.order == id).unwrap()
}

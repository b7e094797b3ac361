//! Nothing took effect twice: a command once per aggregate, an order once per command, a payment once per order, a capture
//! once per payment.

use std::collections::BTreeMap;
use std::fmt::Display;

use eventstore::Recorded;
use payment::Payment;

use super::{Finding, Law, finding};

pub(super) fn findings(log: &[Recorded]) -> Vec<Finding> {
    let mut once = Once::default();
    for commit in log {
        for meta in commit.metas() {
            once.count("command", format!("{} at {}", meta.command_id, commit.stream));
        }
        let command = commit.meta.command_id;
        if commit.stream.is::<order::Order>() && commit.events.iter().any(|event| event.name == "placed") {
            once.count("order of the command", command);
        }
        for event in commit.events_of::<Payment>().expect("the log can be read").unwrap_or_default().iter() {
            if let payment::Event::Requested(body) = event {
                once.count("payment of the order", body.head.order);
            }
            if let payment::Event::Captured(body) = event {
                once.count("capture of the payment", body.head.payment);
            }
        }
    }
    once.doubled()
}

/// What may happen once.
#[derive(Default)]
struct Once(BTreeMap<(&'static str, String), usize>);

impl Once {
    fn count(&mut self, what: &'static str, of: impl Display) {
        *self.0.entry((what, of.to_string())).or_default() += 1;
    }

    fn doubled(self) -> Vec<Finding> {
        let doubled = self.0.into_iter().filter(|(_, times)| *times > 1);
        doubled.map(|((what, of), times)| finding(Law::Doubled, format!("{times} × {what} {of}"))).collect()
    }
}

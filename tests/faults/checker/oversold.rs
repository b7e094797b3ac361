//! No piece is promised twice: counted here from what moved, not taken from the levels that the events tell, which must
//! agree with it.

use std::collections::BTreeMap;

use eventstore::Recorded;
use kernel::id::OrderId;
use product::Stock;
use product::stock::Event;
use product::stock::value::Condition;

use super::{Finding, Law, finding};

/// Pieces of one variant.
#[derive(Default)]
struct Count {
    on_hand: i64,
    reserved: BTreeMap<OrderId, i64>,
}

pub(super) fn findings(log: &[Recorded]) -> Vec<Finding> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut found = Vec::new();
    for commit in log {
        let Some(events) = commit.events_of::<Stock>().expect("the log can be read") else { continue };
        let count = counts.entry(commit.stream.id().to_owned()).or_default();
        for event in events.iter() {
            count.move_by(event);
            if let Some(wrong) = count.wrong(event) {
                found.push(finding(
                    Law::Oversold,
                    format!("position {}: {} {wrong}", commit.seq, commit.stream),
                ));
            }
        }
    }
    found
}

impl Count {
    fn move_by(&mut self, event: &Event) {
        match event {
            Event::Received(body) => self.on_hand += i64::from(body.quantity.get()),
            Event::Adjusted(body) => self.on_hand += body.delta,
            Event::Restocked(body) if body.condition == Condition::Resellable => {
                self.on_hand += i64::from(body.quantity.get());
            }
            Event::Opened(_) | Event::Restocked(_) => {}
            Event::Reserved(body) => self.keep(body.order, i64::from(body.quantity.get())),
            Event::Released(body) => self.keep(body.order, -i64::from(body.quantity.get())),
            Event::Committed(body) => {
                self.keep(body.order, -i64::from(body.quantity.get()));
                self.on_hand -= i64::from(body.quantity.get());
            }
        }
    }

    fn keep(&mut self, order: OrderId, pieces: i64) {
        *self.reserved.entry(order).or_default() += pieces;
    }

    fn wrong(&self, event: &Event) -> Option<String> {
        let reserved: i64 = self.reserved.values().sum();
        let levels = event.levels();
        if reserved > self.on_hand {
            return Some(format!("{reserved} pieces are promised of {}", self.on_hand));
        }
        if let Some((order, pieces)) = self.reserved.iter().find(|(_, pieces)| **pieces < 0) {
            return Some(format!("{pieces} pieces are kept for {order}"));
        }
        let told = (i64::from(levels.on_hand), i64::from(levels.reserved));
        (told != (self.on_hand, reserved))
            .then(|| format!("tells {told:?}, moved {:?}", (self.on_hand, reserved)))
    }
}

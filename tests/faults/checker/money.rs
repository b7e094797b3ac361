//! Money: each refund once and never beyond its capture, every entry balanced, and the log and the gateway's books say
//! the same, capture by capture.

use std::collections::BTreeMap;

use eventstore::Recorded;
use kernel::id::RefundId;
use payment::{Event, Payment};
use settlement::Statement;
use settlement::ledger::TrialBalance;

use super::{Booked, Books, Finding, Law, finding};

/// Money by the reference of its capture.
type ByCapture = BTreeMap<String, i64>;

/// What the log says of money.
#[derive(Default)]
struct Told {
    captured: ByCapture,
    refunded: ByCapture,
    refunds: BTreeMap<RefundId, usize>,
    /// What no payment may keep: late, or a second time.
    stray: Vec<String>,
}

impl Told {
    fn hear(&mut self, event: Event) {
        if let Event::Captured(body) = event {
            let reference = body.gateway_reference.map(|reference| reference.to_string());
            add(&mut self.captured, reference.unwrap_or_default(), body.amount.minor());
        } else if let Event::CapturedLate(body) | Event::DuplicateCaptured(body) = event {
            let reference = body.gateway_reference.to_string();
            add(&mut self.captured, reference.clone(), body.amount.minor());
            self.stray.push(reference);
        } else if let Event::Refunded(body) = event {
            add(&mut self.refunded, body.capture_reference.to_string(), body.amount.minor());
            *self.refunds.entry(body.refund).or_default() += 1;
        }
    }
}

pub(super) fn findings(log: &[Recorded], books: &Books) -> Vec<Finding> {
    let told = told(log);
    let (captured, refunded) = (sums(&books.captures), sums(&books.refunds));
    let mut found = Vec::new();
    for (refund, times) in told.refunds.iter().filter(|(_, times)| **times > 1) {
        found.push(finding(Law::RefundedTwice, format!("refund {refund}: {times} times")));
    }
    found.extend(beyond("the log", &told.refunded, &told.captured));
    found.extend(beyond("the gateway", &refunded, &captured));
    found.extend(differ("captured", &told.captured, &captured));
    found.extend(differ("refunded", &told.refunded, &refunded));
    for kept in told.stray.iter().filter(|stray| told.refunded.get(*stray) != told.captured.get(*stray)) {
        found.push(finding(Law::Doubled, format!("the stray capture {kept} has not gone back")));
    }
    found.extend(unbalanced(log));
    found
}

fn told(log: &[Recorded]) -> Told {
    let mut told = Told::default();
    for commit in log {
        for event in commit.events_of::<Payment>().expect("the log can be read").unwrap_or_default().iter() {
            told.hear(event.clone());
        }
    }
    told
}

fn sums(booked: &[Booked]) -> ByCapture {
    let mut sums = ByCapture::new();
    for Booked { capture, minor } in booked {
        add(&mut sums, capture.clone(), *minor);
    }
    sums
}

fn add(to: &mut ByCapture, capture: String, minor: i64) {
    *to.entry(capture).or_default() += minor;
}

fn beyond(whose: &str, refunded: &ByCapture, captured: &ByCapture) -> Vec<Finding> {
    let came = |capture: &String| captured.get(capture).copied().unwrap_or_default();
    let beyond = refunded.iter().filter(|(capture, back)| **back > came(capture));
    let word = |(capture, back): (&String, &i64)| {
        finding(Law::RefundedTwice, format!("{whose}: {capture} captured {}, refunded {back}", came(capture)))
    };
    beyond.map(word).collect()
}

fn differ(what: &str, log: &ByCapture, gateway: &ByCapture) -> Vec<Finding> {
    let captures = log.keys().chain(gateway.keys().filter(|capture| !log.contains_key(*capture)));
    let differ = captures.filter(|capture| log.get(*capture) != gateway.get(*capture));
    let word = |capture: &String| {
        let (log, gateway) = (log.get(capture), gateway.get(capture));
        finding(Law::Unbalanced, format!("{what} {capture}: the log {log:?}, the gateway {gateway:?}"))
    };
    differ.map(word).collect()
}

fn unbalanced(log: &[Recorded]) -> Vec<Finding> {
    let mut found = Vec::new();
    for commit in log {
        let events = commit.events_of::<Statement>().expect("the log can be read").unwrap_or_default();
        let entries = events.iter().filter_map(settlement::Event::entry);
        if !TrialBalance::of(entries).is_balanced() {
            found.push(finding(Law::Unbalanced, format!("the entry at {} of {}", commit.seq, commit.stream)));
        }
    }
    found
}

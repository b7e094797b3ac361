//! Stored events are forever: each event type of each aggregate has its golden file, and no file is without its event.

use std::collections::BTreeSet;

use kernel::{Decider, DomainEvent};

use crate::source::{all_clear, paths, rust};

/// One aggregate's stored names.
struct Stored {
    context: &'static str,
    aggregate: &'static str,
    wire: &'static [(&'static str, u16)],
}

fn of<D: Decider>() -> Stored {
    Stored { context: D::CONTEXT, aggregate: D::AGGREGATE, wire: D::Event::WIRE }
}

/// Every aggregate of every domain.
fn stored() -> Vec<Stored> {
    vec![
        of::<claim::Claim>(),
        of::<display::Exhibition>(),
        of::<display::DisplayTree>(),
        of::<member::Admins>(),
        of::<member::EmailClaim>(),
        of::<member::Member>(),
        of::<member::Merchant>(),
        of::<member::Operator>(),
        of::<member::PointAccount>(),
        of::<member::Session>(),
        of::<order::allowance::PurchaseAllowance>(),
        of::<order::campaign::Campaign>(),
        of::<order::campaign::CodeClaim>(),
        of::<order::cart::Purchase>(),
        of::<order::coupon::Coupon>(),
        of::<order::Order>(),
        of::<payment::Payment>(),
        of::<product::Category>(),
        of::<product::Product>(),
        of::<product::Stock>(),
        of::<settlement::Statement>(),
        of::<shipping::DeliveryPolicy>(),
        of::<shipping::Shipment>(),
    ]
}

/// The first two tokens of every stream: `<context>.<aggregate>`.
pub(crate) fn aggregates() -> Vec<String> {
    stored().iter().map(|stored| format!("{}.{}", stored.context, stored.aggregate)).collect()
}

/// The golden files that there must be.
fn expected() -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for Stored { context, aggregate, wire } in stored() {
        for (name, version) in wire {
            files.insert(format!("domains/{context}/tests/golden/{aggregate}.{name}.v{version}.json"));
        }
    }
    files
}

#[test]
fn every_event_has_its_golden_file() {
    let found: BTreeSet<String> = paths("domains", "json").into_iter().collect();
    let missing: Vec<String> = expected().difference(&found).cloned().collect();
    all_clear("add a sample to the crate's golden test and run it once with UPDATE_GOLDEN=1", &missing);
}

#[test]
fn every_golden_file_has_its_event() {
    // A file of an older version stays for as long as such events may stand in a log.
    let types: BTreeSet<String> = expected().iter().map(|file| without_version(file)).collect();
    let golden = paths("domains", "json").into_iter().filter(|path| path.contains("/tests/golden/"));
    let orphans: Vec<String> = golden.filter(|path| !types.contains(&without_version(path))).collect();
    all_clear(
        "an event was renamed or taken away, but logs still hold it: keep reading the old name",
        &orphans,
    );
}

#[test]
fn every_aggregate_can_be_verified() {
    let stream = |stored: &Stored| eventstore::StreamName::new(stored.context, stored.aggregate, "x");
    let stored = stored();
    let unknown = stored.iter().map(stream).filter(|stream| !jangteo::verify::knows(stream));
    let unknown: Vec<String> = unknown.map(|stream| stream.to_string()).collect();
    all_clear("name it in src/verify/fold.rs", &unknown);
}

#[test]
fn every_aggregate_is_in_the_list() {
    let in_domains = |path: &str| path.starts_with("domains/") && !path.starts_with("domains/kernel/");
    let tables = rust().into_iter().filter(|file| in_domains(&file.path) && !file.is_test());
    let tables = tables.filter(|file| file.text.contains("kernel::domain_event!")).count();
    assert_eq!(tables, stored().len(), "add the new aggregate to `stored` in tests/tidy/golden.rs");
}

fn without_version(path: &str) -> String {
    path.rsplit_once(".v").map_or(path, |(stem, _)| stem).to_owned()
}

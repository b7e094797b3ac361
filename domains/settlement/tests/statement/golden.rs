//! A JSON sample of every event, as it is in the log forever. `UPDATE_GOLDEN=1` writes new ones; old ones never change.

use std::path::PathBuf;

use kernel::{DomainEvent, Quantity};
use settlement::Event;
use settlement::accrual::ConfirmedLine;
use settlement::item::SettlementItem;

use crate::given::{
    accrue, adjust, carry_in, close, confirm, fail, given, line, price, record, request, request_of, retry,
    returned, terms,
};

/// A sale of one piece that the sample takes back whole.
fn one_piece() -> SettlementItem {
    let line = ConfirmedLine {
        quantity: Quantity::ONE,
        sale: price(10_000),
        discount_merchant: price(333),
        discount_platform: price(667),
        points: price(167),
        ..line("a")
    };
    settlement::accrual::accrue(line, &terms(), 41)
}

/// One event of each kind, from two statements' lives.
fn samples() -> Vec<Event> {
    let start = [accrue("a"), adjust(returned("a/back", one_piece())), carry_in(0, -700), close(), confirm()];
    let paid = given(start.clone().into_iter().chain([request(), fail(1), retry(2), record(2)])).events();
    let carried = given(start.into_iter().chain([request_of(1, 1_000_000)])).events();
    let all: Vec<Event> = paid.into_iter().chain(carried).collect();
    let first = |name: &str| all.iter().find(|event| event.name() == name).cloned();
    Event::WIRE.iter().map(|(name, _)| first(name).unwrap_or_else(|| panic!("no sample of {name}"))).collect()
}

fn path(name: &str, version: u16) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("statement.{name}.v{version}.json"))
}

#[test]
fn every_event_is_written_as_its_golden_sample() {
    for event in samples() {
        let encoded = event.encode().unwrap();
        let value: serde_json::Value = serde_json::from_str(encoded.data.get()).unwrap();
        let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
        let path = path(encoded.name, encoded.version);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn every_golden_sample_reads_back_as_its_event() {
    for (event, (name, version)) in samples().into_iter().zip(Event::WIRE) {
        let text = std::fs::read_to_string(path(name, *version)).unwrap();
        assert_eq!(Event::decode(name, *version, &text).unwrap(), event);
    }
}

#[test]
fn an_event_tolerates_fields_of_a_newer_release() {
    for event in samples() {
        let encoded = event.encode().unwrap();
        let more = encoded.data.get().replacen('{', "{\"added_later\":1,", 1);
        assert_eq!(Event::decode(encoded.name, encoded.version, &more).unwrap(), event);
    }
}

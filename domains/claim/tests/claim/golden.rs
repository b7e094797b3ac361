//! The JSON of every event, for ever: a fixed sample of each against a file. `UPDATE_GOLDEN=1` writes new files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use claim::value::{HoldReason, Party};
use claim::{Claim, Command, Event, State};
use kernel::{Decider, DomainEvent};

use crate::given::*;

/// One of each event, from three short lives.
fn samples() -> Vec<Event> {
    let mut waiting = vec![goods_back(), hold(HoldReason::NotSentBack), resume()];
    waiting.extend([accept(Party::Merchant), pickup(1), withdraw(Party::Shopper)]);
    let cancel = vec![cancel_of(request_free(), false), start_refund(1), fail_refund(1), start_refund(2)];
    let mut seen = BTreeSet::new();
    let fetched = return_until(3).into_iter().chain([dispatched(1)]).collect();
    let lives = [cancel, return_journey(), failed_journey(), waiting, fetched];
    lives.into_iter().flat_map(life).filter(|event| seen.insert(event.name())).map(as_written).collect()
}

/// The files hold a wait for a fee that the refund covers, and a shorter one than is given today.
fn as_written(mut event: Event) -> Event {
    let hold = HoldReason::ReturnFeeUnpaid;
    if let Event::Held(body) = &mut event {
        (body.hold, body.due) = (hold, at(1_000));
    }
    if let Event::Resumed(body) = &mut event {
        body.hold = hold;
    }
    event
}

fn request_free() -> claim::command::Request {
    claim::command::Request { groups: vec![free_group()], ..request() }
}

fn life(commands: Vec<Command>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for command in commands {
        let state: State = Claim::fold(&events);
        events.extend(Claim::decide(&state, command).expect("taken"));
    }
    events
}

fn file(name: &str, version: u16) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/claim.{name}.v{version}.json"))
}

#[test]
fn every_event_reads_and_writes_its_golden_json() {
    for event in samples() {
        let encoded = event.encode().expect("encoded");
        let written: serde_json::Value = serde_json::from_str(encoded.data.get()).expect("json");
        let path = file(encoded.name, encoded.version);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let pretty = serde_json::to_string_pretty(&written).expect("json");
            std::fs::write(&path, pretty + "\n").expect("written");
        }
        let golden = std::fs::read_to_string(&path).expect("a golden file");
        let stored: serde_json::Value = serde_json::from_str(&golden).expect("json");
        assert_eq!(written, stored, "{}", encoded.name);
        assert_eq!(Event::decode(encoded.name, encoded.version, &golden).expect("decoded"), event);
    }
}

#[test]
fn every_event_has_a_sample_and_a_file() {
    let samples: BTreeSet<&str> = samples().iter().map(DomainEvent::name).collect();
    for (name, version) in Event::WIRE {
        assert!(samples.contains(name), "no sample of {name}");
        assert!(file(name, *version).exists(), "no file of {name}");
    }
}

#[test]
fn an_event_tolerates_fields_of_a_newer_release() {
    let golden = std::fs::read_to_string(file("inspected", 1)).expect("a golden file");
    let mut json: serde_json::Value = serde_json::from_str(&golden).expect("json");
    json["news"] = 1.into();
    json["restock"][0]["news"] = 1.into();
    json["result"]["lines"][0]["news"] = 1.into();
    assert!(Event::decode("inspected", 1, &json.to_string()).is_ok());
}

#[test]
fn a_command_tolerates_no_unknown_field() {
    let mut json = serde_json::to_value(collect()).expect("json");
    json["collect"]["news"] = 1.into();
    assert!(serde_json::from_value::<Command>(json).is_err());
}

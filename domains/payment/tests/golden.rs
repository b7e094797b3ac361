//! Stored events are forever: each type's JSON is kept as a file. `UPDATE_GOLDEN=1` writes the files anew.

use std::path::PathBuf;

use kernel::{Decider, DomainEvent};
use payment::{Command, Event, Method, Payment, State};

use crate::sample::*;

/// A history in which every event type happens.
fn samples() -> Vec<Event> {
    let declined = (1..=10).flat_map(|n| [start(&format!("k-{n}")), decline(&format!("k-{n}"))]);
    let histories: Vec<Vec<Command>> = vec![
        with(captured(), [start_refund(1, 31_000), refunded(1), start_refund(2, 10), refund_failed(2)]),
        with(captured(), [captured_as("k-1", "g-2", 7)]),
        with(vec![request()], declined),
        vec![request(), void(), captured_as("k-1", "g-3", 8)],
        vec![request(), expire()],
        vec![request(), start("k-1"), authenticate("k-1")],
        vec![
            request_of(vec![tender(1, Method::VirtualAccount, 35_000)]),
            start_with_receipt("k-1"),
            captured_as("k-1", "g-1", 900),
            start_refund(1, 5_000),
            refunded(1),
        ],
    ];
    histories.into_iter().flat_map(events_of).collect()
}

fn events_of(history: Vec<Command>) -> Vec<Event> {
    let mut state = State::default();
    let mut all = Vec::new();
    for command in history {
        let events = Payment::decide(&state, command).unwrap();
        state = events.iter().fold(state, Payment::evolve);
        all.extend(events);
    }
    all
}

fn file(name: &str, version: u16) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    PathBuf::from(folder).join(format!("{}.{name}.v{version}.json", Payment::AGGREGATE))
}

#[test]
fn every_event_reads_and_writes_its_golden_file() {
    let samples = samples();
    for (name, version) in Event::WIRE {
        let sample = samples.iter().find(|event| event.name() == *name).expect("a sample of each");
        let written: serde_json::Value = serde_json::from_str(sample.encode().unwrap().data.get()).unwrap();
        let path = file(name, *version);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let pretty = serde_json::to_string_pretty(&written).unwrap() + "\n";
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, pretty).unwrap();
        }
        let kept = std::fs::read_to_string(&path).expect("a golden file of each");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&kept).unwrap(), written, "{name}");
        assert_eq!(Event::decode(name, *version, &kept).unwrap(), *sample, "{name}");
    }
}

#[test]
fn a_field_of_a_later_release_is_tolerated_in_events_and_refused_in_commands() {
    let kept = std::fs::read_to_string(file("expired", 1)).unwrap();
    let newer = kept.replacen('{', "{\"later\": 1,", 1);
    assert!(Event::decode("expired", 1, &newer).is_ok());
    let command = serde_json::to_string(&expire()).unwrap();
    assert_eq!(serde_json::from_str::<Command>(&command).unwrap(), expire());
    assert!(serde_json::from_str::<Command>(&command.replacen("{\"at\"", "{\"later\":1,\"at\"", 1)).is_err());
}

//! Stored names are forever: a JSON sample of each event, written once with `UPDATE_GOLDEN=1`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use kernel::{Decider, DomainEvent, Rate, Sealed};
use order::command::{Command, Place};
use order::value::{ClaimKind, ConfirmedBy};
use order::{Event, Order, State};

use crate::market::{
    and, cancel, close, complete, confirm_all, delivered, expire, hold, open, paid, place, placed, prepare,
    refund, release, ship,
};

fn file(name: &str, version: u16) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("order.{name}.v{version}.json"))
}

fn history(commands: Vec<Command>) -> Vec<Event> {
    let fold = |(state, mut events): (State, Vec<Event>), command| {
        let new = Order::decide(&state, command).unwrap();
        let state = new.iter().fold(state, Order::evolve);
        events.extend(new);
        (state, events)
    };
    commands.into_iter().fold((State::default(), vec![]), fold).1
}

/// One sample of each event, by wire name; the last of each name in these histories.
fn samples() -> BTreeMap<&'static str, Event> {
    let claims = [
        open(1, ClaimKind::Exchange, &[(3, 1)]),
        close(1),
        open(2, ClaimKind::Return, &[(1, 1)]),
        refund(2, 300, 2_500),
        hold(Some(500)),
        release(),
        confirm_all(ConfirmedBy::Shopper, 90),
        complete(2),
    ];
    let moved = [prepare(1, &[(1, 3)]), ship(1, &[(1, 2)]), crate::market::deliver(1, &[(1, 2)])];
    let noted = Place { memo: Some(Sealed("bWVtbw==".into())), ..place() };
    let gift = |end| and(crate::gift::waiting(), [end]);
    let histories = [
        gift(crate::gift::accept("home", 5)),
        gift(crate::gift::decline(5)),
        and(placed(), [expire(30)]),
        and(placed(), [cancel()]),
        and(delivered(), claims),
        and(paid(), [ship(1, &[(1, 2)]), crate::market::lose(1, &[(1, 2)])]),
        and(paid(), moved),
        vec![Command::Place(noted)],
    ];
    histories.into_iter().flat_map(history).map(|event| (event.name(), event)).collect()
}

#[test]
fn every_event_reads_and_writes_as_its_golden_sample() {
    for (name, event) in samples() {
        let encoded = event.encode().unwrap();
        let written: serde_json::Value = serde_json::from_str(encoded.data.get()).unwrap();
        let path = file(name, encoded.version);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&written).unwrap() + "\n").unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&golden).unwrap(), written, "{name}");
        assert_eq!(Event::decode(name, encoded.version, &golden).unwrap(), event, "{name}");
    }
}

/// What was added to a placement since; `placed` above is as it was stored before, and still read.
#[test]
fn a_placement_with_tax_and_surcharge_reads_and_writes_as_its_golden_sample() {
    let vat_rate = Some(Rate::new("0.1".parse().unwrap()).unwrap());
    let mut place = Place { vat_rate, ..place() };
    place.lines[0].taxable = true;
    place.groups[0].surcharge = place.groups[0].fee;
    reads_and_writes_as(&history(vec![Command::Place(place)])[0], "taxed.json");
}

/// What a gift adds to its placement and its payment.
#[test]
fn a_gift_reads_and_writes_as_its_golden_samples() {
    let events = history(crate::gift::waiting());
    assert_eq!(events.len(), 2);
    for event in &events {
        reads_and_writes_as(event, "gift.json");
    }
}

fn reads_and_writes_as(event: &Event, extension: &str) {
    let path = file(event.name(), 1).with_extension(extension);
    let encoded = event.encode().unwrap();
    let written: serde_json::Value = serde_json::from_str(encoded.data.get()).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&written).unwrap() + "\n").unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&golden).unwrap(), written);
    assert_eq!(&Event::decode(event.name(), 1, &golden).unwrap(), event);
}

#[test]
fn every_wire_name_has_a_sample() {
    let samples = samples();
    for (name, version) in Event::WIRE {
        assert!(samples.contains_key(name), "no sample of {name}");
        assert!(file(name, *version).exists(), "no golden file of {name}");
    }
    assert_eq!(samples.len(), Event::WIRE.len());
}

#[test]
fn an_event_with_more_fields_than_known_is_still_read() {
    let text = fs::read_to_string(file("lines_confirmed", 1)).unwrap();
    let with_more = text.replacen('{', "{\"from_the_future\": 1,", 1);
    assert!(Event::decode("lines_confirmed", 1, &with_more).is_ok());
}

#[test]
fn a_command_with_more_fields_than_known_is_not_read() {
    let mut command = serde_json::to_value(place()).unwrap();
    assert!(serde_json::from_value::<Place>(command.clone()).is_ok());
    command["surprise"] = true.into();
    assert!(serde_json::from_value::<Place>(command).is_err());
}

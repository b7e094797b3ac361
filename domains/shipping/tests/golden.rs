//! Stored events are forever: each type's JSON is kept as a file. `UPDATE_GOLDEN=1` writes the files anew.

use std::fmt::Debug;
use std::path::PathBuf;

use kernel::{Decider, DomainEvent};
use serde_json::Value;
use shipping::delivery_policy::event::PolicySet;
use shipping::delivery_policy::{Event as PolicyEvent, FeeRule};
use shipping::shipment::{Command, Event, ScanStatus};
use shipping::{DeliveryPolicy, Shipment};

use crate::sample::*;

fn events_of<D: Decider>(history: Vec<D::Command>) -> Vec<D::Event> {
    let mut state = D::State::default();
    let mut all = Vec::new();
    for command in history {
        let events = D::decide(&state, command).unwrap();
        state = events.iter().fold(state, D::evolve);
        all.extend(events);
    }
    all
}

fn file(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    PathBuf::from(folder).join(format!("{name}.json"))
}

fn check<D: Decider>(samples: &[D::Event])
where
    D::Event: PartialEq + Debug,
{
    for (name, version) in D::Event::WIRE {
        let sample = samples.iter().find(|event| event.name() == *name).expect("a sample of each");
        check_file(sample, *version, &format!("{}.{name}.v{version}", D::AGGREGATE));
    }
}

fn check_file<E: DomainEvent + PartialEq>(sample: &E, version: u16, file_name: &str) {
    let written: Value = serde_json::from_str(sample.encode().unwrap().data.get()).unwrap();
    let path = file(file_name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, serde_json::to_string_pretty(&written).unwrap() + "\n").unwrap();
    }
    let kept = std::fs::read_to_string(&path).expect("a golden file of each");
    assert_eq!(serde_json::from_str::<Value>(&kept).unwrap(), written, "{file_name}");
    assert_eq!(E::decode(sample.name(), version, &kept).unwrap(), *sample, "{file_name}");
}

#[test]
fn every_shipment_event_reads_and_writes_its_golden_file() {
    let places =
        [ScanStatus::Lost, ScanStatus::ReturnedToSender, ScanStatus::Delivered].into_iter().zip(1_i64..);
    let scans = places.map(|(status, number)| scan(&format!("s-{number}"), status, 10 * number));
    let travelled = with(vec![request(), explain("soon"), dispatch("1234")], scans);
    let mut samples = events_of::<Shipment>(travelled);
    samples.extend(events_of::<Shipment>(vec![request(), cancel()]));
    check::<Shipment>(&samples);
}

#[test]
fn every_policy_event_reads_and_writes_its_golden_file() {
    let events = events_of::<DeliveryPolicy>(vec![set(free_over(50_000))]);
    let [PolicyEvent::Set(in_a_mall)] = events.as_slice() else { panic!("{events:?}") };
    // As it was stored before policies had a mall, and as it is since.
    check::<DeliveryPolicy>(&[PolicyEvent::Set(PolicySet { mall: None, ..in_a_mall.clone() })]);
    check_file(&PolicyEvent::Set(in_a_mall.clone()), 1, "policy.set.v1.in_a_mall");
    let surcharged = PolicySet { remote_surcharges: remote(3_000, 5_000), ..in_a_mall.clone() };
    check_file(&PolicyEvent::Set(surcharged), 1, "policy.set.v1.with_surcharges");
}

#[test]
fn every_fee_rule_and_purpose_keeps_its_spelling() {
    let spelled = |rule: FeeRule| serde_json::to_string(&rule).unwrap();
    assert_eq!(spelled(FeeRule::Free), r#"{"kind":"free"}"#);
    assert_eq!(spelled(FeeRule::Fixed { fee: price(1) }), r#"{"kind":"fixed","fee_minor":1}"#);
    assert_eq!(spelled(FeeRule::Quoted), r#"{"kind":"quoted"}"#);
    let purpose = serde_json::to_value(return_pickup()).unwrap();
    assert_eq!(purpose["kind"], "return_pickup");
}

#[test]
fn a_field_of_a_later_release_is_tolerated_in_events_and_refused_in_commands() {
    let kept = std::fs::read_to_string(file("shipment.cancelled.v1")).unwrap();
    assert!(Event::decode("cancelled", 1, &kept.replacen('{', "{\"later\": 1,", 1)).is_ok());
    let command = serde_json::to_string(&accept()).unwrap();
    assert_eq!(serde_json::from_str::<Command>(&command).unwrap(), accept());
    assert!(serde_json::from_str::<Command>(&command.replacen("{\"at\"", "{\"later\":1,\"at\"", 1)).is_err());
}

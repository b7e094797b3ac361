//! What stands in the log for ever about commands that are held back and commits that could not be given. The samples of
//! older versions are still read.

use std::path::Path;

use eventstore::Seq;
use kernel::{DomainEvent, Timestamp};
use sagas::accrual::Accrual;
use sagas::process::{Compensated, Event, Parked, Postponed, Resolved, Resumed};
use sagas::unheard::{self, Heard, Noted};
use serde_json::Value;

fn value<E: DomainEvent>(event: &E) -> Value {
    serde_json::from_str(event.encode().unwrap().data.get()).unwrap()
}

fn sample(aggregate: &str, name: &str, version: u16) -> std::path::PathBuf {
    let file = format!("tests/golden/{aggregate}.{name}.v{version}.json");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn stored(aggregate: &str, name: &str, version: u16) -> Value {
    let path = sample(aggregate, name, version);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
    serde_json::from_str(&text).unwrap()
}

#[track_caller]
fn golden<E: DomainEvent>(aggregate: &str, event: &E) {
    let (_, version) = *E::WIRE.iter().find(|(name, _)| *name == event.name()).unwrap();
    let written = value(event);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&written).unwrap();
        std::fs::write(sample(aggregate, event.name(), version), text + "\n").unwrap();
    }
    let stored = stored(aggregate, event.name(), version);
    assert_eq!(written, stored);
    assert_eq!(value(&E::decode(event.name(), version, &stored.to_string()).unwrap()), stored);
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn command() -> String {
    "17/0".to_owned()
}

fn postponed() -> Postponed {
    Postponed {
        command: command(),
        waits_for: Some("accrue".to_owned()),
        error: "the database failed".to_owned(),
        code: Some("outside_unavailable".to_owned()),
        times: 2,
        at: at(0),
        again_at: at(4),
    }
}

fn parked() -> Parked {
    Parked {
        command: command(),
        waits_for: Some("accrue".to_owned()),
        error: "the statement is closed".to_owned(),
        code: Some("statement_closed".to_owned()),
        times: 2,
    }
}

#[test]
fn what_is_said_of_held_back_commands_is_written_as_ever() {
    let (command, reason) = (command(), "paid by hand".to_owned());
    let events: [Event<Accrual>; 5] = [
        Event::Postponed(postponed()),
        Event::Parked(parked()),
        Event::Resumed(Resumed { command: command.clone(), reason: reason.clone() }),
        Event::Resolved(Resolved { command: command.clone(), reason: reason.clone() }),
        Event::Compensated(Compensated { command, code: "statement_closed".to_owned(), reason }),
    ];
    for event in &events {
        golden("process", event);
    }
}

#[test]
fn what_was_said_before_is_still_read() {
    let read =
        |name: &str| Event::<Accrual>::decode(name, 1, &stored("process", name, 1).to_string()).unwrap();
    let Event::Postponed(read_postponed) = read("postponed") else { panic!("another event") };
    assert_eq!(read_postponed, Postponed { waits_for: None, code: None, ..postponed() });
    let Event::Parked(read_parked) = read("parked") else { panic!("another event") };
    assert_eq!(read_parked, Parked { waits_for: None, times: 0, ..parked() });
}

#[test]
fn what_is_said_of_commits_that_could_not_be_given_is_written_as_ever() {
    let (saga, position) = ("accrual".to_owned(), Seq(17));
    let key = Some("00000000-0000-0000-0000-000000000001".to_owned());
    let error = "position 17 (order.order.1): unknown event order.thrown v1".to_owned();
    golden("unheard", &unheard::Event::Unheard(Noted { saga: saga.clone(), position, key, error }));
    let reason = "the new release".to_owned();
    golden("unheard", &unheard::Event::Heard(Heard { saga, position, reason }));
}

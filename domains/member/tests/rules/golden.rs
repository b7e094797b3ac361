//! The stored shapes are forever: a golden JSON file of each event, written and read back. `UPDATE_GOLDEN=1` writes them.

mod member;
mod merchant;
mod points;
mod rest;

use std::fs;
use std::path::{Path, PathBuf};

use kernel::{Decider, DomainEvent};

/// Checks one fixed sample of every event of an aggregate against its file.
pub(crate) fn check<D: Decider>(samples: &[D::Event])
where
    D::Event: PartialEq,
{
    let names: Vec<_> = samples.iter().map(DomainEvent::name).collect();
    let wire: Vec<_> = D::Event::WIRE.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, wire, "one sample of every event, in the order of the enum");
    for sample in samples {
        check_one::<D>(sample);
    }
}

fn check_one<D: Decider>(sample: &D::Event)
where
    D::Event: PartialEq,
{
    let encoded = sample.encode().unwrap();
    let file = file(D::AGGREGATE, encoded.name, encoded.version);
    let value: serde_json::Value = serde_json::from_str(encoded.data.get()).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, format!("{value:#}\n")).unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(value, serde_json::from_str::<serde_json::Value>(&golden).unwrap(), "{}", file.display());
    assert_eq!(&D::Event::decode(encoded.name, encoded.version, &golden).unwrap(), sample);
    assert_eq!(&D::Event::decode(encoded.name, encoded.version, &with_more(value)).unwrap(), sample);
}

/// The same body with a field of a later release, which must be tolerated.
fn with_more(mut value: serde_json::Value) -> String {
    value.as_object_mut().unwrap().insert("of_a_later_release".to_owned(), true.into());
    value.to_string()
}

fn file(aggregate: &str, name: &str, version: u16) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("{aggregate}.{name}.v{version}.json"))
}

//! Events as the log holds them, forever: one JSON file per wire name in `tests/golden` of the crate that asks.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; a changed file is a changed history, so look twice.

use std::fmt::Debug;
use std::path::PathBuf;

use kernel::{Decider, DomainEvent};

/// Each event of the aggregate once, in the order of its wire names, equals its file both ways.
#[track_caller]
pub(crate) fn check<D: Decider>(samples: &[D::Event])
where
    D::Event: PartialEq + Debug,
{
    let names: Vec<(&str, u16)> =
        samples.iter().map(|event| event.encode().unwrap()).map(|it| (it.name, it.version)).collect();
    assert_eq!(names, D::Event::WIRE, "one sample for every wire name");
    for event in samples {
        check_file(D::AGGREGATE, event);
    }
}

#[track_caller]
fn check_file<E: DomainEvent + PartialEq + Debug>(aggregate: &str, event: &E) {
    let encoded = event.encode().unwrap();
    let (name, version) = (encoded.name, encoded.version);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/golden/{aggregate}.{name}.v{version}.json"));
    let value: serde_json::Value = serde_json::from_str(encoded.data.get()).unwrap();
    let text = format!("{}\n", serde_json::to_string_pretty(&value).unwrap());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("missing {}", path.display()));
    assert_eq!(text, golden, "{name}");
    assert_eq!(&E::decode(name, version, &golden).unwrap(), event);
}

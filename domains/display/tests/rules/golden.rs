//! Events as the log holds them, forever: one JSON file per wire name in `tests/golden`.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; a changed file is a changed history, so look twice.

use std::fmt::Debug;
use std::path::PathBuf;

use display::tree::Event;
use display::tree::event::{
    CategoryHidden, CategoryMoved, CategoryRemoved, CategoryRenamed, CategoryShown, SourcesSet,
};
use display::{DisplayTree, Exhibition};
use kernel::{Decider, DomainEvent};

use crate::exhibition::{drafted, ended, published, revised};
use crate::samples::{at, category, mall, sources, text};
use crate::tree::added;

/// Each event of the aggregate once, in the order of its wire names, equals its file both ways.
#[track_caller]
fn check<D: Decider>(samples: &[D::Event])
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

#[test]
fn tree_events_are_written_as_ever() {
    let (mall, sources, name) = (mall(), sources(&["shoes", "tops"]), text("신상품"));
    let (category, parent) = (category(2), Some(category(1)));
    let moved = CategoryMoved { mall: mall.clone(), category, parent, position: 3, at: at(2) };
    check::<DisplayTree>(&[
        added(1, Some(2), 7),
        Event::CategoryRenamed(CategoryRenamed { mall: mall.clone(), category, name, at: at(1) }),
        Event::CategoryMoved(moved),
        Event::SourcesSet(SourcesSet { mall: mall.clone(), category, sources, at: at(3) }),
        Event::CategoryHidden(CategoryHidden { mall: mall.clone(), category, at: at(4) }),
        Event::CategoryShown(CategoryShown { mall: mall.clone(), category, at: at(5) }),
        Event::CategoryRemoved(CategoryRemoved { mall, category, at: at(6) }),
    ]);
}

#[test]
fn exhibition_events_are_written_as_ever() {
    check::<Exhibition>(&[drafted(), published(), revised(), ended()]);
}

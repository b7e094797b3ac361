//! Events as the log holds them, forever: one JSON file per wire name in `tests/golden`.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; a changed file is a changed history, so look twice.

#[path = "../../../../tests/support/golden.rs"]
mod golden_file;

use display::tree::Event;
use display::tree::event::{
    CategoryHidden, CategoryMoved, CategoryRemoved, CategoryRenamed, CategoryShown, SourcesSet,
};
use display::{DisplayTree, Exhibition};

use self::golden_file::check;
use crate::exhibition::{drafted, ended, published, revised};
use crate::samples::{at, category, mall, sources, text};
use crate::tree::added;

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

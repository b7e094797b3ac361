//! What a category of the standard classification takes and refuses.

use product::category::command::{Define, Move, Rename, Retire};
use product::category::event::{Defined, Moved, Renamed, Retired};
use product::category::{Command, Event, Rejection};
use product::{Category, CategoryCode};

use crate::given::given;
use crate::samples::{at, code, text};

pub(crate) fn define(name: &str, parent: Option<&str>) -> Command {
    Command::Define(Define { code: code("tops"), name: text(name), parent: parent.map(code), at: at(0) })
}

pub(crate) fn rename(name: &str) -> Command {
    Command::Rename(Rename { name: text(name), at: at(1) })
}

pub(crate) fn move_under(parent: Option<&str>) -> Command {
    Command::Move(Move { parent: parent.map(code), at: at(2) })
}

pub(crate) fn retire() -> Command {
    Command::Retire(Retire { at: at(3) })
}

fn defined() -> Event {
    let parent = Some(code("clothes"));
    Event::Defined(Defined { code: code("tops"), name: text("Tops"), parent, at: at(0) })
}

fn retired() -> Event {
    Event::Retired(Retired { code: code("tops"), at: at(3) })
}

#[test]
fn a_category_is_defined_once() {
    given::<Category>(&[]).when(define("Tops", Some("clothes"))).then(Ok(vec![defined()]));
    given::<Category>(&[defined()]).when(define("Tops", Some("clothes"))).then(Ok(vec![]));
    given::<Category>(&[defined()]).when(define("Other", None)).then(Err(Rejection::AlreadyDefined));
}

#[test]
fn a_category_is_never_its_own_parent() {
    given::<Category>(&[]).when(define("Tops", Some("tops"))).then(Err(Rejection::OwnParent));
    given::<Category>(&[defined()]).when(move_under(Some("tops"))).then(Err(Rejection::OwnParent));
}

#[test]
fn a_category_is_renamed_and_moved() {
    let renamed = Renamed { code: code("tops"), name: text("Shirts"), at: at(1) };
    given::<Category>(&[defined()]).when(rename("Shirts")).then(Ok(vec![Event::Renamed(renamed)]));
    let moved = Moved { code: code("tops"), parent: None, at: at(2) };
    given::<Category>(&[defined()]).when(move_under(None)).then(Ok(vec![Event::Moved(moved)]));
    given::<Category>(&[defined()]).when(rename("Tops")).then(Ok(vec![]));
    given::<Category>(&[defined()]).when(move_under(Some("clothes"))).then(Ok(vec![]));
}

#[test]
fn an_unknown_category_cannot_be_changed() {
    for command in [rename("Tops"), move_under(None), retire()] {
        given::<Category>(&[]).when(command).then(Err(Rejection::NotFound));
    }
}

#[test]
fn a_retired_category_stays_as_it_is() {
    given::<Category>(&[defined()]).when(retire()).then(Ok(vec![retired()]));
    given::<Category>(&[defined(), retired()]).when(retire()).then(Ok(vec![]));
    for command in [define("Tops", Some("clothes")), rename("Shirts"), move_under(None)] {
        given::<Category>(&[defined(), retired()]).when(command).then(Err(Rejection::Retired));
    }
}

#[test]
fn a_code_is_of_few_letters() {
    assert!(CategoryCode::new("tops_2").is_ok());
    for code in ["", "Tops", "to-ps", "상의", "a.b", &"a".repeat(65)] {
        assert!(CategoryCode::new(code).is_err(), "{code}");
    }
}

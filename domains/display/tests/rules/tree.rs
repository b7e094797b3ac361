//! What a mall's tree takes and refuses, and how it is walked.

use display::DisplayTree;
use display::tree::command::{
    AddCategory, HideCategory, MoveCategory, RemoveCategory, RenameCategory, SetSources, ShowCategory,
};
use display::tree::event::{
    CategoryAdded, CategoryHidden, CategoryMoved, CategoryRemoved, CategoryRenamed, CategoryShown, SourcesSet,
};
use display::tree::policy::{MAX_CATEGORIES, MAX_DEPTH};
use display::tree::{Command, Event, Rejection, State};
use kernel::{Decider, MallId};

use crate::given::given;
use crate::samples::{at, category, mall, sources, text};

pub(crate) fn add(number: u128, parent: Option<u128>, position: u32) -> Command {
    Command::AddCategory(AddCategory {
        mall: mall(),
        category: category(number),
        parent: parent.map(category),
        name: text("Category"),
        position,
        sources: sources(&[&format!("code_{number}")]),
        at: at(0),
    })
}

pub(crate) fn rename(number: u128, name: &str) -> Command {
    Command::RenameCategory(RenameCategory { category: category(number), name: text(name), at: at(1) })
}

pub(crate) fn move_below(number: u128, parent: Option<u128>, position: u32) -> Command {
    let (category, parent) = (category(number), parent.map(category));
    Command::MoveCategory(MoveCategory { category, parent, position, at: at(2) })
}

pub(crate) fn set_sources(number: u128, codes: &[&str]) -> Command {
    Command::SetSources(SetSources { category: category(number), sources: sources(codes), at: at(3) })
}

pub(crate) fn hide(number: u128) -> Command {
    Command::HideCategory(HideCategory { category: category(number), at: at(4) })
}

pub(crate) fn show(number: u128) -> Command {
    Command::ShowCategory(ShowCategory { category: category(number), at: at(5) })
}

pub(crate) fn remove(number: u128) -> Command {
    Command::RemoveCategory(RemoveCategory { category: category(number), at: at(6) })
}

pub(crate) fn added(number: u128, parent: Option<u128>, position: u32) -> Event {
    Event::CategoryAdded(CategoryAdded {
        mall: mall(),
        category: category(number),
        parent: parent.map(category),
        name: text("Category"),
        position,
        sources: sources(&[&format!("code_{number}")]),
        at: at(0),
    })
}

/// 1 has 3 and 2 (in this order) below it, 2 has 4 below it; 5 stands apart.
fn planted() -> Vec<Event> {
    vec![
        added(1, None, 0),
        added(2, Some(1), 20),
        added(3, Some(1), 10),
        added(4, Some(2), 0),
        added(5, None, 1),
    ]
}

fn hidden(number: u128) -> Event {
    Event::CategoryHidden(CategoryHidden { mall: mall(), category: category(number), at: at(4) })
}

fn state() -> State {
    DisplayTree::fold(&planted())
}

#[test]
fn the_first_category_plants_the_tree() {
    given::<DisplayTree>(&[]).when(add(1, None, 0)).then(Ok(vec![added(1, None, 0)]));
    given::<DisplayTree>(&planted()).when(add(1, None, 0)).then(Ok(vec![]));
    assert_eq!((state().mall(), state().len()), (Some(&mall()), 5));
}

#[test]
fn an_id_is_added_once() {
    let rejection = Rejection::AlreadyAdded(category(1));
    given::<DisplayTree>(&planted()).when(add(1, None, 7)).then(Err(rejection));
}

#[test]
fn a_tree_belongs_to_one_mall() {
    let Command::AddCategory(command) = add(6, None, 0) else { unreachable!() };
    let other = AddCategory { mall: MallId::new("other").unwrap(), ..command };
    given::<DisplayTree>(&planted())
        .when(Command::AddCategory(other))
        .then(Err(Rejection::OtherMall(mall())));
}

#[test]
fn an_unknown_category_cannot_be_changed() {
    let commands =
        [rename(9, "Name"), move_below(9, None, 0), set_sources(9, &[]), hide(9), show(9), remove(9)];
    for command in commands {
        given::<DisplayTree>(&[]).when(command.clone()).then(Err(Rejection::NotFound(category(9))));
        given::<DisplayTree>(&planted()).when(command).then(Err(Rejection::NotFound(category(9))));
    }
}

#[test]
fn a_parent_must_exist() {
    let rejection = Rejection::ParentNotFound(category(9));
    given::<DisplayTree>(&planted()).when(add(6, Some(9), 0)).then(Err(rejection.clone()));
    given::<DisplayTree>(&planted()).when(move_below(4, Some(9), 0)).then(Err(rejection));
}

#[test]
fn a_category_cannot_be_moved_below_itself() {
    for parent in [1, 2, 4] {
        given::<DisplayTree>(&planted()).when(move_below(1, Some(parent), 0)).then(Err(Rejection::Cycle));
    }
}

#[test]
fn a_branch_moves_as_a_whole() {
    let (category_2, parent) = (category(2), Some(category(5)));
    let moved = CategoryMoved { mall: mall(), category: category_2, parent, position: 0, at: at(2) };
    let moved = Event::CategoryMoved(moved);
    given::<DisplayTree>(&planted()).when(move_below(2, Some(5), 0)).then(Ok(vec![moved.clone()]));
    let state = DisplayTree::fold(&[planted(), vec![moved]].concat());
    assert_eq!(state.descendants_of(category(5)), [category(2), category(4)]);
    assert_eq!(state.descendants_of(category(1)), [category(3)]);
    given::<DisplayTree>(&planted()).when(move_below(2, Some(1), 20)).then(Ok(vec![]));
}

#[test]
fn a_tree_is_at_most_six_deep() {
    let chain: Vec<Event> =
        (1..=6).map(|number| added(number, (number > 1).then(|| number - 1), 0)).collect();
    let rejection = Rejection::TooDeep { max: MAX_DEPTH, found: 7 };
    given::<DisplayTree>(&chain).when(add(7, Some(6), 0)).then(Err(rejection.clone()));
    let beside = [chain, vec![added(8, None, 0), added(9, Some(8), 0)]].concat();
    given::<DisplayTree>(&beside).when(move_below(8, Some(5), 0)).then(Err(rejection));
    assert_eq!(DisplayTree::fold(&beside).depth_of(category(6)), 6);
    assert!(DisplayTree::decide(&DisplayTree::fold(&beside), move_below(8, Some(4), 0)).is_ok());
}

#[test]
fn a_tree_has_at_most_five_thousand_categories() {
    let full: Vec<Event> = (0..5_000).map(|number| added(number, None, 0)).collect();
    let rejection = Rejection::TooManyCategories { max: MAX_CATEGORIES };
    given::<DisplayTree>(&full).when(add(5_000, None, 0)).then(Err(rejection));
    assert!(DisplayTree::decide(&DisplayTree::fold(full.iter().skip(1)), add(5_000, None, 0)).is_ok());
}

#[test]
fn a_category_shows_at_most_a_hundred_standard_ones() {
    let codes: Vec<String> = (0..101).map(|number| format!("code_{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    given::<DisplayTree>(&planted())
        .when(set_sources(1, &codes))
        .then(Err(Rejection::TooManySources { max: 100, found: 101 }));
}

#[test]
fn sources_are_set_as_a_whole() {
    let set = SourcesSet { mall: mall(), category: category(1), sources: sources(&["tops"]), at: at(3) };
    given::<DisplayTree>(&planted()).when(set_sources(1, &["tops"])).then(Ok(vec![Event::SourcesSet(set)]));
    given::<DisplayTree>(&planted()).when(set_sources(1, &["code_1"])).then(Ok(vec![]));
}

#[test]
fn a_category_shows_the_sources_of_those_below_it() {
    let state = state();
    let shown = |number| state.sources_of(category(number)).into_iter().cloned().collect();
    assert_eq!(sources(&["code_1", "code_2", "code_3", "code_4"]), shown(1));
    assert_eq!(sources(&["code_2", "code_4"]), shown(2));
}

#[test]
fn categories_are_walked_in_display_order() {
    assert_eq!(state().children_of(None), [category(1), category(5)]);
    assert_eq!(state().children_of(Some(category(1))), [category(3), category(2)]);
    assert_eq!(state().descendants_of(category(1)), [category(3), category(2), category(4)]);
}

#[test]
fn a_category_below_a_hidden_one_is_not_visible() {
    given::<DisplayTree>(&planted()).when(hide(1)).then(Ok(vec![hidden(1)]));
    let history = [planted(), vec![hidden(1)]].concat();
    given::<DisplayTree>(&history).when(hide(1)).then(Ok(vec![]));
    let state = DisplayTree::fold(&history);
    let visible = [1, 4, 5, 9].map(|number| state.is_visible(category(number)));
    assert_eq!(visible, [false, false, true, false]);
}

#[test]
fn a_hidden_category_is_shown_again() {
    let history = [planted(), vec![hidden(1)]].concat();
    let shown = CategoryShown { mall: mall(), category: category(1), at: at(5) };
    given::<DisplayTree>(&history).when(show(1)).then(Ok(vec![Event::CategoryShown(shown)]));
    given::<DisplayTree>(&planted()).when(show(1)).then(Ok(vec![]));
}

#[test]
fn a_category_is_renamed() {
    let renamed = CategoryRenamed { mall: mall(), category: category(1), name: text("New"), at: at(1) };
    given::<DisplayTree>(&planted()).when(rename(1, "New")).then(Ok(vec![Event::CategoryRenamed(renamed)]));
    given::<DisplayTree>(&planted()).when(rename(1, "Category")).then(Ok(vec![]));
}

#[test]
fn only_a_category_without_others_below_is_removed() {
    given::<DisplayTree>(&planted()).when(remove(2)).then(Err(Rejection::HasChildren));
    let removed = CategoryRemoved { mall: mall(), category: category(4), at: at(6) };
    given::<DisplayTree>(&planted()).when(remove(4)).then(Ok(vec![Event::CategoryRemoved(removed)]));
}

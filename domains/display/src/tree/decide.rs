//! What each command changes: one match, then one small function per command.
//!
//! Invariants: every parent exists, no category is below itself, no path is longer than the depth limit.

use std::collections::BTreeSet;

use kernel::id::DisplayCategoryId;
use kernel::{Decider, MallId};

use super::command::{
    AddCategory, Command, HideCategory, MoveCategory, RemoveCategory, RenameCategory, SetSources,
    ShowCategory,
};
use super::event::{
    CategoryAdded, CategoryHidden, CategoryMoved, CategoryRemoved, CategoryRenamed, CategoryShown, Event,
    SourcesSet,
};
use super::fold;
use super::policy::{MAX_CATEGORIES, MAX_DEPTH, MAX_SOURCES};
use super::rejection::Rejection;
use super::state::State;
use super::value::{DisplayCategory, SourceCode};

/// The rules of a mall's tree.
#[derive(Debug, Clone, Copy)]
pub struct DisplayTree;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for DisplayTree {
    const CONTEXT: &'static str = "display";
    const AGGREGATE: &'static str = "tree";
    type Id = MallId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::AddCategory(command) => add(state, command),
            Command::RenameCategory(command) => rename(state, command),
            Command::MoveCategory(command) => move_below(state, &command),
            Command::SetSources(command) => set_sources(state, command),
            Command::HideCategory(command) => hide(state, &command),
            Command::ShowCategory(command) => show(state, &command),
            Command::RemoveCategory(command) => remove(state, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        fold::evolve(state, event)
    }
}

fn add(state: &State, command: AddCategory) -> Decision {
    let AddCategory { mall, category, parent, name, position, sources, at } = command;
    let added = CategoryAdded { mall, category, parent, name, position, sources, at };
    check_mall(state, &added.mall)?;
    match state.category(category) {
        Some(now) if already_added(now, &added) => Ok(vec![]),
        Some(_) => Err(Rejection::AlreadyAdded(category)),
        None => {
            check_room(state)?;
            check_sources(&added.sources)?;
            check_depth(state, parent, 1)?;
            Ok(vec![Event::CategoryAdded(added)])
        }
    }
}

fn already_added(now: &DisplayCategory, added: &CategoryAdded) -> bool {
    now.parent == added.parent
        && now.name == added.name
        && now.position == added.position
        && now.sources == added.sources
}

fn rename(state: &State, RenameCategory { category, name, at }: RenameCategory) -> Decision {
    let (mall, now) = known(state, category)?;
    if now.name == name {
        return Ok(vec![]);
    }
    Ok(vec![Event::CategoryRenamed(CategoryRenamed { mall, category, name, at })])
}

fn move_below(state: &State, command: &MoveCategory) -> Decision {
    let MoveCategory { category, parent, position, at } = *command;
    let (mall, now) = known(state, category)?;
    if now.parent == parent && now.position == position {
        return Ok(vec![]);
    }
    if parent.is_some_and(|parent| state.is_within(parent, category)) {
        return Err(Rejection::Cycle);
    }
    check_depth(state, parent, state.height_of(category))?;
    Ok(vec![Event::CategoryMoved(CategoryMoved { mall, category, parent, position, at })])
}

fn set_sources(state: &State, SetSources { category, sources, at }: SetSources) -> Decision {
    let (mall, now) = known(state, category)?;
    if now.sources == sources {
        return Ok(vec![]);
    }
    check_sources(&sources)?;
    Ok(vec![Event::SourcesSet(SourcesSet { mall, category, sources, at })])
}

fn hide(state: &State, command: &HideCategory) -> Decision {
    let HideCategory { category, at } = *command;
    let (mall, now) = known(state, category)?;
    if now.hidden {
        return Ok(vec![]);
    }
    Ok(vec![Event::CategoryHidden(CategoryHidden { mall, category, at })])
}

fn show(state: &State, command: &ShowCategory) -> Decision {
    let ShowCategory { category, at } = *command;
    let (mall, now) = known(state, category)?;
    if !now.hidden {
        return Ok(vec![]);
    }
    Ok(vec![Event::CategoryShown(CategoryShown { mall, category, at })])
}

fn remove(state: &State, command: &RemoveCategory) -> Decision {
    let RemoveCategory { category, at } = *command;
    let (mall, _) = known(state, category)?;
    if !state.children_of(Some(category)).is_empty() {
        return Err(Rejection::HasChildren);
    }
    Ok(vec![Event::CategoryRemoved(CategoryRemoved { mall, category, at })])
}

/// The category and the mall whose tree it stands in.
fn known(state: &State, category: DisplayCategoryId) -> Result<(MallId, &DisplayCategory), Rejection> {
    let mall = state.mall().cloned();
    mall.zip(state.category(category)).ok_or(Rejection::NotFound(category))
}

fn check_mall(state: &State, mall: &MallId) -> Result<(), Rejection> {
    match state.mall() {
        Some(own) if own != mall => Err(Rejection::OtherMall(own.clone())),
        Some(_) | None => Ok(()),
    }
}

fn check_room(state: &State) -> Result<(), Rejection> {
    if state.len() >= MAX_CATEGORIES {
        return Err(Rejection::TooManyCategories { max: MAX_CATEGORIES });
    }
    Ok(())
}

fn check_sources(sources: &BTreeSet<SourceCode>) -> Result<(), Rejection> {
    if sources.len() > MAX_SOURCES {
        return Err(Rejection::TooManySources { max: MAX_SOURCES, found: sources.len() });
    }
    Ok(())
}

/// Checks that so many levels fit below a parent, and that the parent is there.
fn check_depth(state: &State, parent: Option<DisplayCategoryId>, levels: usize) -> Result<(), Rejection> {
    let above = match parent {
        None => 0,
        Some(parent) if state.category(parent).is_none() => return Err(Rejection::ParentNotFound(parent)),
        Some(parent) => state.depth_of(parent),
    };
    let found = above.saturating_add(levels);
    if found > MAX_DEPTH { Err(Rejection::TooDeep { max: MAX_DEPTH, found }) } else { Ok(()) }
}

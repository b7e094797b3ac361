//! How a tree's facts add up. Total: it never fails and never decides; a fact about no category changes nothing.

use std::sync::Arc;

use kernel::id::DisplayCategoryId;

use super::event::{CategoryAdded, Event};
use super::state::State;
use super::value::DisplayCategory;

/// Folds one event into the state.
pub(super) fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::CategoryAdded(body) => add(&mut state, body),
        Event::CategoryRenamed(body) => {
            change(&mut state, body.category, |category| category.name = body.name.clone());
        }
        Event::CategoryMoved(body) => change(&mut state, body.category, |category| {
            category.parent = body.parent;
            category.position = body.position;
        }),
        Event::SourcesSet(body) => {
            change(&mut state, body.category, |category| category.sources.clone_from(&body.sources));
        }
        Event::CategoryHidden(body) => change(&mut state, body.category, |category| category.hidden = true),
        Event::CategoryShown(body) => change(&mut state, body.category, |category| category.hidden = false),
        Event::CategoryRemoved(body) => {
            Arc::make_mut(&mut state.categories).remove(&body.category);
        }
    }
    state
}

fn add(state: &mut State, body: &CategoryAdded) {
    let category = DisplayCategory {
        parent: body.parent,
        name: body.name.clone(),
        position: body.position,
        sources: body.sources.clone(),
        hidden: false,
    };
    state.mall = Some(body.mall.clone());
    Arc::make_mut(&mut state.categories).insert(body.category, category);
}

fn change(state: &mut State, category: DisplayCategoryId, apply: impl FnOnce(&mut DisplayCategory)) {
    if let Some(category) = Arc::make_mut(&mut state.categories).get_mut(&category) {
        apply(category);
    }
}

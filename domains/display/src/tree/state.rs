//! What a tree's history has come to, and the ways to walk it.
//!
//! The categories sit behind an `Arc`, so that cloning a state costs nothing. Every walk is bounded by the number of
//! categories that a tree may have.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;
use std::sync::Arc;

use kernel::MallId;
use kernel::id::DisplayCategoryId;

use super::policy::MAX_CATEGORIES;
use super::value::{DisplayCategory, SourceCode};

/// A mall's tree; without a mall nothing was ever added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub(super) mall: Option<MallId>,
    pub(super) categories: Arc<BTreeMap<DisplayCategoryId, DisplayCategory>>,
}

impl State {
    /// The mall whose tree it is.
    pub fn mall(&self) -> Option<&MallId> {
        self.mall.as_ref()
    }

    /// The number of categories.
    pub fn len(&self) -> usize {
        self.categories.len()
    }

    /// Whether there is no category.
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    /// One category.
    pub fn category(&self, category: DisplayCategoryId) -> Option<&DisplayCategory> {
        self.categories.get(&category)
    }

    /// The categories right below one (or at the top), in display order.
    pub fn children_of(&self, parent: Option<DisplayCategoryId>) -> Vec<DisplayCategoryId> {
        let mut children: Vec<(u32, DisplayCategoryId)> = self
            .categories
            .iter()
            .filter(|(_, category)| category.parent == parent)
            .map(|(id, category)| (category.position, *id))
            .collect();
        children.sort_unstable();
        children.into_iter().map(|(_, id)| id).collect()
    }

    /// All categories below one, itself apart, level by level, each level in display order of its parents.
    pub fn descendants_of(&self, category: DisplayCategoryId) -> Vec<DisplayCategoryId> {
        self.levels_below(category).concat()
    }

    /// The standard categories whose products a category and those below it show, hidden ones included.
    pub fn sources_of(&self, category: DisplayCategoryId) -> BTreeSet<&SourceCode> {
        std::iter::once(category)
            .chain(self.descendants_of(category))
            .filter_map(|id| self.category(id))
            .flat_map(|category| &category.sources)
            .collect()
    }

    /// Whether shoppers see it: neither it nor any category above it is hidden.
    pub fn is_visible(&self, category: DisplayCategoryId) -> bool {
        self.category(category).is_some() && self.path_to(category).all(|(_, category)| !category.hidden)
    }

    /// How deep a category stands; one at the top, zero if there is none.
    pub fn depth_of(&self, category: DisplayCategoryId) -> usize {
        self.path_to(category).count()
    }

    /// How many levels a category and those below it take; one without children.
    pub(super) fn height_of(&self, category: DisplayCategoryId) -> usize {
        self.levels_below(category).len().saturating_add(1)
    }

    /// Whether `category` is `above` itself or stands somewhere below it.
    pub(super) fn is_within(&self, category: DisplayCategoryId, above: DisplayCategoryId) -> bool {
        self.path_to(category).any(|(id, _)| id == above)
    }

    /// The category and those above it, up to the top.
    fn path_to(
        &self,
        category: DisplayCategoryId,
    ) -> impl Iterator<Item = (DisplayCategoryId, &DisplayCategory)> {
        let entry = |id| self.category(id).map(|category| (id, category));
        successors(entry(category), move |(_, category)| category.parent.and_then(entry)).take(MAX_CATEGORIES)
    }

    /// The categories below one, a list for each level that has any.
    fn levels_below(&self, category: DisplayCategoryId) -> Vec<Vec<DisplayCategoryId>> {
        let children = self.children_by_parent();
        let below = |level: &Vec<DisplayCategoryId>| {
            let next: Vec<DisplayCategoryId> =
                level.iter().filter_map(|parent| children.get(parent)).flatten().copied().collect();
            (!next.is_empty()).then_some(next)
        };
        successors(below(&vec![category]), below).take(MAX_CATEGORIES).collect()
    }

    fn children_by_parent(&self) -> BTreeMap<DisplayCategoryId, Vec<DisplayCategoryId>> {
        let mut ordered: Vec<_> = self.categories.iter().collect();
        ordered.sort_by_key(|(id, category)| (category.position, **id));
        let mut children = BTreeMap::<_, Vec<_>>::new();
        for (id, category) in ordered {
            if let Some(parent) = category.parent {
                children.entry(parent).or_default().push(*id);
            }
        }
        children
    }
}

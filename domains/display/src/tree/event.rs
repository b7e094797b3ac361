//! What happened to a mall's tree. Wire names and field names are forever. Never here: a rule.

use std::collections::BTreeSet;

use kernel::id::DisplayCategoryId;
use kernel::{MallId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::SourceCode;

/// A fact about one mall's tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A category is there.
    CategoryAdded(CategoryAdded),
    /// A category has another name.
    CategoryRenamed(CategoryRenamed),
    /// A category is elsewhere, with all below it.
    CategoryMoved(CategoryMoved),
    /// A category shows the products of these standard categories.
    SourcesSet(SourcesSet),
    /// Shoppers don't see the category, nor anything below it.
    CategoryHidden(CategoryHidden),
    /// The category is no longer hidden itself.
    CategoryShown(CategoryShown),
    /// The category is gone.
    CategoryRemoved(CategoryRemoved),
}

kernel::domain_event! { Event {
    CategoryAdded => "category_added" 1,
    CategoryRenamed => "category_renamed" 1,
    CategoryMoved => "category_moved" 1,
    SourcesSet => "sources_set" 1,
    CategoryHidden => "category_hidden" 1,
    CategoryShown => "category_shown" 1,
    CategoryRemoved => "category_removed" 1,
} }

/// A category is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryAdded {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// The category above it; none at the top.
    pub parent: Option<DisplayCategoryId>,
    /// Its name.
    pub name: Text<80>,
    /// Its place among its siblings, the lowest first.
    pub position: u32,
    /// The standard categories whose products it shows.
    pub sources: BTreeSet<SourceCode>,
    /// When.
    pub at: Timestamp,
}

/// A category has another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRenamed {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// Its name.
    pub name: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// A category is elsewhere, with all below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryMoved {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// The category above it; none at the top.
    pub parent: Option<DisplayCategoryId>,
    /// Its place among its siblings, the lowest first.
    pub position: u32,
    /// When.
    pub at: Timestamp,
}

/// A category shows the products of these standard categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcesSet {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// The standard categories whose products it shows.
    pub sources: BTreeSet<SourceCode>,
    /// When.
    pub at: Timestamp,
}

/// Shoppers don't see the category, nor anything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryHidden {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

/// The category is no longer hidden itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryShown {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

/// The category is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRemoved {
    /// The mall.
    pub mall: MallId,
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

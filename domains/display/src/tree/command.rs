//! What can be asked of a mall's tree. Never here: a rule.

use std::collections::BTreeSet;

use kernel::id::DisplayCategoryId;
use kernel::{MallId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::SourceCode;

/// Something asked of one mall's tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Add a category; the first one plants the tree.
    AddCategory(AddCategory),
    /// Give a category another name.
    RenameCategory(RenameCategory),
    /// Put a category elsewhere, with all below it.
    MoveCategory(MoveCategory),
    /// Say which standard categories' products a category shows.
    SetSources(SetSources),
    /// Hide a category, and with it all below, from shoppers.
    HideCategory(HideCategory),
    /// Show a hidden category again.
    ShowCategory(ShowCategory),
    /// Remove a category that has none below it.
    RemoveCategory(RemoveCategory),
}

/// Add a category; the first one plants the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCategory {
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

/// Give a category another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameCategory {
    /// Which category.
    pub category: DisplayCategoryId,
    /// Its name.
    pub name: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// Put a category elsewhere, with all below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveCategory {
    /// Which category.
    pub category: DisplayCategoryId,
    /// The category above it; none at the top.
    pub parent: Option<DisplayCategoryId>,
    /// Its place among its siblings, the lowest first.
    pub position: u32,
    /// When.
    pub at: Timestamp,
}

/// Say which standard categories' products a category shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetSources {
    /// Which category.
    pub category: DisplayCategoryId,
    /// The standard categories whose products it shows.
    pub sources: BTreeSet<SourceCode>,
    /// When.
    pub at: Timestamp,
}

/// Hide a category, and with it all below, from shoppers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HideCategory {
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

/// Show a hidden category again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowCategory {
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

/// Remove a category that has none below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveCategory {
    /// Which category.
    pub category: DisplayCategoryId,
    /// When.
    pub at: Timestamp,
}

//! What can be asked of a category. Never here: a rule.

use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::CategoryCode;

/// Something asked of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Begin a category.
    Define(Define),
    /// Give it another name.
    Rename(Rename),
    /// Put it under another parent, with all below it.
    Move(Move),
    /// Let nothing new be classified by it.
    Retire(Retire),
}

/// Begin a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Define {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: Text<80>,
    /// The category above it; none at the top.
    pub parent: Option<CategoryCode>,
    /// When.
    pub at: Timestamp,
}

/// Give it another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The new name.
    pub name: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// Put it under another parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The new parent; none for the top.
    pub parent: Option<CategoryCode>,
    /// When.
    pub at: Timestamp,
}

/// Let nothing new be classified by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retire {
    /// When.
    pub at: Timestamp,
}

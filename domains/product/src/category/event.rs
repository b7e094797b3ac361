//! What happened to a category. Wire names and field names are forever. Never here: a rule.

use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::CategoryCode;

/// A fact about one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It exists.
    Defined(Defined),
    /// It has another name.
    Renamed(Renamed),
    /// It has another parent; products and categories below it stay with it.
    Moved(Moved),
    /// Nothing new is classified by it.
    Retired(Retired),
}

kernel::domain_event! { Event {
    Defined => "defined" 1,
    Renamed => "renamed" 1,
    Moved => "moved" 1,
    Retired => "retired" 1,
} }

/// It exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: Text<80>,
    /// The category above it; none at the top.
    pub parent: Option<CategoryCode>,
    /// When.
    pub at: Timestamp,
}

/// It has another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// Its code.
    pub code: CategoryCode,
    /// The new name.
    pub name: Text<80>,
    /// When.
    pub at: Timestamp,
}

/// It has another parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Its code.
    pub code: CategoryCode,
    /// The new parent; none at the top.
    pub parent: Option<CategoryCode>,
    /// When.
    pub at: Timestamp,
}

/// Nothing new is classified by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Its code.
    pub code: CategoryCode,
    /// When.
    pub at: Timestamp,
}

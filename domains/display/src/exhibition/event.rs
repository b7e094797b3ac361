//! What happened to an exhibition. Wire names and field names are forever. Never here: a rule.

use kernel::{MallId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{ExhibitionId, Section};

/// A fact about one exhibition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It was begun; shoppers don't see it.
    Drafted(Drafted),
    /// Shoppers see it in its period.
    Published(Published),
    /// It shows something else, or at another time.
    Revised(Revised),
    /// It is gone for good.
    Ended(Ended),
}

kernel::domain_event! { Event {
    Drafted => "drafted" 1,
    Published => "published" 1,
    Revised => "revised" 1,
    Ended => "ended" 1,
} }

/// It was begun; shoppers don't see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted {
    /// The exhibition.
    pub exhibition: ExhibitionId,
    /// The mall that shows it.
    pub mall: MallId,
    /// Its title.
    pub title: Text<120>,
    /// The first instant of its period.
    pub from: Timestamp,
    /// The first instant after its period.
    pub until: Timestamp,
    /// What it shows, in order.
    pub sections: Vec<Section>,
    /// When.
    pub at: Timestamp,
}

/// Shoppers see it in its period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The exhibition.
    pub exhibition: ExhibitionId,
    /// The mall that shows it.
    pub mall: MallId,
    /// When.
    pub at: Timestamp,
}

/// It shows something else, or at another time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// The exhibition.
    pub exhibition: ExhibitionId,
    /// The mall that shows it.
    pub mall: MallId,
    /// Its title.
    pub title: Text<120>,
    /// The first instant of its period.
    pub from: Timestamp,
    /// The first instant after its period.
    pub until: Timestamp,
    /// What it shows, in order.
    pub sections: Vec<Section>,
    /// When.
    pub at: Timestamp,
}

/// It is gone for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The exhibition.
    pub exhibition: ExhibitionId,
    /// The mall that shows it.
    pub mall: MallId,
    /// When.
    pub at: Timestamp,
}

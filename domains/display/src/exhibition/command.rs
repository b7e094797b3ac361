//! What can be asked of an exhibition. Never here: a rule.

use kernel::{MallId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{ExhibitionId, Section};

/// Something asked of one exhibition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Begin an exhibition.
    Draft(Draft),
    /// Let shoppers see it in its period.
    Publish(Publish),
    /// Change what it shows, or when.
    Revise(Revise),
    /// Take it away for good.
    End(End),
}

/// Begin an exhibition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
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

/// Let shoppers see it in its period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// When.
    pub at: Timestamp,
}

/// Change what it shows, or when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revise {
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

/// Take it away for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// When.
    pub at: Timestamp,
}

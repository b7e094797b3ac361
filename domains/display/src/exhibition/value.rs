//! The parts of an exhibition: its id and its sections.

use kernel::Text;
use kernel::id::ProductId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An exhibition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExhibitionId(pub Uuid);

impl std::fmt::Display for ExhibitionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl std::str::FromStr for ExhibitionId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

impl From<Uuid> for ExhibitionId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

/// A titled list of products. It stands in commands and in events, so it tolerates fields that it doesn't know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its title.
    pub title: Text<120>,
    /// What it shows, in order, each once.
    pub products: Vec<ProductId>,
}

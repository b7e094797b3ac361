//! A field of a PATCH that may also be set to nothing.

use serde::{Deserialize, Deserializer};

/// A field that is left as it is (not in the body), or set (where null is nothing). It needs `#[serde(default)]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Patched<T> {
    /// Not in the body.
    #[default]
    Kept,
    /// In the body.
    Set(Option<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patched<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Set)
    }
}

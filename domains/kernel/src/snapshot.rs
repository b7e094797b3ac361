//! States written down and read again: JSON, read only by the very release that wrote it.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The state as a snapshot holds it.
pub fn freeze<S: Serialize>(state: &S) -> Option<String> {
    serde_json::to_string(state).ok()
}

/// The state that a snapshot holds.
pub fn thaw<S: DeserializeOwned>(frozen: &str) -> Option<S> {
    serde_json::from_str(frozen).ok()
}

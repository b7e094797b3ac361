//! Ids are made here: fresh ones, and ones derived from what they stand for, so that the same thing gets the same id.

use uuid::Uuid;

/// The namespace of derived ids. It must never change: derived ids are how a repeated command finds its first outcome.
const NAMESPACE: Uuid = Uuid::from_u128(0x6a61_6e67_7465_6f00_8000_6964_7300_0001);

/// A fresh id, sorted by time.
#[expect(clippy::disallowed_methods, reason = "this is the edge where ids are made")]
pub fn fresh() -> Uuid {
    Uuid::now_v7()
}

/// The id of what these parts name. Parts are joined by a byte that none of them may hold.
pub fn derived(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, parts.join("\u{1f}").as_bytes())
}

//! The limits of a mall's tree.

/// The most categories of a tree.
pub const MAX_CATEGORIES: usize = 5_000;
/// The most categories from the top to the bottom of a tree, both counted.
pub const MAX_DEPTH: usize = 6;
/// The most standard categories that one display category shows itself.
pub const MAX_SOURCES: usize = 100;

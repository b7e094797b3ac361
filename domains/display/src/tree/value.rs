//! One display category of a tree.

use std::collections::BTreeSet;

use kernel::Text;
use kernel::id::DisplayCategoryId;

/// The code of a standard category, as the product context writes it; whether it exists isn't known here.
pub type SourceCode = Text<64>;

/// One display category as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayCategory {
    /// The category above it; none at the top.
    pub parent: Option<DisplayCategoryId>,
    /// Its name.
    pub name: Text<80>,
    /// Its place among its siblings, the lowest first.
    pub position: u32,
    /// The standard categories whose products it shows itself.
    pub sources: BTreeSet<SourceCode>,
    /// Whether shoppers don't see it, nor anything below it.
    pub hidden: bool,
}

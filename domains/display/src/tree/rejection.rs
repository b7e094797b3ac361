//! How a tree says no. Codes are stable and unique within the display context.

use kernel::id::DisplayCategoryId;
use kernel::{MallId, RejectionKind};

/// A refusal, as a sentence that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// No such category in this tree.
    #[error("there is no display category {0}")]
    NotFound(DisplayCategoryId),
    /// No such parent in this tree.
    #[error("there is no display category {0} to be above another")]
    ParentNotFound(DisplayCategoryId),
    /// The id is taken by a category with other contents.
    #[error("a display category {0} exists already: change that one or choose another id")]
    AlreadyAdded(DisplayCategoryId),
    /// The tree belongs to another mall.
    #[error("this is the tree of mall {0}")]
    OtherMall(MallId),
    /// A category would be below itself.
    #[error("a display category cannot be moved below itself")]
    Cycle,
    /// The tree would be too deep.
    #[error("display categories are at most {max} deep, this would make {found}")]
    TooDeep {
        /// The limit.
        max: usize,
        /// The depth that would result.
        found: usize,
    },
    /// The tree is full.
    #[error("a tree has at most {max} display categories")]
    TooManyCategories {
        /// The limit.
        max: usize,
    },
    /// Too many standard categories in one display category.
    #[error("a display category shows at most {max} standard categories, not {found}")]
    TooManySources {
        /// The limit.
        max: usize,
        /// The number found.
        found: usize,
    },
    /// A category with others below it.
    #[error("move or remove the display categories below this one first")]
    HasChildren,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "display_category_not_found",
            Self::ParentNotFound(_) => "display_parent_not_found",
            Self::AlreadyAdded(_) => "display_category_already_added",
            Self::OtherMall(_) => "display_tree_of_other_mall",
            Self::Cycle => "display_category_cycle",
            Self::TooDeep { .. } => "display_tree_too_deep",
            Self::TooManyCategories { .. } => "display_tree_full",
            Self::TooManySources { .. } => "display_category_too_many_sources",
            Self::HasChildren => "display_category_has_children",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound(_) | Self::ParentNotFound(_) => RejectionKind::NotFound,
            Self::AlreadyAdded(_) | Self::HasChildren => RejectionKind::Conflict,
            Self::OtherMall(_)
            | Self::Cycle
            | Self::TooDeep { .. }
            | Self::TooManyCategories { .. }
            | Self::TooManySources { .. } => RejectionKind::Invalid,
        }
    }
}

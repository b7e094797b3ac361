//! How a category says no. Codes are stable and unique within the product context.

use kernel::RejectionKind;

/// A refusal, as a sentence that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was defined under this code.
    #[error("there is no such category")]
    NotFound,
    /// The code is taken.
    #[error("a category with this code exists already: rename or move that one")]
    AlreadyDefined,
    /// A category above itself.
    #[error("a category cannot be its own parent")]
    OwnParent,
    /// It was retired.
    #[error("the category is retired and cannot be changed any more")]
    Retired,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "category_not_found",
            Self::AlreadyDefined => "category_already_defined",
            Self::OwnParent => "category_own_parent",
            Self::Retired => "category_retired",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::AlreadyDefined | Self::Retired => RejectionKind::Conflict,
            Self::OwnParent => RejectionKind::Invalid,
        }
    }
}

//! How an exhibition says no. Codes are stable and unique within the display context.

use kernel::RejectionKind;
use kernel::id::ProductId;

/// A refusal, as a sentence that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was drafted under this id.
    #[error("there is no such exhibition")]
    NotFound,
    /// The id is taken by an exhibition with other contents.
    #[error("an exhibition with this id exists already: revise it or choose another id")]
    AlreadyDrafted,
    /// The exhibition's phase doesn't allow it.
    #[error("an exhibition that is {phase} cannot be {action}")]
    PhaseForbids {
        /// What was asked, as a participle.
        action: &'static str,
        /// Where the exhibition stands.
        phase: &'static str,
    },
    /// A period that ends before it begins.
    #[error("an exhibition must end after it begins")]
    EmptyPeriod,
    /// Published after its period.
    #[error("the exhibition's period is over: give it a later end first")]
    PeriodOver,
    /// No product in any section.
    #[error("an exhibition needs at least one product before shoppers see it")]
    NothingToShow,
    /// Too many sections.
    #[error("an exhibition has at most {max} sections, not {found}")]
    TooManySections {
        /// The limit.
        max: usize,
        /// The number found.
        found: usize,
    },
    /// Too many products in one section.
    #[error("a section has at most {max} products, not {found}")]
    TooManyProducts {
        /// The limit.
        max: usize,
        /// The number found.
        found: usize,
    },
    /// A product twice in one section.
    #[error("product {0} is in one section twice")]
    ProductTwice(ProductId),
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "exhibition_not_found",
            Self::AlreadyDrafted => "exhibition_already_drafted",
            Self::PhaseForbids { .. } => "exhibition_phase_forbids",
            Self::EmptyPeriod => "exhibition_period_empty",
            Self::PeriodOver => "exhibition_period_over",
            Self::NothingToShow => "exhibition_nothing_to_show",
            Self::TooManySections { .. } => "exhibition_too_many_sections",
            Self::TooManyProducts { .. } => "exhibition_too_many_products",
            Self::ProductTwice(_) => "exhibition_product_twice",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::AlreadyDrafted | Self::PhaseForbids { .. } | Self::PeriodOver | Self::NothingToShow => {
                RejectionKind::Conflict
            }
            Self::EmptyPeriod
            | Self::TooManySections { .. }
            | Self::TooManyProducts { .. }
            | Self::ProductTwice(_) => RejectionKind::Invalid,
        }
    }
}

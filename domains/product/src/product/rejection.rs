//! How a product says no. Codes are stable and unique within the product context.

use kernel::RejectionKind;
use kernel::id::SkuId;

use super::policy;

/// A refusal, as a sentence that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was ever drafted under this id.
    #[error("there is no such product")]
    NotFound,
    /// The id is taken by a product with other contents.
    #[error("a product with this id exists already: choose another id or edit that one")]
    AlreadyDrafted,
    /// The product's phase doesn't allow it.
    #[error("a product that is {phase} cannot be {action}")]
    PhaseForbids {
        /// What was asked, as a participle.
        action: &'static str,
        /// Where the product stands.
        phase: &'static str,
    },
    /// A merchant tries to undo an operator's suspension.
    #[error("an operator suspended this product: only an operator can resume it")]
    SuspendedByOperator,
    /// No such SKU in this product.
    #[error("the product has no SKU {0}")]
    UnknownSku(SkuId),
    /// A list is longer than allowed.
    #[error("a product has at most {max} {what}, not {found}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        max: usize,
        /// The number found.
        found: usize,
    },
    /// A product must have something to buy.
    #[error("a product needs at least one SKU")]
    NoSkus,
    /// An axis without a choice.
    #[error("the option `{0}` needs at least one value")]
    AxisWithoutValues(String),
    /// Something is there twice that must be unique.
    #[error("the {what} `{value}` is there twice")]
    Duplicate {
        /// What must be unique.
        what: &'static str,
        /// Which one is there twice.
        value: String,
    },
    /// A SKU doesn't choose exactly one value for each axis.
    #[error("SKU {sku} must choose one value for each of {axes} options, it chooses {found}")]
    OptionsMismatch {
        /// The SKU.
        sku: SkuId,
        /// The number of axes.
        axes: usize,
        /// The number of values chosen.
        found: usize,
    },
    /// A SKU chooses a value that its axis doesn't have.
    #[error("SKU {sku} chooses `{value}`, which the option `{axis}` does not have")]
    UnknownOption {
        /// The SKU.
        sku: SkuId,
        /// The axis.
        axis: String,
        /// The value chosen.
        value: String,
    },
    /// A sale that ends before it begins.
    #[error("the sale of SKU {0} must end after it begins")]
    EmptySalePeriod(SkuId),
    /// A limit of more pieces than a line can have.
    #[error("a purchase limit is 1 to {max} pieces", max = policy::MAX_LIMIT_PIECES)]
    LimitOutOfRange,
    /// A limit over no days, or too many.
    #[error("a purchase limit counts 1 to {max} days, or for ever", max = policy::MAX_LIMIT_DAYS)]
    LimitDaysOutOfRange,
    /// A sale that isn't cheaper.
    #[error("the sale price of SKU {0} must be below its list price")]
    SaleNotCheaper(SkuId),
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "product_not_found",
            Self::AlreadyDrafted => "product_already_drafted",
            Self::PhaseForbids { .. } => "product_phase_forbids",
            Self::SuspendedByOperator => "product_suspended_by_operator",
            Self::UnknownSku(_) => "product_sku_unknown",
            Self::TooMany { .. } => "product_too_many",
            Self::NoSkus => "product_no_skus",
            Self::AxisWithoutValues(_) => "product_axis_without_values",
            Self::Duplicate { .. } => "product_duplicate",
            Self::OptionsMismatch { .. } => "product_options_mismatch",
            Self::UnknownOption { .. } => "product_option_unknown",
            Self::LimitOutOfRange => "product_limit_out_of_range",
            Self::LimitDaysOutOfRange => "product_limit_days_out_of_range",
            Self::EmptySalePeriod(_) => "product_sale_period_empty",
            Self::SaleNotCheaper(_) => "product_sale_not_cheaper",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound | Self::UnknownSku(_) => RejectionKind::NotFound,
            Self::AlreadyDrafted | Self::PhaseForbids { .. } => RejectionKind::Conflict,
            Self::SuspendedByOperator => RejectionKind::Forbidden,
            Self::TooMany { .. }
            | Self::NoSkus
            | Self::AxisWithoutValues(_)
            | Self::Duplicate { .. }
            | Self::OptionsMismatch { .. }
            | Self::UnknownOption { .. }
            | Self::LimitOutOfRange
            | Self::LimitDaysOutOfRange
            | Self::EmptySalePeriod(_)
            | Self::SaleNotCheaper(_) => RejectionKind::Invalid,
        }
    }
}

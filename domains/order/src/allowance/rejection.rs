//! How an allowance says no.

use kernel::RejectionKind;
use kernel::id::ProductId;

/// A refusal by a product's limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence documents its variant and names its fields")]
pub enum Rejection {
    #[error("of product {product} you may buy {allowed} pieces now, not {wanted}")]
    Exceeded { product: ProductId, allowed: u32, wanted: u32 },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Exceeded { .. } => "purchase_limit_exceeded",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::Exceeded { .. } => RejectionKind::Conflict,
        }
    }
}

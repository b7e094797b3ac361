//! How a cart says no.

use kernel::id::SkuId;
use kernel::{MallId, RejectionKind};

use crate::policy;

/// A refusal by a rule of the cart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence documents its variant and names its fields")]
pub enum Rejection {
    #[error("a cart holds at most {} different items: take one out first", policy::CART_ITEMS_MAX)]
    TooManyItems,
    #[error("an item has 1 to {} pieces, not {found}", policy::PIECES_PER_LINE_MAX)]
    TooManyPieces { found: u32 },
    #[error("item {sku} is not in the cart")]
    UnknownItem { sku: SkuId },
    #[error("the other cart belongs to mall {found}")]
    OtherMall { found: MallId },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::TooManyItems => "cart_too_many_items",
            Self::TooManyPieces { .. } => "cart_too_many_pieces",
            Self::UnknownItem { .. } => "cart_unknown_item",
            Self::OtherMall { .. } => "cart_other_mall",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::TooManyItems | Self::OtherMall { .. } => RejectionKind::Conflict,
            Self::TooManyPieces { .. } => RejectionKind::Invalid,
            Self::UnknownItem { .. } => RejectionKind::NotFound,
        }
    }
}

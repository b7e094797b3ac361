//! Where a gift stands: it waits for its recipient once it is paid, and then is accepted or ends, once.

use kernel::{Sealed, Timestamp};

use crate::value::GiftEnding;

/// Where a gift stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gift {
    /// Its order is not paid yet.
    Unpaid,
    /// Its recipient can accept it.
    Waiting {
        /// Until when (exclusive).
        accept_by: Timestamp,
    },
    /// It goes where its recipient said.
    Accepted(AcceptedGift),
    /// It was not accepted.
    Ended(GiftEnding),
}

/// What its recipient said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedGift {
    /// Who receives it, sealed.
    pub recipient: Sealed,
    /// A word to the carrier, sealed.
    pub memo: Option<Sealed>,
    /// When.
    pub at: Timestamp,
}

impl Gift {
    /// The word for where it stands.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Waiting { .. } => "waiting",
            Self::Accepted(_) => "accepted",
            Self::Ended(ending) => ending.name(),
        }
    }

    /// What becomes of it when its order ends: what was accepted stays so, and an ending is never replaced.
    pub(crate) fn with_its_order_over(self) -> Self {
        match self {
            Self::Unpaid | Self::Waiting { .. } => Self::Ended(GiftEnding::Cancelled),
            over @ (Self::Accepted(_) | Self::Ended(_)) => over,
        }
    }
}

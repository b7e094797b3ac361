//! Who did something, and for whom.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, MerchantId, OperatorId};

/// Who did something; written into every commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// Nobody known yet: a sign-up, a merchant's application.
    Guest,
    /// A shopper, for themselves.
    Shopper {
        /// The shopper's account.
        member: MemberId,
    },
    /// A merchant's staff or systems, for the merchant.
    Merchant {
        /// The merchant acted for.
        merchant: MerchantId,
    },
    /// A person in the back office.
    Operator {
        /// Who.
        operator: OperatorId,
    },
    /// The system itself: a saga, a webhook, an import. Its name says which.
    System {
        /// Which part of the system, e.g. `saga.fulfilment`.
        name: String,
    },
}

impl Actor {
    /// A part of the system, by name.
    pub fn system(name: impl Into<String>) -> Self {
        Self::System { name: name.into() }
    }
}

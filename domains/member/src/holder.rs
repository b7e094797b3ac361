//! Whoever can sign in: the holder of an e-mail address and the principal of a session.
//!
//! Never here: what a holder may do. That is asked of the holder's own aggregate.

use kernel::id::{MemberId, MerchantId, OperatorId};
use serde::{Deserialize, Serialize};

/// A shopper, a merchant or an operator. JSON: `{"kind": "member", "id": "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Holder {
    /// A shopper.
    Member(MemberId),
    /// A merchant.
    Merchant(MerchantId),
    /// A person in the back office.
    Operator(OperatorId),
}

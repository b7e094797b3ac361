//! What one member has bought of a product that limits it (1인당 구매수량 제한): which orders took how many pieces.
//!
//! Taken in the append that places an order, so that the limit holds whoever orders at the same moment; given back when
//! the order ends unpaid, and with every piece that is cancelled or returned. Only products that limit it have one, and
//! what was bought before they did isn't counted.
//!
//! ```text
//!  Take(order, pieces) ──▶ counted ── GiveBack(order, pieces), or the limit's days are over ──▶ not counted
//! ```
//!
//! Never here: the limit itself, which the product says at each take.

pub mod command;
pub mod decide;
pub mod event;
pub mod rejection;
pub mod state;

pub use command::{Command, GiveBack, Take};
pub use decide::PurchaseAllowance;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;

use kernel::id::{MemberId, ProductId};
use serde::{Deserialize, Serialize};

/// What names an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AllowanceId {
    /// Whose.
    pub member: MemberId,
    /// Of which product.
    pub product: ProductId,
}

/// `<member>_<product>`; neither holds a `_`.
impl std::fmt::Display for AllowanceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.member, self.product)
    }
}

//! Questions about orders. Whose order it is stands in the answer: the caller checks.
//!
//! Each list is one statement, so that a head and its lines are always of the same moment.

mod prefix;
mod search;
mod view;

pub use search::{Search, StatusCount, counts_by_status, search};
pub use view::{OrderView, of_member, of_merchant, order};

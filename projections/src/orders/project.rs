//! What a commit means for the order tables. Pure.

mod order_events;
mod payment_events;
mod placement;

use eventstore::{ReadError, Recorded};
use order::Order;
use payment::Payment;

use super::row::Row;
use crate::checkpoint::position;

/// The rows of one commit.
pub(super) fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let mut rows = Vec::new();
    let at = position(recorded.seq);
    if let Some(events) = recorded.events_of::<Order>()? {
        rows.extend(events.iter().flat_map(|event| order_events::rows(at, event)));
    } else if let Some(events) = recorded.events_of::<Payment>()? {
        rows.extend(events.iter().map(|event| payment_events::row(at, event)));
    }
    Ok(rows)
}

//! What a commit means for the order tables. Pure.

mod order_events;
mod payment_events;
mod placement;

use claim::Claim;
use eventstore::{ReadError, Recorded};
use order::Order;
use payment::Payment;
use shipping::Shipment;

use super::history;
use super::row::Row;
use crate::checkpoint::position;

/// The rows of one commit. A commit that names no order (a delivery policy) has none.
pub(super) fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let mut rows = Vec::new();
    let at = position(recorded.seq);
    if let Some(events) = recorded.events_of::<Order>()? {
        rows.extend(events.iter().flat_map(|event| order_events::rows(at, event)));
        rows.extend(history::of_order(recorded, &events));
    } else if let Some(events) = recorded.events_of::<Payment>()? {
        rows.extend(events.iter().map(|event| payment_events::row(at, event)));
        rows.extend(history::of_payment(recorded, &events));
    } else if let Some(events) = recorded.events_of::<Shipment>()? {
        rows.extend(history::of_shipment(recorded, &events));
    } else if let Some(events) = recorded.events_of::<Claim>()? {
        rows.extend(history::of_claim(recorded, &events));
    }
    Ok(rows)
}

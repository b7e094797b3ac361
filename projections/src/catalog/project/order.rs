//! Orders, for what sells best: the pieces of an order count once it is paid.
//!
//! What is claimed back afterwards stays counted: this ranks demand, it keeps no books.

use std::collections::BTreeMap;

use order::Event;
use order::event::Placed;

use crate::catalog::Row;

pub(super) fn row(event: &Event) -> Option<Row> {
    match event {
        Event::Placed(body) => Some(Row::Placed(body.order.0, pieces(body))),
        Event::Paid(body) => Some(Row::Paid(body.order.0)),
        Event::Expired(body) => Some(Row::Ended(body.order.0)),
        Event::Cancelled(body) => Some(Row::Ended(body.order.0)),
        Event::GiftAccepted(_)
        | Event::GiftEnded(_)
        | Event::LinesPrepared(_)
        | Event::LinesShipped(_)
        | Event::LinesDelivered(_)
        | Event::LinesLost(_)
        | Event::LinesConfirmed(_)
        | Event::ConfirmationHeld(_)
        | Event::HoldReleased(_)
        | Event::ClaimOpened(_)
        | Event::ClaimRefundStarted(_)
        | Event::ClaimClosed(_)
        | Event::ClaimCompleted(_)
        | Event::Closed(_) => None,
    }
}

fn pieces(body: &Placed) -> BTreeMap<uuid::Uuid, i64> {
    let mut pieces = BTreeMap::new();
    for line in &body.lines {
        *pieces.entry(line.product.0).or_default() += i64::from(line.quantity.get());
    }
    pieces
}

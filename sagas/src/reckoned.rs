//! What is reckoned from an order's history: lines that a shopper confirmed, and claims that were completed. Each is cited by
//! where it stands in the log, so whoever reckons reads all of it there.

use eventstore::{ReadError, Recorded, Seq};
use kernel::id::{ClaimId, OrderId};
use order::event::{ClaimCompleted, LinesConfirmed};
use serde::{Deserialize, Serialize};

/// Lines were confirmed, or a claim was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned {
    /// Of which order.
    pub order: OrderId,
    /// Where in the log.
    pub position: Seq,
    /// The completed claim, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
}

/// What of a commit is reckoned, by what each saga makes of confirmed lines and of completed claims.
pub(crate) fn route(
    recorded: &Recorded,
    confirmed: impl Fn(&LinesConfirmed) -> bool,
    completed: impl Fn(&ClaimCompleted) -> bool,
) -> Result<Vec<(OrderId, Reckoned)>, ReadError> {
    let position = recorded.seq;
    let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
    let reckoned = events.iter().filter_map(|event| match event {
        order::Event::LinesConfirmed(body) => confirmed(body).then_some((body.order, None)),
        order::Event::ClaimCompleted(body) => completed(body).then_some((body.order, Some(body.claim))),
        order::Event::Placed(_)
        | order::Event::Paid(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::GiftAccepted(_)
        | order::Event::GiftEnded(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimClosed(_)
        | order::Event::Closed(_) => None,
    });
    Ok(reckoned.map(|(order, claim)| (order, Reckoned { order, position, claim })).collect())
}

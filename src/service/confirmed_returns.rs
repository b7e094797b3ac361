//! Returns of confirmed pieces (직권 반품): the merchant or an operator asks in the shopper's place, who no longer can.
//!
//! From there on it is a return like any other. Never here: which pieces are confirmed; the order knows.

use claim::value::{Party, Reason};
use eventstore::{Context, Outcome};
use kernel::id::{ClaimId, OrderId};
use order::value::{ClaimKind, ClaimablePieces, LineQuantity};

use super::ServiceError;
use super::claims::ClaimAsk;
use super::ownership::Own;
use crate::app::App;

/// Which confirmed pieces are to come back, and why.
#[derive(Debug, Clone)]
pub struct ConfirmedReturn {
    /// The claim's id, made at the edge.
    pub claim: ClaimId,
    /// Which pieces.
    pub lines: Vec<LineQuantity>,
    /// Why.
    pub reason: Reason,
}

impl App {
    /// Opens a return of confirmed pieces of a merchant's own lines.
    pub async fn return_own_confirmed(
        &self,
        context: &Context,
        own: Own<OrderId>,
        wish: ConfirmedReturn,
    ) -> Result<Outcome, ServiceError> {
        self.check_lines(own.merchant, own.id, &wish.lines).await?;
        let ask = ClaimAsk { merchant: Some(own.merchant), ..ask(own.id, wish, Party::Merchant) };
        self.request_claim(context, &ask).await
    }

    /// Opens a return of confirmed pieces, of whichever merchant.
    pub async fn return_confirmed(
        &self,
        context: &Context,
        order: OrderId,
        wish: ConfirmedReturn,
    ) -> Result<Outcome, ServiceError> {
        self.request_claim(context, &ask(order, wish, Party::Operator)).await
    }
}

fn ask(order: OrderId, wish: ConfirmedReturn, by: Party) -> ClaimAsk {
    let ConfirmedReturn { claim, lines, reason } = wish;
    let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
    ClaimAsk { claim, order, kind, pieces, lines, reason, by, merchant: None }
}

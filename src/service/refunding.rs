//! Starting a claim's refund: the claim is quoted for good and the order is told that its pieces are gone, in one append.
//!
//! A quote depends on the order's other claims. Made at the order's very version, from claims that can't come to nothing
//! any more, it stays true; of two refunds that start at once, the second is quoted anew.

use claim::Claim;
use claim::command::StartRefund;
use claim::refund::DeliveryPaid;
use eventstore::{Batch, Context, Outcome};
use kernel::id::ClaimId;
use order::Order;
use order::command::StartClaimRefund;
use order::value::{ClaimFee, GroupNo};

use super::claims::facts;
use super::{Refusal, ServiceError};
use crate::app::App;

/// How often a refund is quoted anew because the order changed meanwhile.
const MAX_ATTEMPTS: u32 = 16;

impl App {
    /// Starts paying a claim back, or tries again under another refund's name.
    pub async fn start_refund(
        &self,
        context: &Context,
        claim: ClaimId,
        start: &StartRefund,
    ) -> Result<Outcome, ServiceError> {
        for _ in 0..MAX_ATTEMPTS {
            match self.log.commit(context, self.refund_batch(claim, start).await?).await {
                Err(eventstore::CommandError::VersionMismatch { .. }) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(eventstore::CommandError::Contended { attempts: MAX_ATTEMPTS }.into())
    }

    async fn refund_batch(&self, claim: ClaimId, start: &StartRefund) -> Result<Batch, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let case = state.case().ok_or(Refusal::NotFound("claim"))?;
        let id = case.subject().order;
        let order = self.log.read_latest::<Order>(&id).await?;
        let (of_claim, of_order) = commands(case, &order.state, start);
        Ok(Batch::new().with::<Claim>(&claim, of_claim).at_version::<Order>(&id, order.version, of_order))
    }
}

/// What the claim and its order are told: by the same quote.
pub(super) fn commands(
    case: &claim::state::Case,
    order: &order::State,
    start: &StartRefund,
) -> (claim::Command, order::Command) {
    let (claim, at) = (case.subject().claim, start.at);
    let groups = facts(order, claim);
    let fees = case.quote_by(&groups).fees_paid().delivery.iter().map(fee).collect();
    (
        claim::Command::StartRefund(StartRefund { groups, ..start.clone() }),
        order::Command::StartClaimRefund(StartClaimRefund { claim, fees, at }),
    )
}

const fn fee(paid: &DeliveryPaid) -> ClaimFee {
    let DeliveryPaid { group, deducted, given_back, .. } = *paid;
    ClaimFee { group: GroupNo(group), deducted, given_back }
}

//! Starting a claim's refund: the claim is quoted for good and the order is told that its pieces are gone, in one append.
//!
//! A quote depends on the order's other claims. Made at the order's very version, from claims that can't come to nothing
//! any more, it stays true; of two refunds that start at once, the second is quoted anew.

use claim::Claim;
use claim::command::StartRefund;
use claim::refund::DeliveryPaid;
use claim::value::GroupFacts;
use eventstore::{Batch, Context, Outcome};
use kernel::Amount;
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
    let fees = case.quote_by(&groups).fees_paid().delivery.iter().map(|paid| fee(paid, &groups)).collect();
    (
        claim::Command::StartRefund(StartRefund { groups, ..start.clone() }),
        order::Command::StartClaimRefund(StartClaimRefund { claim, fees, at }),
    )
}

/// A fee that falls due holds all that was owed before: what isn't covered is owed from now on.
fn fee(paid: &DeliveryPaid, groups: &[GroupFacts]) -> ClaimFee {
    let DeliveryPaid { group, deducted, given_back, uncovered, .. } = *paid;
    let before = groups.iter().find(|facts| facts.group == group).map(|facts| facts.owed).unwrap_or_default();
    let fell_due = !(deducted + uncovered).is_zero();
    let owed = if fell_due { uncovered - before } else { Amount::ZERO };
    ClaimFee { group: GroupNo(group), deducted, given_back, owed }
}

//! Refunds that failed: another is started, under another name, when somebody has looked.
//!
//! Never here: the gateway (see [`super::payments`]).

use chrono::TimeDelta;
use claim::Claim;
use claim::command::StartRefund;
use eventstore::{Context, Outcome, Seq};
use kernel::Timestamp;
use kernel::id::{ClaimId, PaymentId, RefundId};
use payment::{Command, Payment, RefundCause, RefundOutcome};
use sagas::claim::refund_id;

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::GatewayError;
use crate::ids;

/// How long a refund that no claim asked for stays failed, so that it is parked and an operator looks at it.
const LOOK_FIRST: TimeDelta = TimeDelta::minutes(10);

impl App {
    /// Starts the next refund of a claim whose former ones failed.
    pub async fn refund_claim_again(
        &self,
        context: &Context,
        claim: ClaimId,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let failed = state.case().map(|case| case.failed_refunds().len());
        if failed == Some(0) {
            return Err(Refusal::NothingFailed.into());
        }
        let refund = refund_id(claim, failed.unwrap_or_default().saturating_add(1));
        let start = claim::Command::StartRefund(StartRefund { refund, at: context.at });
        self.change::<Claim>(context, &claim, seen, [start]).await
    }

    /// Starts another refund in place of one that failed and that no claim asked for.
    pub async fn refund_again(
        &self,
        context: &Context,
        payment: PaymentId,
        (failed, at): (RefundId, Timestamp),
    ) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Payment>(&payment).await?.state;
        let refund = state.refund(failed).ok_or(Refusal::NotFound("refund"))?;
        let RefundOutcome::Failed { reason } = refund.outcome else { return Ok(()) };
        let again = RefundId(ids::derived(&["refund-again", &failed.to_string()]));
        if state.refund(again).is_some() {
            return Ok(());
        }
        if context.at < at + LOOK_FIRST {
            let why =
                format!("refund {failed} failed ({reason:?}); have it tried again from {}", at + LOOK_FIRST);
            return Err(GatewayError::Unavailable(why).into());
        }
        let started = &refund.started;
        let stray = (started.cause != RefundCause::Asked).then(|| started.capture_reference.clone());
        let start = payment::StartRefund {
            refund: again,
            amount: started.amount,
            reason_claim: None,
            stray,
            key: again.to_string(),
            at: context.at,
        };
        self.log.execute::<Payment>(context, &payment, Command::StartRefund(start)).await?;
        Ok(())
    }
}

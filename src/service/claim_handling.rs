//! What a merchant does with a claim on its goods: judging, inspecting, letting it wait, and cancelling what it can't
//! supply. Never here: which step a claim allows; the claim says that.

use claim::Claim;
use claim::command::{Accept, Approve, Hold, Inspect, Reject, Resume};
use claim::state::Phase;
use claim::value::{HoldReason, Inspection, Party, Reason};
use claim::{Command, value};
use eventstore::{Context, Outcome};
use kernel::Timestamp;
use kernel::id::{ClaimId, MerchantId, OrderId};
use order::Order;
use order::value::{ClaimKind, ClaimablePieces, LineQuantity};

use super::claims::ClaimAsk;
use super::ownership::Own;
use super::{Refusal, ServiceError};
use crate::app::App;

/// Who judges here.
const BY: Party = Party::Merchant;

impl App {
    /// Approves a cancel.
    pub async fn approve_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Approve(Approve { by: BY, at: context.at })).await
    }

    /// Accepts a return.
    pub async fn accept_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Accept(Accept { by: BY, at: context.at })).await
    }

    /// Refuses a claim.
    pub async fn reject_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
        refusal: value::Refusal,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Reject(Reject { refusal, by: BY, at: context.at })).await
    }

    /// Notes what the inspection of returned goods found.
    pub async fn inspect_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
        result: Inspection,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Inspect(Inspect { result, at: context.at })).await
    }

    /// Lets a return wait (보류).
    pub async fn hold_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
        reason: HoldReason,
        due: Timestamp,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Hold(Hold { reason, due, at: context.at })).await
    }

    /// Lets a return go on.
    pub async fn resume_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Claim>(context, &own, Command::Resume(Resume { at: context.at })).await
    }

    /// Cancels pieces of a merchant's own lines that it can't supply (품절). Where the claim would wait for the
    /// merchant's word, this is that word.
    pub async fn cancel_own_lines(
        &self,
        context: &Context,
        own: Own<OrderId>,
        claim: ClaimId,
        lines: Vec<LineQuantity>,
    ) -> Result<Outcome, ServiceError> {
        self.check_lines(own.merchant, own.id, &lines).await?;
        let ask = ClaimAsk {
            claim,
            order: own.id,
            kind: ClaimKind::Cancel,
            pieces: ClaimablePieces::Unconfirmed,
            lines,
            reason: Reason::OutOfStock,
            by: BY,
            merchant: Some(own.merchant),
        };
        let requested = self.request_claim(context, &ask).await?;
        let context = context.step("approval");
        if let Some(approved) = self.log.replay::<Claim>(&context, &claim).await? {
            return Ok(approved);
        }
        let phase = self.log.read::<Claim>(&claim).await?.state.phase();
        if phase == Some(Phase::Requested) {
            return self.approve_own_claim(&context, Own::of(own.merchant, claim)).await;
        }
        Ok(requested)
    }

    /// A line of another merchant is answered like one that isn't there, an order without own lines likewise.
    pub(super) async fn check_lines(
        &self,
        merchant: MerchantId,
        order: OrderId,
        asked: &[LineQuantity],
    ) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Order>(&order).await?.state;
        let own: Vec<_> = state
            .lines()
            .filter(|(placed, _)| placed.merchant == merchant)
            .map(|(placed, _)| placed.line)
            .collect();
        if own.is_empty() {
            return Err(Refusal::NotFound("order").into());
        }
        match asked.iter().find(|asked| !own.contains(&asked.line)) {
            Some(foreign) => Err(ServiceError::refused(order::Rejection::UnknownLine { line: foreign.line })),
            None => Ok(()),
        }
    }
}

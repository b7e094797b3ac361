//! Settling a claim that an order completed at a position: one commit on the open statement of each merchant of it.

use claim::Claim;
use claim::refund::RefundQuote;
use eventstore::{Context, Seq, StreamName};
use kernel::Quantity;
use kernel::id::{ClaimId, MerchantId, OrderId};
use order::event::{ClaimCompleted, Placed};
use order::{Event, Order};
use settlement::Command;
use settlement::claim_fee::ClaimFee;
use settlement::command::SettleClaim;
use settlement::reversal::ReturnedLine;

use super::agreement::{Agreement, key, tax};
use super::completion::{Confirmation, Returned, Share, shares};
use crate::app::App;
use crate::service::{Refusal, ServiceError};

/// What happened to an order up to a claim's completion.
pub(in crate::service) struct History {
    pub(in crate::service) placed: Placed,
    pub(in crate::service) confirmations: Vec<Confirmation>,
    pub(in crate::service) completed: ClaimCompleted,
}

impl App {
    /// Puts what a completed claim took back, and the fee that it left, onto its merchants' statements.
    pub async fn settle_claim(
        &self,
        context: &Context,
        (order, claim): (OrderId, ClaimId),
        position: Seq,
    ) -> Result<(), ServiceError> {
        let history = self.history(order, claim, position).await?;
        let quote = self.quote_of_claim(claim).await?;
        for (merchant, share) in shares(&history.completed, &quote, &history.confirmations) {
            self.settle_share(context, &history, (merchant, &share), position).await?;
        }
        Ok(())
    }

    /// What happened to an order up to the position at which it completed a claim.
    pub(in crate::service) async fn history(
        &self,
        order: OrderId,
        claim: ClaimId,
        until: Seq,
    ) -> Result<History, ServiceError> {
        let (mut placed, mut confirmations, mut completed) = (None, Vec::new(), None);
        let commits = self.log.store().load_latest(&StreamName::of::<Order>(&order), Seq(0)).await?;
        for commit in commits.iter().filter(|commit| commit.seq <= until) {
            for event in commit.decode::<Event>()? {
                if let Event::Placed(body) = event {
                    placed = Some(body);
                } else if let Event::LinesConfirmed(body) = event {
                    confirmations.push(Confirmation { position: commit.seq, body });
                } else if let Event::ClaimCompleted(body) = event {
                    completed = Some(body).filter(|body| body.claim == claim).or(completed);
                }
            }
        }
        let (placed, completed) = placed
            .zip(completed)
            .ok_or_else(|| ServiceError::Broken(format!("order {order} completed no claim {claim}")))?;
        Ok(History { placed, confirmations, completed })
    }

    async fn quote_of_claim(&self, claim: ClaimId) -> Result<RefundQuote, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        Ok(state.case().ok_or(Refusal::NotFound("claim"))?.quote().clone())
    }

    async fn settle_share(
        &self,
        context: &Context,
        history: &History,
        (merchant, share): (MerchantId, &Share<'_>),
        position: Seq,
    ) -> Result<(), ServiceError> {
        let History { placed, completed, .. } = history;
        let agreement = self.agreement(&placed.mall, merchant, placed.at).await?;
        let returned = share.returned.iter().map(|returned| taken_back(&agreement, completed, returned));
        let returned = returned.collect::<Result<Vec<_>, _>>()?;
        let fee = fee(history, merchant, share)?;
        if returned.is_empty() && fee.is_none() {
            return Ok(());
        }
        let heading = agreement.heading(placed.mall.clone(), placed.currency, completed.at);
        let (cites, at) = (position.0, context.at);
        let settle = move |statement, heading| {
            let (returned, fee) = (returned.clone(), fee.clone());
            Command::SettleClaim(SettleClaim { statement, heading, returned, fee, cites, at })
        };
        self.in_open_statement(context, heading, agreement.cycle(), settle).await
    }
}

/// Pieces of one accrued item that came back.
pub(super) fn taken_back(
    agreement: &Agreement,
    completed: &ClaimCompleted,
    returned: &Returned<'_>,
) -> Result<ReturnedLine, ServiceError> {
    let Returned { confirmation, line, pieces } = *returned;
    let ClaimCompleted { order, claim, at, .. } = *completed;
    Ok(ReturnedLine {
        item: key(format!("{order}/{}/{}/claim/{claim}", line.line, pieces.first))?,
        original: agreement.item(&confirmation.body, line, confirmation.position.0)?,
        first_piece: pieces.first.saturating_sub(line.first_piece),
        pieces: Quantity::new(pieces.count).map_err(|error| ServiceError::Broken(error.to_string()))?,
        basis_at: at,
    })
}

/// The fee that a claim leaves with a merchant; none where nothing stays and nothing goes back.
fn fee(history: &History, merchant: MerchantId, share: &Share<'_>) -> Result<Option<ClaimFee>, ServiceError> {
    if share.fee.is_zero() {
        return Ok(None);
    }
    let ClaimCompleted { order, claim, at, .. } = history.completed;
    Ok(Some(ClaimFee {
        item: key(format!("{order}/claim/{claim}"))?,
        order,
        tax: tax(is_taxable(history, merchant)),
        amount: share.fee,
        basis_at: at,
    }))
}

/// A fee is taxed like the goods that travel for it: tax free only with nothing but tax-free ones.
fn is_taxable(history: &History, merchant: MerchantId) -> bool {
    let claimed = history.completed.lines.iter().filter(|line| line.merchant == merchant);
    let of = |number| history.placed.lines.iter().find(|placed| placed.line == number);
    claimed.filter_map(|claimed| of(claimed.line)).any(|placed| placed.taxable)
}

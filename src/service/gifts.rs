//! Gifts (선물하기): what a recipient without an account sees of one and does with it, and cancelling what nobody accepted.
//!
//! Who has a gift's token is its recipient. Never here: which of two that come at once counts (the order says that), or the
//! buyer's data beyond the name they wrote on the card.

use std::collections::BTreeSet;
use std::sync::Arc;

use claim::value::{Party, Reason};
use eventstore::{CommandError, Context, Outcome};
use kernel::id::{ClaimId, MerchantId, OrderId};
use kernel::{Price, Quantity, Rejection as _, Sealed};
use order::Order;
use order::command::{AcceptGift, DeclineGift};
use order::state::Gift;
use order::value::{ClaimKind, ClaimablePieces, LineQuantity};
use shipping::DeliveryPolicy;
use shipping::delivery_policy::PolicyId;

use super::claims::ClaimAsk;
use super::personal::{GiftCard, Recipient};
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::credential::GiftToken;
use crate::ids;

/// How often something is tried anew because the order changed meanwhile.
const MAX_TRIES: u32 = 16;

/// A gift as its recipient may know it.
#[derive(Debug, Clone)]
pub struct KnownGift {
    /// Its order.
    pub order: Arc<order::State>,
    /// What its buyer says of it.
    pub card: GiftCard,
}

/// Where a gift's recipient wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftDestination {
    /// Who receives it, and where.
    pub recipient: Recipient,
    /// A word to the carrier.
    pub memo: Option<String>,
}

impl App {
    /// The token of an order's gift.
    pub fn gift_token(&self, order: OrderId) -> GiftToken {
        GiftToken::of(&self.secrets.token, order)
    }

    /// The order of a gift's token. A wrong one is answered like that of a gift that isn't there.
    pub fn order_of_gift(&self, token: &str) -> Result<OrderId, ServiceError> {
        let read = GiftToken::read(&self.secrets.token, token);
        Ok(read.map_err(|_| Refusal::NotFound("gift"))?.order())
    }

    /// A gift that was paid for; none once its buyer's data are gone for good.
    pub async fn gift(&self, order: OrderId) -> Result<KnownGift, ServiceError> {
        let order = self.log.read_latest::<Order>(&order).await?.state;
        let card = match order.placed().filter(|_| order.paid_at().is_some()) {
            Some(placed) => match &placed.gift {
                Some(gift) => self.opened(placed.member, &gift.card).await?,
                None => None,
            },
            None => None,
        };
        Ok(KnownGift { order, card: card.ok_or(Refusal::NotFound("gift"))? })
    }

    /// Accepts a gift for its recipient. Where it was accepted with the very same before, it is already so.
    pub async fn accept_gift(
        &self,
        context: &Context,
        order: OrderId,
        destination: &GiftDestination,
    ) -> Result<Outcome, ServiceError> {
        if let Some(outcome) = self.log.replay::<Order>(context, &order).await? {
            return Ok(outcome);
        }
        for _ in 0..MAX_TRIES {
            let KnownGift { order: state, .. } = self.gift(order).await?;
            let before = matches!(state.gift(), Some(Gift::Accepted(_)));
            let accept = self.acceptance(context, &state, destination).await?;
            match self.log.execute::<Order>(context, &order, order::Command::AcceptGift(accept)).await {
                // Somebody accepted it at this very moment, perhaps with the same.
                Err(CommandError::Rejected(reason))
                    if !before && reason.code() == order::Rejection::GiftAccepted.code() => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(CommandError::Contended { attempts: MAX_TRIES }.into())
    }

    /// The acceptance, sealed; as it stands in the log where it says the same.
    async fn acceptance(
        &self,
        context: &Context,
        order: &order::State,
        destination: &GiftDestination,
    ) -> Result<AcceptGift, ServiceError> {
        let member = order.member().ok_or(Refusal::NotFound("gift"))?;
        let at = context.at;
        if let Some(Gift::Accepted(accepted)) = order.gift() {
            let recipient = self.opened(member, &accepted.recipient).await?;
            let memo = match &accepted.memo {
                Some(memo) => self.opened(member, memo).await?,
                None => None,
            };
            let same = recipient.is_some_and(|recipient| GiftDestination { recipient, memo } == *destination);
            if same {
                let (recipient, memo) = (accepted.recipient.clone(), accepted.memo.clone());
                return Ok(AcceptGift { recipient, memo, at });
            }
        }
        if let Some(Gift::Waiting { .. }) = order.gift() {
            self.check_reach(order, &destination.recipient.postal_code).await?;
        }
        let recipient = self.vault.seal(member.0, &destination.recipient).await?;
        let memo: Option<Sealed> = match &destination.memo {
            Some(memo) => Some(self.vault.seal(member.0, memo).await?),
            None => None,
        };
        Ok(AcceptGift { recipient, memo, at })
    }

    /// Refuses an address where a merchant who still has something to send asks for a surcharge: nobody has paid it.
    async fn check_reach(&self, order: &order::State, postal_code: &str) -> Result<(), ServiceError> {
        let mall = self.mall(order.mall().ok_or(Refusal::NotFound("gift"))?)?;
        let area = mall.remote_areas.of(postal_code);
        for group in order.groups().iter().filter(|group| order.remaining(group.group).pieces > 0) {
            let policy = PolicyId { merchant: group.merchant, mall: mall.mall.clone() };
            let policy = self.log.read_latest::<DeliveryPolicy>(&policy).await?.state;
            if policy.remote_surcharges().of(area) != Price::ZERO {
                return Err(Refusal::GiftToRemoteArea.into());
            }
        }
        Ok(())
    }

    /// Declines a gift for its recipient.
    pub async fn decline_gift(&self, context: &Context, order: OrderId) -> Result<Outcome, ServiceError> {
        self.gift(order).await?;
        let decline = order::Command::DeclineGift(DeclineGift { at: context.at });
        Ok(self.log.execute::<Order>(context, &order, decline).await?)
    }

    /// What a gift's buyer wrote to its recipient, for a merchant who sends a part of it; nothing before it is paid.
    pub async fn gift_message(&self, order: OrderId) -> Result<Option<String>, ServiceError> {
        match self.gift(order).await {
            Ok(known) => Ok(known.card.message),
            Err(ServiceError::Command(CommandError::Rejected(_))) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Cancels what is left of a gift that nobody accepted: a claim for each merchant, as if all of it were cancelled.
    pub async fn cancel_gift(&self, context: &Context, order: OrderId) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Order>(&order).await?.state;
        for merchant in state.groups().iter().map(|group| group.merchant).collect::<BTreeSet<_>>() {
            self.cancel_gift_of(&context.step(&merchant.to_string()), order, merchant).await?;
        }
        Ok(())
    }

    async fn cancel_gift_of(
        &self,
        context: &Context,
        order: OrderId,
        merchant: MerchantId,
    ) -> Result<(), ServiceError> {
        for _ in 0..MAX_TRIES {
            let state = self.log.read_latest::<Order>(&order).await?.state;
            let lines = left_of(&state, merchant);
            if lines.is_empty() {
                return Ok(());
            }
            match self.request_claim(context, &ask(order, merchant, lines)).await {
                Err(ServiceError::Command(CommandError::Rejected(reason))) if took_pieces(reason.code()) => {}
                outcome => return outcome.map(drop),
            }
        }
        Err(CommandError::Contended { attempts: MAX_TRIES }.into())
    }
}

/// The pieces of a merchant's lines that can still be cancelled.
fn left_of(order: &order::State, merchant: MerchantId) -> Vec<LineQuantity> {
    let own = order.lines().filter(|(placed, _)| placed.merchant == merchant);
    let left = own.filter_map(|(placed, _)| {
        let quantity = Quantity::new(order.claimable(ClaimKind::Cancel, placed.line)).ok()?;
        Some(LineQuantity { line: placed.line, quantity })
    });
    left.collect()
}

/// A claim under the one name that there is for a merchant's part of a gift.
fn ask(order: OrderId, merchant: MerchantId, lines: Vec<LineQuantity>) -> ClaimAsk {
    ClaimAsk {
        claim: ClaimId(ids::derived(&["gift", &order.to_string(), &merchant.to_string()])),
        order,
        kind: ClaimKind::Cancel,
        pieces: ClaimablePieces::Unconfirmed,
        lines,
        reason: Reason::GiftNotAccepted,
        by: Party::System,
        merchant: None,
    }
}

/// Whether an order refuses a claim because another one took pieces since it was looked at.
fn took_pieces(code: &str) -> bool {
    matches!(code, "claimed" | "not_enough" | "not_paid")
}

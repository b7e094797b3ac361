//! A shopper's own orders and claims: buying, paying, cancelling, confirming, claiming.
//!
//! What isn't theirs is refused like what isn't there. Never here: what the others may do with an order.

use std::sync::Arc;

use claim::Claim;
use claim::value::Party;
use eventstore::{Batch, Context, Outcome, Seq};
use kernel::id::{ClaimId, CommandId, MemberId, OrderId, PaymentId};
use kernel::{Currency, MallId, Timestamp};
use order::cart::Purchase;
use order::quote::Quote;
use order::state::Phase;
use order::{Order, Rejection};
use payment::Payment;

use super::checkout::{Checkout, PlacedOrder};
use super::claims::ClaimAsk;
use super::payments::{Means, Paying};
use super::quoting::{CarrierQuotes, Item, Wish};
use super::redemption::{Buyer, Redemption};
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::ids;

/// A thing that a shopper calls their own, at the version that they saw.
#[derive(Debug, Clone, Copy)]
pub struct Own<T> {
    /// Who says so.
    pub member: MemberId,
    /// What.
    pub id: T,
    /// The version that it must still have; none where any will do.
    pub seen: Option<Seq>,
}

/// What buying came to.
#[derive(Debug, Clone)]
pub enum Buying {
    /// The order is placed.
    Placed(PlacedOrder),
    /// The very cart was bought before, and is this order.
    BoughtBefore(OrderId),
}

/// What a shopper wants quoted.
#[derive(Debug, Clone, Default)]
pub struct QuoteAsk {
    /// What to buy; nothing is everything in the cart.
    pub items: Vec<Item>,
    /// What is redeemed for it.
    pub redemption: Redemption,
    /// The postal code that it goes to, once known.
    pub postal_code: Option<String>,
}

impl App {
    /// What an order of the items named would come to, or of the whole cart where none is.
    pub async fn quote_own(
        &self,
        member: MemberId,
        mall: &MallId,
        ask: QuoteAsk,
        at: Timestamp,
    ) -> Result<Quote, ServiceError> {
        let QuoteAsk { mut items, redemption, postal_code } = ask;
        if items.is_empty() {
            (items, _) = self.whole_cart(member, mall).await?;
        }
        let buyer = Buyer { member, order: OrderId(ids::fresh()) };
        let wish = Wish {
            buyer,
            items: &items,
            redemption: &redemption,
            carrier_quotes: &CarrierQuotes::new(),
            postal_code: postal_code.as_deref(),
        };
        self.quote(self.mall(mall)?, &wish, at).await
    }

    /// Places a shopper's order of the items named, or of the whole cart where none is. What was bought leaves the cart; a
    /// cart is bought once, however often that is submitted.
    pub async fn buy(
        &self,
        context: &Context,
        currency: Currency,
        mut wish: Checkout,
    ) -> Result<Buying, ServiceError> {
        let expected = self.mall(&wish.mall)?.currency;
        if currency != expected {
            return Err(Refusal::OtherCurrency { expected, found: currency }.into());
        }
        if wish.items.is_empty() {
            (wish.items, wish.cart) = self.whole_cart(wish.member, &wish.mall).await?;
        }
        let (member, mall, bought) = (wish.member, wish.mall.clone(), wish.items.clone());
        let cart = wish.cart;
        let placed = match self.checkout(context, wish).await {
            Ok(placed) => placed,
            Err(refused) => {
                let order = self.order_of_cart(cart).await?.ok_or(refused)?;
                // Whoever bought it may have stopped before it left the cart.
                if self.whole_cart(member, &mall).await?.1 == cart {
                    self.take_from_cart(context, member, &mall, &bought).await;
                }
                return Ok(Buying::BoughtBefore(order));
            }
        };
        // A repeated request finds its order, but the cart may hold the shopper's next one by now.
        if !placed.outcome.replayed {
            self.take_from_cart(context, member, &mall, &bought).await;
        }
        Ok(Buying::Placed(placed))
    }

    /// The order that a cart became before, if it did.
    async fn order_of_cart(&self, cart: Option<CommandId>) -> Result<Option<OrderId>, ServiceError> {
        let Some(cart) = cart else { return Ok(None) };
        Ok(*self.log.read_latest::<Purchase>(&cart).await?.state)
    }

    /// Pays a shopper's own order, as long as it awaits its payment.
    pub async fn pay_own_order(
        &self,
        context: &Context,
        own: Own<OrderId>,
        means: Means,
    ) -> Result<(PaymentId, Paying), ServiceError> {
        let state = self.own_order(own.member, own.id).await?;
        let payment = state.payment().ok_or(Refusal::NotFound("order"))?;
        // An order never awaits its payment once more, so that an older state of it says enough.
        if state.phase() != Phase::PendingPayment
            && self.log.replay::<Payment>(context, &payment).await?.is_none()
        {
            return Err(ServiceError::refused(Rejection::NotPending { phase: state.phase() }));
        }
        Ok((payment, self.pay(context, payment, means).await?))
    }

    /// Asks what became of the payment of a shopper's own order: they are back from where they were sent.
    pub async fn return_to_own_payment(
        &self,
        context: &Context,
        own: Own<OrderId>,
    ) -> Result<(PaymentId, Paying), ServiceError> {
        let payment =
            self.own_order(own.member, own.id).await?.payment().ok_or(Refusal::NotFound("order"))?;
        Ok((payment, self.pay_on_return(context, payment).await?))
    }

    /// Does something with a shopper's own order.
    pub async fn change_own_order(
        &self,
        context: &Context,
        own: Own<OrderId>,
        command: order::Command,
    ) -> Result<Outcome, ServiceError> {
        self.own_order(own.member, own.id).await?;
        let batch = match own.seen {
            Some(version) => Batch::new().at_version::<Order>(&own.id, version, command),
            None => Batch::new().with::<Order>(&own.id, command),
        };
        Ok(self.log.commit(context, batch).await?)
    }

    /// Requests a claim on a shopper's own order.
    pub async fn request_own_claim(
        &self,
        context: &Context,
        member: MemberId,
        ask: &ClaimAsk,
    ) -> Result<Outcome, ServiceError> {
        self.own_order(member, ask.order).await?;
        self.request_claim(context, ask).await
    }

    /// Takes a shopper's own claim back.
    pub async fn withdraw_own_claim(
        &self,
        context: &Context,
        own: Own<ClaimId>,
    ) -> Result<Outcome, ServiceError> {
        let claim = self.log.read_latest::<Claim>(&own.id).await?.state;
        if claim.member() != Some(own.member) {
            return Err(Refusal::NotFound("claim").into());
        }
        let withdraw = claim::command::Withdraw { by: Party::Shopper, at: context.at };
        let command = claim::Command::Withdraw(withdraw);
        let batch = match own.seen {
            Some(version) => Batch::new().at_version::<Claim>(&own.id, version, command),
            None => Batch::new().with::<Claim>(&own.id, command),
        };
        Ok(self.log.commit(context, batch).await?)
    }

    async fn own_order(&self, member: MemberId, order: OrderId) -> Result<Arc<order::State>, ServiceError> {
        // Whose it is never changes.
        let state = self.log.read_known::<Order>(&order).await?.state;
        if state.member() == Some(member) { Ok(state) } else { Err(Refusal::NotFound("order").into()) }
    }
}

//! Placing an order: one atomic append over the order, every stock, the coupons and points redeemed, and the payment.

use eventstore::{Batch, Context, Outcome};
use kernel::id::{CommandId, MemberId, OrderId, PaymentId};
use kernel::{Amount, MallId, Sealed, Timestamp};
use order::Order;
use order::cart::{Purchase, purchase};
use order::quote::Quote;
use order::value::Gift;
use payment::Payment;
use payment::value::{Method, Tender, TenderNo};
use product::{Stock, stock};

use super::personal::{GiftCard, Recipient};
use super::purchase_limits::{check_limits, limited_products, take_allowances};
use super::quoting::{CarrierQuotes, Item, Wish};
use super::redemption::{Buyer, Redemption, hold_redeemed};
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::malls::Mall;

/// A way to pay a part of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderAsk {
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Amount,
    /// Monthly instalments; 1 is at once.
    pub instalments: u16,
}

/// Who receives an order.
#[derive(Debug, Clone)]
pub enum Receiver {
    /// Somebody whose address the buyer knows.
    Recipient(Recipient),
    /// Somebody who is to say where it goes: it is a gift (선물하기).
    Gift(GiftCard),
}

impl From<Recipient> for Receiver {
    fn from(recipient: Recipient) -> Self {
        Self::Recipient(recipient)
    }
}

/// A wish to buy.
#[derive(Debug, Clone)]
pub struct Checkout {
    /// The order's id, made at the edge.
    pub order: OrderId,
    /// The payment's id, made at the edge.
    pub payment: PaymentId,
    /// Where.
    pub mall: MallId,
    /// Who buys.
    pub member: MemberId,
    /// Who receives it.
    pub receiver: Receiver,
    /// A word to the carrier.
    pub memo: Option<String>,
    /// What.
    pub items: Vec<Item>,
    /// The cart that the items are, where they are a whole one: named by the request that left it so.
    pub cart: Option<CommandId>,
    /// What is redeemed for it.
    pub redemption: Redemption,
    /// Carriers' quotes.
    pub carrier_quotes: CarrierQuotes,
    /// The total that the shopper saw.
    pub total: Amount,
    /// How it is paid; empty is one card for all of it.
    pub tenders: Vec<TenderAsk>,
}

/// An order was placed.
#[derive(Debug, Clone)]
pub struct PlacedOrder {
    /// The order.
    pub order: OrderId,
    /// Its payment.
    pub payment: PaymentId,
    /// What is to be paid.
    pub total: Amount,
    /// Until when.
    pub payment_due: Timestamp,
    /// Where it stands in the log.
    pub outcome: Outcome,
}

impl App {
    /// Places an order: order, stocks, coupons, points and payment, all or nothing.
    pub async fn checkout(&self, context: &Context, wish: Checkout) -> Result<PlacedOrder, ServiceError> {
        let (batch, payment_due) = match self.prepare(context, &wish).await {
            Ok(prepared) => prepared,
            // The same request again finds its order, whatever prices are now.
            Err(refused) => return self.placed_before(context, &wish).await?.ok_or(refused),
        };
        let outcome = self.log.commit(context, batch).await?;
        if outcome.replayed {
            let broken = || ServiceError::Broken(format!("order {} has no first outcome", wish.order));
            return self.placed_before(context, &wish).await?.ok_or_else(broken);
        }
        let (order, payment, total) = (wish.order, wish.payment, wish.total);
        Ok(PlacedOrder { order, payment, total, payment_due, outcome })
    }

    async fn prepare(&self, context: &Context, wish: &Checkout) -> Result<(Batch, Timestamp), ServiceError> {
        let mall = self.mall(&wish.mall)?;
        if wish.items.is_empty() {
            return Err(Refusal::NothingToBuy.into());
        }
        let quote = self.quote(mall, &wish.to_quote(), context.at).await?;
        check_limits(&quote)?;
        if quote.total != wish.total {
            return Err(Refusal::TotalChanged { seen: wish.total, now: quote.total }.into());
        }
        let payment_due = mall.payment_due(context.at);
        Ok((self.placement(context, mall, wish, quote).await?, payment_due))
    }

    async fn placed_before(
        &self,
        context: &Context,
        wish: &Checkout,
    ) -> Result<Option<PlacedOrder>, ServiceError> {
        let known = self.log.read_latest::<Order>(&wish.order).await?;
        let Some(placed) = known.state.placed() else { return Ok(None) };
        let (payment, total, payment_due) = (placed.payment, placed.total, placed.payment_due);
        let Some(outcome) = self.log.replay::<Order>(context, &wish.order).await? else { return Ok(None) };
        // The payment was the last of the batch, whose position is the first answer's.
        let last = self.log.replay::<Payment>(context, &payment).await?;
        let position = last.map_or(outcome.position, |last| last.position.max(outcome.position));
        let outcome = Outcome { position, ..outcome };
        Ok(Some(PlacedOrder { order: wish.order, payment, total, payment_due, outcome }))
    }

    async fn placement(
        &self,
        context: &Context,
        mall: &Mall,
        wish: &Checkout,
        quote: Quote,
    ) -> Result<Batch, ServiceError> {
        let at = context.at;
        let place = order::Command::Place(self.place(context, mall, wish, &quote).await?);
        let mut batch = Batch::new().create::<Order>(&wish.order, place);
        if let Some(cart) = &wish.cart {
            let buy = purchase::Buy { order: wish.order, at };
            batch = batch.create::<Purchase>(cart, purchase::Command::Buy(buy));
        }
        for line in &quote.lines {
            let reserve = stock::command::Reserve { order: wish.order, quantity: line.quantity, at };
            batch = batch.with::<Stock>(&line.sku, stock::Command::Reserve(reserve));
        }
        batch = take_allowances(batch, &quote, wish.buyer(), at);
        batch = hold_redeemed(batch, &wish.redemption, wish.buyer(), (&mall.mall, at))?;
        let request = payment::command::Request {
            payment: wish.payment,
            order: wish.order,
            mall: mall.mall.clone(),
            currency: mall.currency,
            member: wish.member,
            amount: wish.total,
            tenders: tenders(wish)?,
            expires_at: mall.payment_due(at),
            at,
        };
        Ok(batch.create::<Payment>(&wish.payment, payment::Command::Request(request)))
    }

    async fn place(
        &self,
        context: &Context,
        mall: &Mall,
        wish: &Checkout,
        quote: &Quote,
    ) -> Result<order::command::Place, ServiceError> {
        let memo = match &wish.memo {
            Some(memo) => Some(self.vault.seal(wish.member.0, memo).await?),
            None => None,
        };
        let (recipient, gift) = self.sealed_receiver(mall, wish).await?;
        Ok(order::command::Place {
            order: wish.order,
            mall: mall.mall.clone(),
            currency: mall.currency,
            member: wish.member,
            recipient,
            gift,
            memo,
            lines: quote.lines.clone(),
            groups: quote.groups.clone(),
            coupons: quote.coupons.clone(),
            limited: limited_products(quote),
            vat_rate: mall.stated_vat_rate(),
            payment: wish.payment,
            total: quote.total,
            payment_due: mall.payment_due(context.at),
            confirm_after_days: mall.confirm_after_days,
            at: context.at,
        })
    }

    /// Who receives it, or the gift that it is.
    async fn sealed_receiver(
        &self,
        mall: &Mall,
        wish: &Checkout,
    ) -> Result<(Option<Sealed>, Option<Gift>), ServiceError> {
        let person = wish.member.0;
        Ok(match &wish.receiver {
            Receiver::Recipient(recipient) => (Some(self.vault.seal(person, recipient).await?), None),
            Receiver::Gift(card) => {
                let card = self.vault.seal(person, card).await?;
                (None, Some(Gift { card, accept_within_days: mall.gift_accept_days }))
            }
        })
    }
}

impl Checkout {
    fn buyer(&self) -> Buyer {
        Buyer { member: self.member, order: self.order }
    }

    fn to_quote(&self) -> Wish<'_> {
        let Self { items, redemption, carrier_quotes, .. } = self;
        let postal_code = match &self.receiver {
            Receiver::Recipient(recipient) => Some(recipient.postal_code.as_str()),
            Receiver::Gift(_) => None,
        };
        Wish { buyer: self.buyer(), items, redemption, carrier_quotes, postal_code }
    }
}

/// The tenders asked for, or one card; they must add up to the total.
fn tenders(wish: &Checkout) -> Result<Vec<Tender>, Refusal> {
    let card = TenderAsk { method: Method::Card, amount: wish.total, instalments: 1 };
    let asked =
        if wish.tenders.is_empty() && !wish.total.is_zero() { vec![card] } else { wish.tenders.clone() };
    let found: Amount = asked.iter().map(|tender| tender.amount).sum();
    if found != wish.total {
        return Err(Refusal::TendersDiffer { expected: wish.total, found });
    }
    let numbered = (1_u16..).zip(asked);
    Ok(numbered
        .map(|(number, ask)| Tender {
            tender: TenderNo(number),
            method: ask.method,
            amount: ask.amount,
            instalments: ask.instalments,
        })
        .collect())
}

//! Quoting and placing an order: one atomic append over the order, every stock and the payment.

use std::collections::{BTreeMap, BTreeSet};

use eventstore::{Batch, Context, Outcome, ReadError};
use kernel::id::{MemberId, MerchantId, OrderId, PaymentId, ProductId, SkuId};
use kernel::{Amount, MallId, Price, Quantity, Timestamp};
use member::Merchant;
use order::Order;
use order::policy::LINES_MAX;
use order::quote::{self, DeliveryTerms, FeeRule, Quote, QuotedItem};
use order::value::Source;
use payment::Payment;
use payment::value::{Method, Tender, TenderNo};
use product::product::value::Tax;
use product::{Product, Stock, stock};
use shipping::DeliveryPolicy;
use shipping::delivery_policy::PolicyId;

use super::personal::Recipient;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::malls::Mall;

/// Something to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: Quantity,
    /// How the shopper came to it.
    pub source: Source,
}

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

/// Carriers' quotes, by merchant, for those whose delivery is quoted order by order.
pub type CarrierQuotes = BTreeMap<MerchantId, Price>;

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
    pub recipient: Recipient,
    /// A word to the carrier.
    pub memo: Option<String>,
    /// What.
    pub items: Vec<Item>,
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
    /// A mall by its name.
    pub fn mall(&self, mall: &MallId) -> Result<&Mall, ServiceError> {
        self.malls.get(mall).ok_or_else(|| Refusal::MallNotFound(mall.clone()).into())
    }

    /// What these items come to at an instant: the cart's page and checkout ask the same.
    pub async fn quote(
        &self,
        mall: &Mall,
        items: &[Item],
        carrier_quotes: &CarrierQuotes,
        at: Timestamp,
    ) -> Result<Quote, ServiceError> {
        if items.len() > LINES_MAX {
            return Err(ServiceError::refused(quote::Rejection::TooManyItems { found: items.len() }));
        }
        let mut priced = Vec::with_capacity(items.len());
        for item in items {
            priced.push(self.price(mall, item, at).await?);
        }
        self.quote_priced(mall, priced, carrier_quotes).await
    }

    /// What priced items come to with their delivery.
    pub(super) async fn quote_priced(
        &self,
        mall: &Mall,
        items: Vec<QuotedItem>,
        carrier_quotes: &CarrierQuotes,
    ) -> Result<Quote, ServiceError> {
        let mut terms = BTreeMap::new();
        for merchant in items.iter().map(|item| item.merchant).collect::<BTreeSet<_>>() {
            terms.insert(merchant, self.delivery_terms(mall, merchant, carrier_quotes).await?);
        }
        quote::quote(items, &terms).map_err(ServiceError::refused)
    }

    /// An item at its price now, if it is sold now.
    pub async fn price(&self, mall: &Mall, item: &Item, at: Timestamp) -> Result<QuotedItem, ServiceError> {
        Ok(self.offer(mall, item, at).await??)
    }

    /// An item at its price now, or why it isn't sold now.
    pub(super) async fn offer(
        &self,
        mall: &Mall,
        item: &Item,
        at: Timestamp,
    ) -> Result<Result<QuotedItem, Refusal>, ReadError> {
        let product = self.log.read::<Product>(&item.product).await?.state;
        let Some(merchant) = product.merchant() else { return Ok(Err(Refusal::NotOnSale(item.product))) };
        let merchant_trades = self.log.read::<Merchant>(&merchant).await?.state.trades();
        Ok(offered(mall, item, &product, at).and_then(|quoted| {
            if merchant_trades { Ok(quoted) } else { Err(Refusal::MerchantNotTrading(merchant)) }
        }))
    }

    /// Whether a merchant's delivery is quoted order by order in a mall.
    pub(super) async fn needs_quote(&self, mall: &Mall, merchant: MerchantId) -> Result<bool, ReadError> {
        let policy = PolicyId { merchant, mall: mall.mall.clone() };
        let fee = self.log.read::<DeliveryPolicy>(&policy).await?.state.fee();
        Ok(fee == shipping::delivery_policy::FeeRule::Quoted)
    }

    async fn delivery_terms(
        &self,
        mall: &Mall,
        merchant: MerchantId,
        carrier_quotes: &CarrierQuotes,
    ) -> Result<DeliveryTerms, ServiceError> {
        use shipping::delivery_policy::value::FeeRule as Policy;
        let policy = PolicyId { merchant, mall: mall.mall.clone() };
        let policy = self.log.read::<DeliveryPolicy>(&policy).await?.state;
        let fee = match policy.fee() {
            Policy::Free => FeeRule::Free,
            Policy::Fixed { fee } => FeeRule::Fixed { fee },
            Policy::FreeOver { fee, threshold } => FeeRule::FreeOver { fee, threshold },
            Policy::Quoted => {
                let quoted = carrier_quotes.get(&merchant).copied();
                FeeRule::Quoted { fee: quoted.ok_or(Refusal::DeliveryNotQuoted(merchant))? }
            }
        };
        Ok(DeliveryTerms { fee, return_fee: policy.return_fee() })
    }

    /// Places an order: order, stocks and payment, all or nothing.
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
        let quote = self.quote(mall, &wish.items, &wish.carrier_quotes, context.at).await?;
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
        let mut batch = Batch::new();
        let lines = quote.lines.clone();
        let place = self.place(context, mall, wish, quote).await?;
        batch = batch.create::<Order>(&wish.order, order::Command::Place(place));
        for line in lines {
            let reserve = stock::command::Reserve { order: wish.order, quantity: line.quantity, at };
            batch = batch.with::<Stock>(&line.sku, stock::Command::Reserve(reserve));
        }
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
        quote: Quote,
    ) -> Result<order::command::Place, ServiceError> {
        let memo = match &wish.memo {
            Some(memo) => Some(self.vault.seal(wish.member.0, memo).await?),
            None => None,
        };
        Ok(order::command::Place {
            order: wish.order,
            mall: mall.mall.clone(),
            currency: mall.currency,
            member: wish.member,
            recipient: self.vault.seal(wish.member.0, &wish.recipient).await?,
            memo,
            lines: quote.lines,
            groups: quote.groups,
            payment: wish.payment,
            total: quote.total,
            payment_due: mall.payment_due(context.at),
            confirm_after_days: mall.confirm_after_days,
            at: context.at,
        })
    }
}

/// What a product on sale says of an item.
fn offered(
    mall: &Mall,
    item: &Item,
    product: &product::product::State,
    at: Timestamp,
) -> Result<QuotedItem, Refusal> {
    let on_sale = product.is_on_sale() && product.mall() == Some(&mall.mall);
    let (Some(details), Some(merchant), true) = (product.details(), product.merchant(), on_sale) else {
        return Err(Refusal::NotOnSale(item.product));
    };
    let unknown = || Refusal::UnknownSku { product: item.product, sku: item.sku };
    let sku = product.sku(item.sku).ok_or_else(unknown)?;
    Ok(QuotedItem {
        merchant,
        product: item.product,
        sku: item.sku,
        name: details.name.clone(),
        options: sku.options.clone(),
        category: details.category.to_string(),
        taxable: details.tax == Tax::Taxable,
        quantity: item.quantity,
        unit_price: sku.price_at(at),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: item.source.clone(),
    })
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

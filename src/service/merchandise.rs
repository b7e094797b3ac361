//! What a merchant does with its own products and stock. Never here: drafting (see [`super::catalog`]), reviewing.

use eventstore::{Context, Outcome};
use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{Price, Quantity, Text};
use product::product::Command;
use product::product::command::{Discontinue, LimitPurchases, Resume, SetPrice, Submit, Suspend};
use product::product::value::{Party, PurchaseLimits, Sale};
use product::{Product, Stock, stock};

use super::ServiceError;
use super::ownership::Own;
use crate::app::App;

/// The most prices set by one request.
pub const BULK_PRICES_MAX: usize = 500;

/// A variant's new price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPrice {
    /// The variant.
    pub sku: SkuId,
    /// The list price, in minor units of the product's currency.
    pub price: Price,
    /// A lower price for a period.
    pub sale: Option<Sale>,
}

impl App {
    /// Hands a merchant's draft in for review.
    pub async fn submit_own_product(
        &self,
        context: &Context,
        own: Own<ProductId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Product>(context, &own, Command::Submit(Submit { at: context.at })).await
    }

    /// Takes a merchant's product off sale for now.
    pub async fn suspend_own_product(
        &self,
        context: &Context,
        own: Own<ProductId>,
        reason: Text<500>,
    ) -> Result<Outcome, ServiceError> {
        let suspend = Suspend { reason, by: Party::Merchant, at: context.at };
        self.act::<Product>(context, &own, Command::Suspend(suspend)).await
    }

    /// Puts a merchant's product back on sale.
    pub async fn resume_own_product(
        &self,
        context: &Context,
        own: Own<ProductId>,
    ) -> Result<Outcome, ServiceError> {
        let resume = Resume { by: Party::Merchant, at: context.at };
        self.act::<Product>(context, &own, Command::Resume(resume)).await
    }

    /// Takes a merchant's product off sale for good.
    pub async fn discontinue_own_product(
        &self,
        context: &Context,
        own: Own<ProductId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Product>(context, &own, Command::Discontinue(Discontinue { at: context.at })).await
    }

    /// Limits how many pieces of a merchant's product may be bought. What was bought while nothing limited what a member
    /// may buy isn't counted.
    pub async fn limit_own_purchases(
        &self,
        context: &Context,
        own: Own<ProductId>,
        limits: PurchaseLimits,
    ) -> Result<Outcome, ServiceError> {
        let limit = LimitPurchases { limits, at: context.at };
        self.act::<Product>(context, &own, Command::LimitPurchases(limit)).await
    }

    /// Sets the price of a variant of a merchant's product.
    pub async fn set_own_price(
        &self,
        context: &Context,
        own: Own<ProductId>,
        new: NewPrice,
    ) -> Result<Outcome, ServiceError> {
        let NewPrice { sku, price, sale } = new;
        let set = SetPrice { sku, price, sale, at: context.at };
        self.act::<Product>(context, &own, Command::SetPrice(set)).await
    }

    /// Sets many prices, each by itself: what became of each, in their order. The request notes itself first: under a
    /// name that was used for other prices nothing is done, and one that broke off goes on.
    pub async fn set_own_prices(
        &self,
        context: &Context,
        merchant: MerchantId,
        prices: &[(ProductId, NewPrice)],
    ) -> Result<Vec<Result<Outcome, ServiceError>>, ServiceError> {
        self.note_request(context).await?;
        let mut outcomes = Vec::with_capacity(prices.len());
        for (number, (product, new)) in prices.iter().enumerate() {
            let own = Own::of(merchant, *product);
            outcomes.push(self.set_own_price(&nth(context, number), own, *new).await);
        }
        Ok(outcomes)
    }

    /// Takes a merchant's goods in.
    pub async fn receive_own_stock(
        &self,
        context: &Context,
        own: Own<SkuId>,
        quantity: Quantity,
    ) -> Result<Outcome, ServiceError> {
        let receive = stock::command::Receive { quantity, at: context.at };
        self.act::<Stock>(context, &own, stock::Command::Receive(receive)).await
    }

    /// Corrects the count of a merchant's goods.
    pub async fn adjust_own_stock(
        &self,
        context: &Context,
        own: Own<SkuId>,
        delta: i64,
        reason: Text<200>,
    ) -> Result<Outcome, ServiceError> {
        let adjust = stock::command::Adjust { delta, reason, at: context.at };
        self.act::<Stock>(context, &own, stock::Command::Adjust(adjust)).await
    }
}

/// The n-th step of a request.
fn nth(context: &Context, number: usize) -> Context {
    context.step(&format!("price/{number}"))
}

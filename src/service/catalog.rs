//! Products and their stock: drafting opens a stock for each variant in the same append.

use eventstore::{Batch, Context, Outcome};
use kernel::id::{MerchantId, OperatorId, ProductId, SkuId};
use kernel::{MallId, Price, Quantity};
use member::Merchant;
use product::product::Command;
use product::product::command::{Approve, Draft, SetPrice, Submit};
use product::product::value::{Details, Sale};
use product::{Category, CategoryCode, Product, Stock, stock};

use super::{Refusal, ServiceError};
use crate::app::App;

impl App {
    /// Drafts a product with its stocks, all empty.
    #[expect(clippy::too_many_arguments, reason = "each is of its own type: none can be taken for another")]
    pub async fn draft_product(
        &self,
        context: &Context,
        product: ProductId,
        merchant: MerchantId,
        mall: &MallId,
        details: Details,
    ) -> Result<Outcome, ServiceError> {
        let currency = self.mall(mall)?.currency;
        // The same request again finds its product, whatever has changed since.
        if self.log.replay::<Product>(context, &product).await?.is_none() {
            self.check_category(&details.category).await?;
            self.check_trades(merchant).await?;
        }
        let at = context.at;
        let skus: Vec<SkuId> = details.skus.iter().map(|sku| sku.sku).collect();
        let draft = Draft { product, mall: mall.clone(), currency, merchant, details, at };
        let mut batch = Batch::new().create::<Product>(&product, Command::Draft(draft));
        for sku in skus {
            let open = stock::command::Open { sku, product, merchant, at };
            batch = batch.create::<Stock>(&sku, stock::Command::Open(open));
        }
        Ok(self.log.commit(context, batch).await?)
    }

    /// Products are classified only by categories in use; a "no" is answered only from what the leader has.
    pub(super) async fn check_category(&self, category: &CategoryCode) -> Result<(), ServiceError> {
        let is_active = self.log.read::<Category>(category).await?.state.is_active()
            || self.log.read_latest::<Category>(category).await?.state.is_active();
        if is_active { Ok(()) } else { Err(Refusal::UnknownCategory(category.to_string()).into()) }
    }

    /// Only who trades puts anything up; a "no" is answered only from what the leader has.
    pub(super) async fn check_trades(&self, merchant: MerchantId) -> Result<(), ServiceError> {
        let trades = self.log.read::<Merchant>(&merchant).await?.state.trades()
            || self.log.read_latest::<Merchant>(&merchant).await?.state.trades();
        if trades { Ok(()) } else { Err(Refusal::MerchantNotTrading(merchant).into()) }
    }

    /// Hands a draft in for review.
    pub async fn submit_product(
        &self,
        context: &Context,
        product: ProductId,
    ) -> Result<Outcome, ServiceError> {
        let submit = Command::Submit(Submit { at: context.at });
        Ok(self.log.execute::<Product>(context, &product, submit).await?)
    }

    /// Lets a reviewed product be sold.
    pub async fn approve_product(
        &self,
        context: &Context,
        product: ProductId,
        operator: OperatorId,
    ) -> Result<Outcome, ServiceError> {
        let approve = Command::Approve(Approve { operator, at: context.at });
        Ok(self.log.execute::<Product>(context, &product, approve).await?)
    }

    /// Sets a variant's price.
    #[expect(clippy::too_many_arguments, reason = "each is of its own type: none can be taken for another")]
    pub async fn set_price(
        &self,
        context: &Context,
        product: ProductId,
        sku: SkuId,
        price: Price,
        sale: Option<Sale>,
    ) -> Result<Outcome, ServiceError> {
        let set = Command::SetPrice(SetPrice { sku, price, sale, at: context.at });
        Ok(self.log.execute::<Product>(context, &product, set).await?)
    }

    /// Takes goods in.
    pub async fn receive_stock(
        &self,
        context: &Context,
        sku: SkuId,
        quantity: Quantity,
    ) -> Result<Outcome, ServiceError> {
        let receive = stock::Command::Receive(stock::command::Receive { quantity, at: context.at });
        Ok(self.log.execute::<Stock>(context, &sku, receive).await?)
    }
}

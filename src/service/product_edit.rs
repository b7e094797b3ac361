//! A merchant changes what it says about its product: all of it before review, the words once it has been on sale.
//!
//! Never here: which change a phase allows; the product says that.

use eventstore::{Batch, CommandError, Context, Folded, Outcome};
use kernel::Text;
use kernel::id::{ProductId, SkuId};
use product::product::command::{Describe, Edit};
use product::product::state::Phase;
use product::product::value::{Details, OptionAxis, Sku, Tax};
use product::product::{Command, State};
use product::{CategoryCode, Product, Stock, stock};

use super::ownership::Own;
use super::{Refusal, ServiceError};
use crate::app::App;

/// How often a change is made anew because the product changed meanwhile.
const MAX_ATTEMPTS: u32 = 16;

/// What changes in a product; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProductChange {
    /// The name.
    pub name: Option<Text<200>>,
    /// The description.
    pub description: NewDescription,
    /// The images, the main one first.
    pub images: Option<Vec<Text<500>>>,
    /// Its place in the standard classification.
    pub category: Option<CategoryCode>,
    /// How its price is taxed.
    pub tax: Option<Tax>,
    /// The choices of a shopper.
    pub axes: Option<Vec<OptionAxis>>,
    /// All variants. One whose merchant code is there already keeps its id; the id given is for a new one.
    pub skus: Option<Vec<Sku>>,
}

/// What becomes of a description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum NewDescription {
    /// It stays.
    #[default]
    Kept,
    /// There is none any more.
    Removed,
    /// Another one.
    Set(Text<10000>),
}

impl App {
    /// Changes a merchant's product. A new variant gets its stock, empty, in the same append.
    pub async fn edit_own_product(
        &self,
        context: &Context,
        own: Own<ProductId>,
        change: &ProductChange,
    ) -> Result<Outcome, ServiceError> {
        for _ in 0..MAX_ATTEMPTS {
            let product = self.owned::<Product>(&own).await?;
            if let Some(outcome) = self.log.replay::<Product>(context, &own.id).await? {
                return Ok(outcome);
            }
            let batch = self.edit_batch(context, own, change, &product).await?;
            match self.log.commit(context, batch).await {
                Err(CommandError::VersionMismatch { .. }) if own.seen.is_none() => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(CommandError::Contended { attempts: MAX_ATTEMPTS }.into())
    }

    async fn edit_batch(
        &self,
        context: &Context,
        own: Own<ProductId>,
        change: &ProductChange,
        product: &Folded<Product>,
    ) -> Result<Batch, ServiceError> {
        let now = product.state.details().ok_or(Refusal::NotFound("product"))?;
        if let Some(category) = &change.category {
            self.check_category(category).await?;
        }
        let details = change.applied_to(now);
        let opened: Vec<SkuId> = new_skus(&details, now);
        let command = command(&product.state, change, details, context);
        let version = own.seen.unwrap_or(product.version);
        let mut batch = Batch::new().at_version::<Product>(&own.id, version, command);
        for sku in opened {
            let (product, merchant, at) = (own.id, own.merchant, context.at);
            let open = stock::command::Open { sku, product, merchant, at };
            batch = batch.create::<Stock>(&sku, stock::Command::Open(open));
        }
        Ok(batch)
    }
}

/// Words alone can change on sale; everything else is an edit, which the product refuses once it was reviewed.
fn command(state: &State, change: &ProductChange, details: Details, context: &Context) -> Command {
    let at = context.at;
    match state.phase() {
        Some(Phase::OnSale | Phase::Suspended { .. }) if change.is_of_words_only() => {
            let Details { name, description, images, .. } = details;
            Command::Describe(Describe { name, description, images, at })
        }
        Some(
            Phase::Draft
            | Phase::InReview
            | Phase::Rejected { .. }
            | Phase::OnSale
            | Phase::Suspended { .. }
            | Phase::Discontinued,
        )
        | None => Command::Edit(Edit { details, at }),
    }
}

fn new_skus(details: &Details, before: &Details) -> Vec<SkuId> {
    let known = |sku: &Sku| before.skus.iter().any(|one| one.sku == sku.sku);
    details.skus.iter().filter(|sku| !known(sku)).map(|sku| sku.sku).collect()
}

impl ProductChange {
    const fn is_of_words_only(&self) -> bool {
        self.category.is_none() && self.tax.is_none() && self.axes.is_none() && self.skus.is_none()
    }

    fn applied_to(&self, now: &Details) -> Details {
        let same_code = |code: &Text<64>| now.skus.iter().find(|sku| sku.merchant_code == *code);
        let keep_id = |sku: &Sku| {
            let id = same_code(&sku.merchant_code).map_or(sku.sku, |before| before.sku);
            Sku { sku: id, ..sku.clone() }
        };
        let skus = self.skus.as_ref().map(|skus| skus.iter().map(keep_id).collect());
        Details {
            name: self.name.clone().unwrap_or_else(|| now.name.clone()),
            description: self.description.applied_to(now),
            category: self.category.clone().unwrap_or_else(|| now.category.clone()),
            axes: self.axes.clone().unwrap_or_else(|| now.axes.clone()),
            skus: skus.unwrap_or_else(|| now.skus.clone()),
            tax: self.tax.unwrap_or(now.tax),
            images: self.images.clone().unwrap_or_else(|| now.images.clone()),
        }
    }
}

impl NewDescription {
    fn applied_to(&self, now: &Details) -> Option<Text<10000>> {
        match self {
            Self::Kept => now.description.clone(),
            Self::Removed => None,
            Self::Set(text) => Some(text.clone()),
        }
    }
}

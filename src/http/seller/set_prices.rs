//! `POST /seller/v1/bulk/prices`: many prices at once, each by itself, with an answer per item.

use axum::extract::State;
use eventstore::{Outcome, Seq};
use kernel::Price;
use kernel::id::{ProductId, SkuId};
use product::product::value::Sale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::product::SaleNamed;
use crate::app::App;
use crate::http::{Json, MerchantCaller, Position, Problem, Write};
use crate::service::ServiceError;
use crate::service::merchandise::{BULK_PRICES_MAX, NewPrice};

/// Prices to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkPrices {
    /// 1 to 500 of them, set in this order.
    items: Vec<BulkPrice>,
}

/// One price to set.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkPrice {
    /// The product.
    #[schema(value_type = Uuid)]
    product: ProductId,
    /// The variant.
    #[schema(value_type = Uuid)]
    sku: SkuId,
    /// The list price, in minor units of the product's currency.
    #[schema(value_type = i64, minimum = 0)]
    price_minor: Price,
    /// A lower price for a period; without it there is none.
    sale: Option<SaleNamed>,
}

/// What became of each price, in the order they were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkPricesSet {
    /// One for each.
    pub items: Vec<BulkPriceSet>,
}

/// What became of one price.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkPriceSet {
    /// The product.
    pub product: Uuid,
    /// The variant.
    pub sku: Uuid,
    /// The status that setting this price alone would have had.
    #[schema(example = 200)]
    pub status: u16,
    /// The position in the log, where it is set.
    pub position: Option<u64>,
    /// The code of the problem, where it isn't.
    pub code: Option<String>,
    /// What is wrong with it, where it isn't.
    pub detail: Option<String>,
}

/// Set many prices. One that can't be set keeps no other from being set.
#[utoipa::path(
    post,
    path = "/bulk/prices",
    request_body = BulkPrices,
    responses((status = 200, body = BulkPricesSet)),
)]
pub async fn set_prices(
    State(app): State<App>,
    caller: MerchantCaller,
    write: Write<BulkPrices>,
) -> Result<(Position, Json<BulkPricesSet>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let items = write.body.items;
    if items.is_empty() || items.len() > BULK_PRICES_MAX {
        let detail = format!("1 to {BULK_PRICES_MAX} prices are set at once");
        return Err(Problem::invalid("/items", "invalid", detail));
    }
    let prices: Vec<_> = items.into_iter().map(wanted).collect();
    let outcomes = app.set_own_prices(&context, caller.merchant, &prices).await?;
    let last = outcomes.iter().flatten().map(|outcome| outcome.position).max();
    let items =
        prices.into_iter().zip(outcomes).map(|((product, new), outcome)| set(product, new.sku, outcome));
    Ok((Position(last.unwrap_or(Seq(0))), Json(BulkPricesSet { items: items.collect() })))
}

fn wanted(item: BulkPrice) -> (ProductId, NewPrice) {
    let BulkPrice { product, sku, price_minor: price, sale } = item;
    (product, NewPrice { sku, price, sale: sale.map(Sale::from) })
}

fn set(product: ProductId, sku: SkuId, outcome: Result<Outcome, ServiceError>) -> BulkPriceSet {
    let (product, sku) = (product.0, sku.0);
    match outcome.map_err(Problem::from) {
        Ok(outcome) => {
            let position = Some(outcome.position.0);
            BulkPriceSet { product, sku, status: 200, position, code: None, detail: None }
        }
        Err(problem) => {
            let (code, detail) = (Some(problem.code().to_owned()), Some(problem.detail().to_owned()));
            BulkPriceSet { product, sku, status: problem.status().as_u16(), position: None, code, detail }
        }
    }
}

//! `GET /storefront/v1/malls/{mall}/products/{product}`: the product page.
//!
//! It has no `ETag`: what can be bought at which price changes with the stock and the hour, not with the product alone.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::ProductId;
use product::product::OptionAxis;
use projections::Projection;
use projections::catalog::Catalog;
use projections::catalog::query::{self, ProductPage, SkuOffer};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::purchase_limits::PurchaseLimitsNamed;
use crate::http::{Json, NotBefore, Path, Problem};

/// A product on sale.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductPageView {
    /// The product.
    product: Uuid,
    /// Its name.
    name: String,
    /// Its description.
    description: Option<String>,
    /// Who sells it.
    merchant: Uuid,
    /// The merchant's name.
    merchant_name: String,
    /// Its standard category.
    category: String,
    /// The currency of its prices.
    currency: String,
    /// `taxable` or `tax_free`.
    tax: String,
    /// The choices to make.
    axes: Vec<AxisView>,
    /// Its variants.
    skus: Vec<SkuView>,
    /// Its images, the main one first.
    images: Vec<String>,
    /// How many pieces may be bought.
    purchase_limits: PurchaseLimitsNamed,
    /// Whether any variant can be bought now.
    in_stock: bool,
    /// Pieces sold so far.
    sold: i64,
    /// When it first went on sale.
    on_sale_since: DateTime<Utc>,
}

/// A choice to make.
#[derive(Debug, Serialize, ToSchema)]
pub struct AxisView {
    /// What is chosen.
    name: String,
    /// What there is to choose from.
    values: Vec<String>,
}

/// A variant of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkuView {
    /// The variant.
    sku: Uuid,
    /// One value for each choice.
    options: Vec<String>,
    /// What a piece costs now.
    price_minor: i64,
    /// The list price; above `price_minor` while a sale lowers it.
    list_price_minor: i64,
    /// When the running sale ends.
    sale_until: Option<DateTime<Utc>>,
    /// How many pieces can be bought now.
    available: i64,
}

/// Show a product.
#[utoipa::path(
    get,
    path = "/malls/{mall}/products/{product}",
    security(()),
    params(("mall" = String, Path), ("product" = Uuid, Path)),
    responses((status = 200, body = ProductPageView)),
)]
pub async fn show_product_page(
    State(app): State<App>,
    Path((mall, product)): Path<(MallId, ProductId)>,
    not_before: NotBefore,
) -> Result<Json<ProductPageView>, Problem> {
    let mall = &app.mall(&mall)?.mall;
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let page = query::product_page(&app.pool, mall, product, app.clock.now()).await?;
    Ok(Json(page.ok_or_else(Problem::not_found)?.into()))
}

impl From<ProductPage> for ProductPageView {
    fn from(page: ProductPage) -> Self {
        Self {
            product: page.product,
            name: page.name,
            description: page.description,
            merchant: page.merchant,
            merchant_name: page.merchant_name,
            category: page.category,
            currency: page.currency,
            tax: page.tax,
            axes: page.axes.0.into_iter().map(Into::into).collect(),
            skus: page.skus.into_iter().map(Into::into).collect(),
            images: page.images,
            purchase_limits: page.purchase_limits.0.into(),
            in_stock: page.in_stock,
            sold: page.sold,
            on_sale_since: page.on_sale_since,
        }
    }
}

impl From<OptionAxis> for AxisView {
    fn from(axis: OptionAxis) -> Self {
        Self { name: axis.name.into(), values: axis.values.into_iter().map(Into::into).collect() }
    }
}

impl From<SkuOffer> for SkuView {
    fn from(sku: SkuOffer) -> Self {
        Self {
            sku: sku.sku,
            options: sku.options,
            price_minor: sku.price_minor,
            list_price_minor: sku.list_price_minor,
            sale_until: sku.sale_until,
            available: sku.available,
        }
    }
}

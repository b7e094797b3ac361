//! `POST /seller/v1/products`: beginning a product.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::ProductId;
use kernel::{MallId, Text};
use product::product::value::{Details, OptionAxis};
use product::{CategoryCode, Product};
use serde::Deserialize;
use utoipa::ToSchema;

use super::product::{ProductOption, Taxation, VariantNamed, skus};
use crate::app::App;
use crate::http::{Json, MerchantCaller, Position, Problem, Version, Write, Written};

/// A product to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductDraft {
    /// The mall that sells it.
    #[schema(value_type = String, example = "main")]
    mall: MallId,
    /// The name that shoppers see, at most 200 characters.
    #[schema(value_type = String, max_length = 200)]
    name: Text<200>,
    /// The long description, at most 10,000 characters.
    #[schema(value_type = Option<String>, max_length = 10_000)]
    description: Option<Text<10000>>,
    /// Its standard category; see `/categories`.
    #[schema(value_type = String, max_length = 64)]
    category: CategoryCode,
    /// How its price is taxed.
    tax: Taxation,
    /// The choices of a shopper: at most 3.
    #[serde(default)]
    options: Vec<ProductOption>,
    /// Its variants: 1 to 200.
    skus: Vec<VariantNamed>,
    /// Addresses of images, the main one first: at most 20.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    images: Vec<Text<500>>,
}

/// Begin a product. Each variant gets a stock, which is empty.
#[utoipa::path(
    post,
    path = "/products",
    request_body = ProductDraft,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`merchant_not_trading`"),
        (status = 422, description = "`unknown_category`, `product_no_skus`, `product_options_mismatch`, …"),
    ),
)]
pub async fn draft_product(
    State(app): State<App>,
    caller: MerchantCaller,
    write: Write<ProductDraft>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let product = ProductId(write.derive(&caller.actor(), "product"));
    let (draft, named) = write.into_parts();
    let details = Details {
        name: draft.name,
        description: draft.description,
        category: draft.category,
        axes: draft.options.into_iter().map(OptionAxis::from).collect(),
        skus: skus(draft.skus, &named, &caller),
        tax: draft.tax.into(),
        images: draft.images,
    };
    let outcome = app.draft_product(&context, product, caller.merchant, &draft.mall, details).await?;
    Ok((StatusCode::CREATED, Written::reply::<Product>(&product, product.0, &outcome)))
}

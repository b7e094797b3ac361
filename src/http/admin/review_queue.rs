//! `GET /admin/v1/products/review-queue`: products that wait for review.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::catalog::{Catalog, query};
use projections::{Cursor, Projection};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{CatalogStaff, Json, NotBefore, Page, Paged, Problem};

/// A product that waits for review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductInReview {
    /// The product.
    product: Uuid,
    /// Its mall.
    mall: String,
    /// Its merchant.
    merchant: Uuid,
    /// Its name.
    name: String,
    /// The code of its standard category.
    category: String,
    /// The currency of its prices, ISO 4217.
    currency: String,
    /// Its main image.
    image: Option<String>,
    /// The lowest list price.
    price_min_minor: i64,
    /// The highest list price.
    price_max_minor: i64,
    /// Since when it waits.
    submitted_at: Option<DateTime<Utc>>,
    /// The product's version, for `If-Match`.
    version: i64,
}

impl From<query::SellerListing> for ProductInReview {
    fn from(row: query::SellerListing) -> Self {
        Self {
            product: row.product,
            mall: row.mall,
            merchant: row.merchant,
            name: row.name,
            category: row.category,
            currency: row.currency,
            image: row.image,
            price_min_minor: row.price_min_minor,
            price_max_minor: row.price_max_minor,
            submitted_at: row.submitted_at,
            version: row.position,
        }
    }
}

/// Products that wait for review, the longest waiting first.
#[utoipa::path(get, path = "/products/review-queue",
    security(("access_token" = ["catalog"])), responses((status = 200, body = Page<ProductInReview>)))]
pub async fn review_queue(
    State(app): State<App>,
    _: CatalogStaff,
    at_least: NotBefore,
    asked: Paged<Cursor>,
) -> Result<Json<Page<ProductInReview>>, Problem> {
    at_least.wait(&app.positions, &[Catalog::NAME]).await?;
    let page = query::review_queue(&app.pool, asked.after, asked.limit).await?;
    Page::of(page, ProductInReview::from).map(Json)
}

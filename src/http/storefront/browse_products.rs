//! `GET /storefront/v1/malls/{mall}/products`: the list of products, with facets, sorting and search.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::id::{DisplayCategoryId, MerchantId};
use kernel::{MallId, Price, Text};
use product::CategoryCode;
use projections::Projection;
use projections::catalog::Catalog;
use projections::catalog::query::{self, Facets, Listing, ListingCursor, ListingQuery, Shelf, Sort};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, Paged, Path, Problem, page};

/// The most merchants that one list is narrowed to.
const MERCHANTS_MAX: usize = 50;

/// Which products.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductFilter {
    /// Of a display category and all below it.
    #[param(value_type = Option<Uuid>)]
    shelf: Option<DisplayCategoryId>,
    /// Of a standard category and all below it, as the facet names it. Not together with `shelf`.
    #[param(value_type = Option<String>)]
    category: Option<CategoryCode>,
    /// Of these merchants, separated by commas.
    #[param(value_type = Option<String>)]
    merchant: Option<Merchants>,
    /// From this price on.
    #[param(value_type = Option<i64>, minimum = 0)]
    price_min_minor: Option<Price>,
    /// Up to this price.
    #[param(value_type = Option<i64>, minimum = 0)]
    price_max_minor: Option<Price>,
    /// Only what can be bought now; true unless said otherwise.
    in_stock: Option<bool>,
    /// Words to look for, in Korean or English; a typo is forgiven.
    #[param(value_type = Option<String>, max_length = 200)]
    text: Option<Text<200>>,
    /// In which order: the closest first where words are looked for, else the newest.
    #[param(inline)]
    sort: Option<ProductSort>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    /// The latest on sale first.
    Newest,
    /// The cheapest first.
    PriceAsc,
    /// The dearest first.
    PriceDesc,
    /// The most sold first.
    BestSelling,
    /// The closest to the words first.
    Relevance,
}

/// Merchants, separated by commas.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Merchants(Vec<MerchantId>);

impl TryFrom<String> for Merchants {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let ids: Result<Vec<MerchantId>, _> = text.split(',').map(str::parse).collect();
        let ids = ids.map_err(|_| "merchants are UUIDs, separated by commas".to_owned())?;
        if ids.len() > MERCHANTS_MAX {
            Err(format!("at most {MERCHANTS_MAX} merchants"))
        } else {
            Ok(Self(ids))
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductList {
    /// The products.
    items: Vec<ProductListing>,
    /// What the whole list is made of; with the first page only.
    facets: Option<ProductFacets>,
    /// What to send as `cursor` for the next page; null at the end.
    next_cursor: Option<String>,
}

/// A product as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductListing {
    /// The product.
    product: Uuid,
    /// Its name.
    name: String,
    /// Who sells it.
    merchant: Uuid,
    /// The merchant's name.
    merchant_name: String,
    /// Its standard category.
    category: String,
    /// Its main image.
    image: Option<String>,
    /// The currency of its prices.
    currency: String,
    /// Its lowest price now.
    price_min_minor: i64,
    /// Its highest price now.
    price_max_minor: i64,
    /// Its lowest list price; above `price_min_minor` while a sale lowers it.
    list_price_min_minor: i64,
    /// Whether it can be bought now.
    in_stock: bool,
    /// Pieces sold so far.
    sold: i64,
    /// When it first went on sale.
    on_sale_since: DateTime<Utc>,
}

/// How many products of the whole list fall where.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductFacets {
    /// By standard category, the most first.
    categories: Vec<CategoryFacet>,
    /// By merchant, the most first.
    merchants: Vec<MerchantFacet>,
    /// By price, the cheapest first.
    prices: Vec<PriceFacet>,
}

/// Products of a standard category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryFacet {
    /// Its code.
    category: String,
    /// How many.
    count: i64,
}

/// Products of a merchant.
#[derive(Debug, Serialize, ToSchema)]
pub struct MerchantFacet {
    /// Whose.
    merchant: Uuid,
    /// How many.
    count: i64,
}

/// Products of a price band.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceFacet {
    /// Its first price.
    from_minor: i64,
    /// The first price above it; null for the last band.
    until_minor: Option<i64>,
    /// How many.
    count: i64,
}

/// List products.
#[utoipa::path(
    get,
    path = "/malls/{mall}/products",
    security(()),
    params(
        ("mall" = String, Path),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query),
        ProductFilter,
    ),
    responses((status = 200, body = ProductList)),
)]
pub async fn browse_products(
    State(app): State<App>,
    Path(mall): Path<MallId>,
    not_before: NotBefore,
    paged: Paged<ListingCursor, ProductFilter>,
) -> Result<Json<ProductList>, Problem> {
    let mall = app.mall(&mall)?.mall.clone();
    let asked = question(ListingQuery::new(mall, app.clock.now()), paged)?;
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let found = query::search(&app.pool, &asked).await?;
    let next_cursor = found.next.as_ref().map(page::encode).transpose().map_err(Problem::internal)?;
    let items = found.items.into_iter().map(Into::into).collect();
    Ok(Json(ProductList { items, facets: found.facets.map(Into::into), next_cursor }))
}

fn question(
    everything: ListingQuery,
    paged: Paged<ListingCursor, ProductFilter>,
) -> Result<ListingQuery, Problem> {
    let Paged { limit, after: cursor, filter } = paged;
    let shelf = match (filter.shelf, filter.category) {
        (Some(shelf), None) => Some(Shelf::Display(shelf)),
        (None, Some(category)) => Some(Shelf::Standard(category)),
        (None, None) => None,
        (Some(_), Some(_)) => {
            let detail = "A list is of one `shelf` or of one `category`, not of both.";
            return Err(Problem::bad_request("bad_query", detail));
        }
    };
    let unsaid = if filter.text.is_some() { Sort::Relevance } else { Sort::Newest };
    Ok(ListingQuery {
        shelf,
        price_min_minor: filter.price_min_minor.map(Into::into),
        price_max_minor: filter.price_max_minor.map(Into::into),
        merchants: filter.merchant.unwrap_or_default().0,
        in_stock: filter.in_stock.unwrap_or(true),
        text: filter.text.map(Into::into),
        sort: filter.sort.map_or(unsaid, Into::into),
        limit,
        cursor,
        ..everything
    })
}

impl From<ProductSort> for Sort {
    fn from(sort: ProductSort) -> Self {
        match sort {
            ProductSort::Newest => Self::Newest,
            ProductSort::PriceAsc => Self::PriceAsc,
            ProductSort::PriceDesc => Self::PriceDesc,
            ProductSort::BestSelling => Self::BestSelling,
            ProductSort::Relevance => Self::Relevance,
        }
    }
}

impl From<Listing> for ProductListing {
    fn from(listing: Listing) -> Self {
        Self {
            product: listing.product,
            name: listing.name,
            merchant: listing.merchant,
            merchant_name: listing.merchant_name,
            category: listing.category,
            image: listing.image,
            currency: listing.currency,
            price_min_minor: listing.price_min_minor,
            price_max_minor: listing.price_max_minor,
            list_price_min_minor: listing.list_price_min_minor,
            in_stock: listing.in_stock,
            sold: listing.sold,
            on_sale_since: listing.on_sale_since,
        }
    }
}

impl From<Facets> for ProductFacets {
    fn from(facets: Facets) -> Self {
        let category = |(category, count)| CategoryFacet { category, count };
        let merchant = |(merchant, count)| MerchantFacet { merchant, count };
        let price = |band: query::PriceBand| PriceFacet {
            from_minor: band.from_minor,
            until_minor: band.until_minor,
            count: band.count,
        };
        Self {
            categories: facets.categories.into_iter().map(category).collect(),
            merchants: facets.merchants.into_iter().map(merchant).collect(),
            prices: facets.price.into_iter().map(price).collect(),
        }
    }
}

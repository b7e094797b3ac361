//! The shopper's list: filtered, sorted, paged, with facets.

use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::MerchantId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::facet::{self, Facets};
use super::listing::{Listing, over_hits};
use super::shelf::{self, Shelf};
use super::text::{self, Found};
use crate::Page;
use crate::page::rows_to_fetch;

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The latest on sale first.
    #[default]
    Newest,
    /// The cheapest first.
    PriceAsc,
    /// The dearest first.
    PriceDesc,
    /// The most sold first.
    BestSelling,
    /// The closest to the text first.
    Relevance,
}

impl Sort {
    const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::PriceAsc => "price_asc",
            Self::PriceDesc => "price_desc",
            Self::BestSelling => "best_selling",
            Self::Relevance => "relevance",
        }
    }
}

/// The last listing of a page; good for the same question only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingCursor {
    key: i64,
    product: Uuid,
}

/// What a shopper asks for.
#[derive(Debug, Clone)]
pub struct ListingQuery {
    /// In which mall.
    pub mall: MallId,
    /// In which category; none is everywhere.
    pub shelf: Option<Shelf>,
    /// The lowest price, in minor units.
    pub price_min_minor: Option<i64>,
    /// The highest price, in minor units.
    pub price_max_minor: Option<i64>,
    /// Of which merchants; empty is of all.
    pub merchants: Vec<MerchantId>,
    /// Only what can be bought now.
    pub in_stock: bool,
    /// Words to look for.
    pub text: Option<String>,
    /// In which order.
    pub sort: Sort,
    /// The most listings of the page.
    pub limit: u32,
    /// After which page.
    pub cursor: Option<ListingCursor>,
    /// The instant that prices are asked for.
    pub now: DateTime<Utc>,
}

impl ListingQuery {
    /// Everything in stock, the latest first, twenty to a page.
    pub fn new(mall: MallId, now: DateTime<Utc>) -> Self {
        Self {
            mall,
            shelf: None,
            price_min_minor: None,
            price_max_minor: None,
            merchants: Vec::new(),
            in_stock: true,
            text: None,
            sort: Sort::Newest,
            limit: 20,
            cursor: None,
            now,
        }
    }
}

/// A page of the shopper's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListingPage {
    /// The listings.
    pub items: Vec<Listing>,
    /// What the whole filtered list is made of; counted for the first page only.
    pub facets: Option<Facets>,
    /// Where the next page begins.
    pub next: Option<ListingCursor>,
}

/// A query with its category and its text looked up.
pub(super) struct Question<'a> {
    pub(super) query: &'a ListingQuery,
    pub(super) codes: Option<Vec<String>>,
    pub(super) merchants: Option<Vec<Uuid>>,
    pub(super) found: Option<Found>,
}

/// Answers a shopper's query. Shoppers see listings on sale of merchants that trade, nothing else.
pub async fn search(pool: &PgPool, query: &ListingQuery) -> sqlx::Result<ListingPage> {
    let mut tx = pool.begin().await?;
    begin(&mut tx).await?;
    let question = look_up(&mut tx, query).await?;
    let Page { items, next } = items(&mut tx, &question).await?;
    let facets = match query.cursor {
        None => Some(facet::count(&mut tx, &question).await?),
        Some(_) => None,
    };
    tx.commit().await?;
    Ok(ListingPage { items, facets, next })
}

/// Plans each statement for its own parameters, for a plan for "some filter, maybe" suits none, and interprets it, for
/// compiling takes longer than a list may. And takes all tables at once,
/// in the order in which a rebuilt catalogue takes them, so that neither waits for the other.
async fn begin(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off;
         LOCK TABLE listing_merchant, listing, listing_text, listing_sku, standard_category, display_category
         IN ACCESS SHARE MODE",
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn look_up<'a>(db: &mut PgConnection, query: &'a ListingQuery) -> sqlx::Result<Question<'a>> {
    let codes = match &query.shelf {
        Some(shelf) => Some(shelf::codes(db, &query.mall, shelf).await?),
        None => None,
    };
    let words = query.text.as_deref().map(text::words).unwrap_or_default();
    let found = if words.is_empty() { None } else { Some(text::find(db, &query.mall, &words).await?) };
    let merchants: Vec<Uuid> = query.merchants.iter().map(|merchant| merchant.0).collect();
    Ok(Question { query, codes, merchants: (!merchants.is_empty()).then_some(merchants), found })
}

async fn items(db: &mut PgConnection, question: &Question<'_>) -> sqlx::Result<Page<Listing, ListingCursor>> {
    let query = question.query;
    let items = over_hits!(
        Listing,
        question,
        r#"SELECT product AS "product!", merchant AS "merchant!", merchant_name AS "merchant_name!", name AS "name!",
                  category AS "category!", currency AS "currency!", image, price_min_minor AS "price_min_minor!",
                  price_max_minor AS "price_max_minor!", list_price_min_minor AS "list_price_min_minor!",
                  in_stock AS "in_stock!", sold AS "sold!", on_sale_since AS "on_sale_since!",
                  position AS "position!", key AS "key!"
           FROM (
               SELECT hit.*, CASE $10 WHEN 'price_asc' THEN -price_min_minor
                                      WHEN 'price_desc' THEN price_min_minor
                                      WHEN 'best_selling' THEN sold
                                      WHEN 'relevance' THEN relevance
                                      ELSE (extract(epoch FROM on_sale_since) * 1000000)::bigint END AS key
               FROM hit
           ) keyed
           WHERE $11::bigint IS NULL OR (key, product) < ($11, $12::uuid)
           ORDER BY key DESC, product DESC LIMIT $13"#,
        query.sort.name(),
        query.cursor.map(|cursor| cursor.key),
        query.cursor.map(|cursor| cursor.product),
        rows_to_fetch(query.limit)
    )
    .fetch_all(db)
    .await?;
    Ok(Page::cut(items, query.limit, |row| ListingCursor { key: row.key, product: row.product }))
}

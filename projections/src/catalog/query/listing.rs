//! A listing as it stands in a list, and the rows that all lists of shoppers are made of.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// A listing as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The product.
    pub product: Uuid,
    /// Who sells it.
    pub merchant: Uuid,
    /// The seller's name.
    pub merchant_name: String,
    /// The product's name.
    pub name: String,
    /// Its standard category.
    pub category: String,
    /// The currency of its prices.
    pub currency: String,
    /// Its main image.
    pub image: Option<String>,
    /// The lowest price of its SKUs at the instant asked for.
    pub price_min_minor: i64,
    /// The highest price of its SKUs at the instant asked for.
    pub price_max_minor: i64,
    /// The lowest list price of its SKUs; above `price_min_minor` while a sale lowers it.
    pub list_price_min_minor: i64,
    /// Whether any SKU can be bought now.
    pub in_stock: bool,
    /// Pieces sold so far.
    pub sold: i64,
    /// When it first went on sale.
    pub on_sale_since: DateTime<Utc>,
    /// The log position of the product's last commit.
    pub position: i64,
    /// What the list is sorted by, as a number; the page's cursor is made of it.
    #[serde(skip)]
    pub(super) key: i64,
}

/// A query over `hit`, the listings that a [`ListingQuery`](super::ListingQuery) asks for with their prices at its
/// instant: a list and its facets ask the very same question. Parameters 1 to 9 are the question's.
macro_rules! over_hits {
    ($row:ident, $question:expr, $select:tt $(, $more:expr)*) => {{
        let question = $question;
        sqlx::query_as!(
            $row,
            r#"WITH priced AS (
                 SELECT listing.product, listing.merchant, merchant.name AS merchant_name, listing.name,
                        listing.category, listing.currency, listing.images[1] AS image,
                        COALESCE(sale.price_min_minor, listing.price_min_minor) AS price_min_minor,
                        COALESCE(sale.price_max_minor, listing.price_max_minor) AS price_max_minor,
                        listing.price_min_minor AS list_price_min_minor, listing.in_stock, listing.sold,
                        listing.on_sale_since, listing.position, COALESCE(found.relevance, 0) AS relevance
                 FROM listing
                 JOIN listing_merchant merchant ON merchant.merchant = listing.merchant AND merchant.trades
                 LEFT JOIN UNNEST($7::uuid[], $8::bigint[]) AS found (product, relevance)
                        ON found.product = listing.product
                 LEFT JOIN LATERAL (
                     SELECT min(price.minor) AS price_min_minor, max(price.minor) AS price_max_minor
                     FROM listing_sku sku
                     CROSS JOIN LATERAL (
                         SELECT CASE WHEN sku.sale_from <= $9 AND $9 < sku.sale_until
                                     THEN sku.sale_price_minor ELSE sku.price_minor END AS minor
                     ) price
                     WHERE sku.product = listing.product
                       AND listing.sale_from <= $9 AND $9 < listing.sale_until
                 ) sale ON true
                 WHERE listing.mall = $1 AND listing.phase = 'on_sale'
                   AND ($2::text[] IS NULL OR listing.category = ANY($2))
                   AND ($3::uuid[] IS NULL OR listing.merchant = ANY($3))
                   AND (listing.in_stock OR NOT $4)
                   AND ($7::uuid[] IS NULL OR listing.product = ANY($7))
             ), hit AS (
                 SELECT * FROM priced WHERE ($5::bigint IS NULL OR price_min_minor >= $5)
                                        AND ($6::bigint IS NULL OR price_min_minor <= $6)
             ) "# + $select,
            question.query.mall.as_str(),
            question.codes.as_deref(),
            question.merchants.as_deref(),
            question.query.in_stock,
            question.query.price_min_minor,
            question.query.price_max_minor,
            question.found.as_ref().map(|found| &*found.products),
            question.found.as_ref().map(|found| &*found.relevance),
            question.query.now
            $(, $more)*
        )
    }};
}
pub(super) use over_hits;

//! Questions to the catalogue. Rows are plain columns: ids as uuids, amounts in minor units of the listing's currency.
//!
//! A sale holds for a period, so whoever asks for a price says for which instant. Never here: what a caller may see (the
//! functions say for whom they are).

mod category;
mod facet;
mod listing;
mod product;
mod search;
mod seller;
mod shelf;
mod stock;
mod text;

pub use category::{
    DisplayCategory, DisplayTree, StandardCategory, categories, display_tree, standard_categories,
};
pub use facet::{Facets, MAX_FACET_VALUES, PRICE_EDGES_MINOR, PriceBand};
pub use listing::Listing;
pub use product::{ProductPage, SkuOffer, product_page};
pub use search::{ListingCursor, ListingPage, ListingQuery, Sort, search};
pub use seller::{
    Phase, SellerListing, SellerProduct, SellerSku, product, review_queue, seller_product, seller_products,
};
pub use shelf::Shelf;
pub use stock::{Offer, StockLevel, offers, sku, stock_levels};
pub use text::{MAX_TEXT_HITS, MAX_WORDS};

//! One change to the catalogue's tables, as a commit means it. Columns are a JSON object that names its key's columns.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

/// One change to the catalogue's tables.
#[derive(Debug)]
pub enum Row {
    /// Columns of a merchant.
    Merchant(Uuid, Value),
    /// Columns of a product's listing.
    Listing(Uuid, Value),
    /// All SKUs of a product anew: the columns of each.
    Skus(Uuid, Vec<(Uuid, Value)>),
    /// Columns of one SKU of a product.
    Sku(Uuid, Uuid, Value),
    /// The words of a product changed: what search looks in is written anew.
    Words(Uuid),
    /// The stock of a SKU of a product.
    Stock {
        /// The product.
        product: Uuid,
        /// The SKU.
        sku: Uuid,
        /// The columns.
        columns: Value,
        /// Whether its product's listing stays as it is for certain.
        is_listed_alike: bool,
    },
    /// Columns of a standard category.
    StandardCategory(String, Value),
    /// Columns of a mall's display tree.
    DisplayTree(String, Value),
    /// Columns of a display category of a mall.
    DisplayCategory(String, Uuid, Value),
    /// A display category of a mall is gone.
    DisplayCategoryRemoved(String, Uuid),
    /// An order was placed for so many pieces of these products.
    Placed(Uuid, BTreeMap<Uuid, i64>),
    /// An order was paid: its pieces count as sold.
    Paid(Uuid),
    /// An order ended; if it was never paid, its pieces don't count.
    Ended(Uuid),
}

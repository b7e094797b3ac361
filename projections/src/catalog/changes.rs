//! A batch of changes collapsed to one per row, so that each table is written once. Never here: SQL.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Row;
use crate::patch::Patches;

/// What a batch of commits comes to, table by table.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) merchants: Patches<Uuid>,
    pub(super) listings: Patches<Uuid>,
    /// Products whose SKUs were all replaced: the old ones go first.
    pub(super) replaced: BTreeSet<Uuid>,
    pub(super) skus: Patches<(Uuid, Uuid)>,
    /// Products whose words changed.
    pub(super) reworded: BTreeSet<Uuid>,
    pub(super) stocks: Patches<Uuid>,
    /// Products whose prices or stock may have changed.
    pub(super) touched: BTreeSet<Uuid>,
    pub(super) standard_categories: Patches<String>,
    pub(super) display_trees: Patches<String>,
    /// Categories that went; one that came back afterwards is in `display_categories` too.
    pub(super) removed: BTreeSet<(String, Uuid)>,
    pub(super) display_categories: Patches<(String, Uuid)>,
    /// Pieces by order and product.
    pub(super) placed: BTreeMap<(Uuid, Uuid), i64>,
    pub(super) paid: Vec<Uuid>,
    pub(super) ended: Vec<Uuid>,
}

impl FromIterator<Row> for Changes {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut changes = Self::default();
        rows.into_iter().for_each(|row| changes.add(row));
        changes
    }
}

impl Changes {
    fn add(&mut self, row: Row) {
        match row {
            Row::Merchant(merchant, columns) => self.merchants.merge(merchant, columns),
            Row::Listing(product, columns) => self.listings.merge(product, columns),
            Row::Skus(product, skus) => self.replace_skus(product, skus),
            Row::Sku(product, sku, columns) => {
                self.skus.merge((product, sku), columns);
                self.touched.insert(product);
            }
            Row::Words(product) => {
                self.reworded.insert(product);
            }
            Row::Stock { product, sku, columns, is_listed_alike } => {
                self.stocks.merge(sku, columns);
                if !is_listed_alike {
                    self.touched.insert(product);
                }
            }
            Row::StandardCategory(code, columns) => self.standard_categories.merge(code, columns),
            Row::DisplayTree(mall, columns) => self.display_trees.merge(mall, columns),
            Row::DisplayCategory(mall, id, columns) => self.display_categories.merge((mall, id), columns),
            Row::DisplayCategoryRemoved(mall, id) => self.remove_category((mall, id)),
            Row::Placed(order, pieces) => {
                self.placed.extend(pieces.into_iter().map(|(product, count)| ((order, product), count)));
            }
            Row::Paid(order) => self.paid.push(order),
            Row::Ended(order) => self.ended.push(order),
        }
    }

    fn replace_skus(&mut self, product: Uuid, skus: Vec<(Uuid, serde_json::Value)>) {
        self.skus.retain(|(of, _)| *of != product);
        self.replaced.insert(product);
        self.touched.insert(product);
        for (sku, columns) in skus {
            self.skus.merge((product, sku), columns);
        }
    }

    fn remove_category(&mut self, category: (String, Uuid)) {
        self.display_categories.retain(|key| *key != category);
        self.removed.insert(category);
    }
}

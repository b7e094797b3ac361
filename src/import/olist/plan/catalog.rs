//! What is sold: an offer for each product and seller, with a variant for each price that one order asks for at once.
//!
//! A product belongs to one merchant here, so a product of several sellers becomes one for each.

use std::collections::{BTreeMap, BTreeSet};

use product::CategoryCode;

use super::PlannedLine;
use super::basket::Basket;
use super::parties::Parties;
use crate::import::olist::files::{Files, Item, Product, Row};
use crate::import::olist::finding::{Finding, Reason};

/// The category of products without one.
pub const UNCATEGORISED: &str = "uncategorised";

/// A category of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code.
    pub code: CategoryCode,
    /// Its English name.
    pub name: String,
}

/// A product as one seller sells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The product's id in the data.
    pub product: String,
    /// The seller's id in the data.
    pub seller: String,
    /// Its category.
    pub category: CategoryCode,
    /// Its variants; most have one.
    pub variants: Vec<Variant>,
}

/// A buyable variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// Its price before the first order.
    pub first_price_cents: i64,
    /// How many pieces the data sells.
    pub pieces: u32,
    /// Its price by now; the first one again after planning has no meaning.
    price_cents: i64,
}

/// Offers while orders are planned, in the order of their placing.
#[derive(Debug)]
pub(super) struct Catalog {
    categories: BTreeMap<CategoryCode, String>,
    offers: Vec<Offer>,
    numbers: BTreeMap<(String, String), usize>,
}

impl Catalog {
    /// Every offer that an order asks for, without variants yet.
    pub(super) fn of(
        files: &Files,
        parties: &Parties<'_>,
        baskets: &[Basket<'_>],
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut catalog = Self { categories: BTreeMap::new(), offers: Vec::new(), numbers: BTreeMap::new() };
        let sold = sellers_by_product(baskets);
        for (id, row) in &parties.products {
            let Some(sellers) = sold.get(id) else {
                findings.push(Finding::new(Reason::ProductNeverSold, *id).at(Product::FILE, row.line));
                continue;
            };
            if sellers.len() > 1 {
                let many = Finding::new(Reason::ProductOfSeveralSellers, *id).at(Product::FILE, row.line);
                findings.push(many.because(format!("{} sellers", sellers.len())));
            }
            let category = catalog.category(row, files, findings);
            for seller in sellers {
                catalog.add(id, seller, &category);
            }
        }
        catalog
    }

    fn add(&mut self, product: &str, seller: &str, category: &CategoryCode) {
        let key = (product.to_owned(), seller.to_owned());
        self.numbers.insert(key.clone(), self.offers.len());
        let (product, seller) = key;
        self.offers.push(Offer { product, seller, category: category.clone(), variants: Vec::new() });
    }

    fn category(&mut self, row: &Product, files: &Files, findings: &mut Vec<Finding>) -> CategoryCode {
        let finding = |reason| Finding::new(reason, &row.product).at(Product::FILE, row.line);
        let wanted = if row.category.is_empty() {
            findings.push(finding(Reason::CategoryMissing));
            UNCATEGORISED
        } else {
            row.category.as_str()
        };
        let code = CategoryCode::new(wanted).unwrap_or_else(|_| {
            findings.push(finding(Reason::CategoryInvalid).because(wanted));
            uncategorised()
        });
        self.named(code, files, findings)
    }

    fn named(&mut self, code: CategoryCode, files: &Files, findings: &mut Vec<Finding>) -> CategoryCode {
        if !self.categories.contains_key(&code) {
            let english = files.translations.get(code.as_str());
            if english.is_none() && code.as_str() != UNCATEGORISED {
                findings.push(Finding::new(Reason::CategoryUntranslated, code.as_str()));
            }
            let name = english.cloned().unwrap_or_else(|| code.to_string()).replace('_', " ");
            self.categories.insert(code.clone(), name);
        }
        code
    }

    /// An order's lines, and the prices that have to be set before; called in the order of placing.
    pub(super) fn lines(
        &mut self,
        basket: &Basket<'_>,
        findings: &mut Vec<Finding>,
    ) -> (Vec<PlannedLine>, Vec<PlannedLine>) {
        let mut prices: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        let lines: Vec<PlannedLine> =
            basket.items.iter().filter_map(|item| self.line(item, &mut prices)).collect();
        if prices.values().any(|asked| asked.len() > 1) {
            findings.push(Finding::new(Reason::SeveralPricesInOneOrder, &basket.order.order));
        }
        let mut changes: Vec<PlannedLine> = Vec::new();
        for line in &lines {
            if self.take(line) {
                changes.push(*line);
            }
        }
        (lines, changes)
    }

    fn line(&self, item: &Item, prices: &mut BTreeMap<usize, Vec<i64>>) -> Option<PlannedLine> {
        let offer = *self.numbers.get(&(item.product.clone(), item.seller.clone()))?;
        let asked = prices.entry(offer).or_default();
        let variant = asked.iter().position(|price| *price == item.price_cents).unwrap_or_else(|| {
            asked.push(item.price_cents);
            asked.len().saturating_sub(1)
        });
        Some(PlannedLine { offer, variant, price_cents: item.price_cents })
    }

    /// Counts a unit; says whether its price has to be set first.
    fn take(&mut self, line: &PlannedLine) -> bool {
        let Some(offer) = self.offers.get_mut(line.offer) else { return false };
        if let Some(variant) = offer.variants.get_mut(line.variant) {
            let changed = variant.price_cents != line.price_cents;
            variant.price_cents = line.price_cents;
            variant.pieces = variant.pieces.saturating_add(1);
            return changed;
        }
        let price_cents = line.price_cents;
        offer.variants.push(Variant { first_price_cents: price_cents, pieces: 1, price_cents });
        false
    }

    pub(super) fn into_parts(self) -> (Vec<Category>, Vec<Offer>) {
        let categories = self.categories.into_iter().map(|(code, name)| Category { code, name });
        (categories.collect(), self.offers)
    }
}

fn sellers_by_product<'a>(baskets: &[Basket<'a>]) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut sold: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for item in baskets.iter().flat_map(|basket| &basket.items) {
        sold.entry(&item.product).or_default().insert(&item.seller);
    }
    sold
}

#[expect(clippy::expect_used, reason = "the code is a constant that a test parses")]
fn uncategorised() -> CategoryCode {
    CategoryCode::new(UNCATEGORISED).expect("a category code")
}

//! Who takes part: customers, sellers and products by their ids, the first row of each id. Never here: what they do.

use std::collections::{BTreeMap, BTreeSet};

use super::basket::Basket;
use crate::import::olist::files::{Customer, Files, Product, Row, Seller};
use crate::import::olist::finding::{Finding, Reason};

/// The rows by their ids.
#[derive(Debug)]
pub(super) struct Parties<'a> {
    pub(super) customers: BTreeMap<&'a str, &'a Customer>,
    pub(super) sellers: BTreeMap<&'a str, &'a Seller>,
    pub(super) products: BTreeMap<&'a str, &'a Product>,
}

impl<'a> Parties<'a> {
    pub(super) fn of(files: &'a Files, findings: &mut Vec<Finding>) -> Self {
        Self {
            customers: by_id(&files.customers, |row| (row.customer.as_str(), row.line), findings),
            sellers: by_id(&files.sellers, |row| (row.seller.as_str(), row.line), findings),
            products: by_id(&files.products, |row| (row.product.as_str(), row.line), findings),
        }
    }

    /// The sellers with something to sell; the others are findings.
    pub(super) fn selling(&self, baskets: &[Basket<'_>], findings: &mut Vec<Finding>) -> Vec<Seller> {
        let busy: BTreeSet<&str> =
            baskets.iter().flat_map(|basket| &basket.items).map(|item| item.seller.as_str()).collect();
        let (selling, idle): (Vec<&Seller>, Vec<&Seller>) =
            self.sellers.values().partition(|row| busy.contains(row.seller.as_str()));
        findings.extend(
            idle.into_iter()
                .map(|row| Finding::new(Reason::SellerWithoutItems, &row.seller).at(Seller::FILE, row.line)),
        );
        selling.into_iter().cloned().collect()
    }
}

/// The first row of each id; the others are findings.
pub(super) fn by_id<'a, R: Row>(
    rows: &'a [R],
    id: impl Fn(&'a R) -> (&'a str, u64),
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'a str, &'a R> {
    let mut found = BTreeMap::new();
    for row in rows {
        let (id, line) = id(row);
        if found.contains_key(id) {
            findings.push(Finding::new(Reason::DuplicateRow, id).at(R::FILE, line));
        } else {
            found.insert(id, row);
        }
    }
    found
}

/// The people who order something, each once, as their first order knows them.
pub(super) fn people(baskets: &[Basket<'_>]) -> Vec<Customer> {
    let mut seen = BTreeSet::new();
    let first = baskets.iter().map(|basket| basket.buyer).filter(|buyer| seen.insert(buyer.person.as_str()));
    first.cloned().collect()
}

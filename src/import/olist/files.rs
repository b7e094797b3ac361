//! The seven files: typed rows, and a finding for each row that can't be read. Never here: what rows mean together.

mod field;
mod row;
mod table;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::Context as _;

pub use field::{cents, local_time};
pub use row::{Customer, Item, Order, PaidBy, Payment, Product, Seller, Status, Translation};
pub use table::{Row, read};

use super::finding::Finding;

/// The data set as read: rows in the order of their files.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Customers; a person has one row per order.
    pub customers: Vec<Customer>,
    /// Sellers.
    pub sellers: Vec<Seller>,
    /// Products.
    pub products: Vec<Product>,
    /// Orders.
    pub orders: Vec<Order>,
    /// Items.
    pub items: Vec<Item>,
    /// Payments.
    pub payments: Vec<Payment>,
    /// Category codes and their English names.
    pub translations: BTreeMap<String, String>,
}

impl Files {
    /// Reads every file of a folder. A file that is missing or isn't what its name says is an error, a row a finding.
    pub fn read(directory: &Path) -> anyhow::Result<(Self, Vec<Finding>)> {
        let mut findings = Vec::new();
        let mut reading = Reading { directory, findings: &mut findings };
        let translations = reading.rows::<Translation>()?;
        let files = Self {
            customers: reading.rows()?,
            sellers: reading.rows()?,
            products: reading.rows()?,
            orders: reading.rows()?,
            items: reading.rows()?,
            payments: reading.rows()?,
            translations: translations.into_iter().map(|row| (row.category, row.english)).collect(),
        };
        Ok((files, findings))
    }
}

struct Reading<'a> {
    directory: &'a Path,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn rows<R: Row>(&mut self) -> anyhow::Result<Vec<R>> {
        let path = self.directory.join(R::FILE);
        let file = File::open(&path).with_context(|| format!("{} cannot be opened", path.display()))?;
        read(file, self.findings).with_context(|| format!("{} cannot be read", path.display()))
    }
}

//! The plan: what the rows come to as a timeline of things to do. Pure: the same rows, the same plan.
//!
//! Never here: input or output, and no clock: every time is the data's.

mod basket;
mod catalog;
mod parties;
mod tender;
mod timeline;
mod window;

use kernel::Timestamp;

pub use catalog::{Category, Offer, UNCATEGORISED, Variant};
pub use tender::PlannedTender;
pub use timeline::{Act, Step};
pub use window::{Chain, Job, Window};

use self::basket::Basket;
use self::catalog::Catalog;
use self::parties::Parties;
use super::files::{Customer, Files, Seller, Status};
use super::finding::Finding;
use crate::malls::Mall;

/// Everything to be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// When merchants, members and products are there: a day before the first order.
    pub starts_at: Timestamp,
    /// The categories that products are in.
    pub categories: Vec<Category>,
    /// The sellers who sell something.
    pub sellers: Vec<Seller>,
    /// The people who order something, each once.
    pub people: Vec<Customer>,
    /// What is sold, and by whom.
    pub offers: Vec<Offer>,
    /// The orders, in the order of their placing.
    pub orders: Vec<PlannedOrder>,
    /// The timeline.
    pub windows: Vec<Window>,
    /// What could not be taken as it is.
    pub findings: Vec<Finding>,
}

/// An order, and what is to happen to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOrder {
    /// Its id in the data.
    pub order: String,
    /// Where it stands in the data.
    pub status: Status,
    /// Who buys, and where they live.
    pub buyer: Customer,
    /// One for each item row.
    pub lines: Vec<PlannedLine>,
    /// One for each seller, in the order of their first lines: delivery group n is at n − 1.
    pub parcels: Vec<Parcel>,
    /// Prices that are others than before.
    pub price_changes: Vec<PlannedLine>,
    /// Items and freight.
    pub total_cents: i64,
    /// How it is paid; they add up to the total. None: by one card.
    pub tenders: Vec<PlannedTender>,
    /// What happens to it, in order; times never run backwards.
    pub steps: Vec<Step>,
}

/// One unit of an offer's variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedLine {
    /// Which of [`Plan::offers`].
    pub offer: usize,
    /// Which of its variants.
    pub variant: usize,
    /// At which price.
    pub price_cents: i64,
}

/// What one seller sends of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Who sends it.
    pub seller: String,
    /// What the carrier asks for it.
    pub freight_cents: i64,
}

impl Plan {
    /// The plan for these rows in this mall.
    pub fn of(files: &Files, mall: &Mall) -> Self {
        let mut findings = Vec::new();
        let parties = Parties::of(files, &mut findings);
        let baskets = basket::baskets(files, &parties, &mut findings);
        let mut catalog = Catalog::of(files, &parties, &baskets, &mut findings);
        let orders: Vec<PlannedOrder> =
            baskets.iter().map(|basket| planned(basket, &mut catalog, mall, &mut findings)).collect();
        let starts_at = window::start(&orders, mall);
        let windows = window::windows(&orders, starts_at, mall);
        let sellers = parties.selling(&baskets, &mut findings);
        let people = parties::people(&baskets);
        let (categories, offers) = catalog.into_parts();
        findings.sort();
        Self { starts_at, categories, sellers, people, offers, orders, windows, findings }
    }
}

fn planned(
    basket: &Basket<'_>,
    catalog: &mut Catalog,
    mall: &Mall,
    findings: &mut Vec<Finding>,
) -> PlannedOrder {
    let (lines, price_changes) = catalog.lines(basket, findings);
    let total_cents = basket.total_cents();
    PlannedOrder {
        order: basket.order.order.clone(),
        status: basket.order.status,
        buyer: basket.buyer.clone(),
        lines,
        parcels: basket.parcels(),
        price_changes,
        total_cents,
        tenders: tender::tenders(&basket.order.order, &basket.payments, total_cents, findings),
        steps: timeline::steps(basket.order, mall.payment_due(basket.order.purchased_at), findings),
    }
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

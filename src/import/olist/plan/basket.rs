//! Baskets: each order with its customer, its items and its payments. What can't be joined is a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::Parcel;
use super::parties::{Parties, by_id};
use crate::import::olist::files::{Customer, Files, Item, Order, Payment, Row, Status};
use crate::import::olist::finding::{Finding, Reason};

/// An order with all that belongs to it; at least one item.
#[derive(Debug)]
pub(super) struct Basket<'a> {
    pub(super) order: &'a Order,
    pub(super) buyer: &'a Customer,
    pub(super) items: Vec<&'a Item>,
    pub(super) payments: Vec<&'a Payment>,
}

impl Basket<'_> {
    /// Items and freight.
    pub(super) fn total_cents(&self) -> i64 {
        self.items.iter().map(|item| item.price_cents.saturating_add(item.freight_cents)).sum()
    }

    /// What each seller sends, in the order of their first items.
    pub(super) fn parcels(&self) -> Vec<Parcel> {
        let mut parcels: Vec<Parcel> = Vec::new();
        for item in &self.items {
            match parcels.iter_mut().find(|parcel| parcel.seller == item.seller) {
                Some(parcel) => {
                    parcel.freight_cents = parcel.freight_cents.saturating_add(item.freight_cents);
                }
                None => {
                    parcels.push(Parcel { seller: item.seller.clone(), freight_cents: item.freight_cents });
                }
            }
        }
        parcels
    }
}

/// The orders that can be taken, in the order of their placing.
pub(super) fn baskets<'a>(
    files: &'a Files,
    parties: &Parties<'a>,
    findings: &mut Vec<Finding>,
) -> Vec<Basket<'a>> {
    let orders = by_id(&files.orders, |row| (row.order.as_str(), row.line), findings);
    let mut items = items_by_order(files, parties, &orders, findings);
    let mut payments = payments_by_order(files, &orders, findings);
    let mut baskets = Vec::new();
    for (id, order) in orders {
        let items = items.remove(id).unwrap_or_default();
        let payments = payments.remove(id).unwrap_or_default();
        match accepted(order, parties, &items) {
            Ok(buyer) => baskets.push(Basket { order, buyer, items, payments }),
            Err(finding) => findings.push(finding.at(Order::FILE, order.line)),
        }
    }
    baskets
        .sort_by(|a, b| (a.order.purchased_at, &a.order.order).cmp(&(b.order.purchased_at, &b.order.order)));
    baskets
}

/// Who buys, or why the order can't be one here.
fn accepted<'a>(order: &Order, parties: &Parties<'a>, items: &[&Item]) -> Result<&'a Customer, Finding> {
    let refuse = |reason, detail: &str| Finding::new(reason, &order.order).because(detail);
    let Some(buyer) = parties.customers.get(order.customer.as_str()) else {
        return Err(refuse(Reason::OrderOfUnknownCustomer, &order.customer));
    };
    if items.is_empty() {
        Err(refuse(Reason::OrderWithoutItems, &order.status_word))
    } else if order.status == Status::Unknown {
        Err(refuse(Reason::StatusUnknown, &order.status_word))
    } else if items.len() > order::policy::LINES_MAX {
        Err(refuse(Reason::OrderTooLarge, &items.len().to_string()))
    } else {
        Ok(buyer)
    }
}

fn items_by_order<'a>(
    files: &'a Files,
    parties: &Parties<'a>,
    orders: &BTreeMap<&str, &Order>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'a str, Vec<&'a Item>> {
    let mut seen = BTreeSet::new();
    let mut found: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &files.items {
        let problem = if !orders.contains_key(item.order.as_str()) {
            Some(Reason::ItemOfUnknownOrder)
        } else if !parties.products.contains_key(item.product.as_str()) {
            Some(Reason::ItemOfUnknownProduct)
        } else if !parties.sellers.contains_key(item.seller.as_str()) {
            Some(Reason::ItemOfUnknownSeller)
        } else if !seen.insert((item.order.as_str(), item.number)) {
            Some(Reason::DuplicateRow)
        } else {
            None
        };
        match problem {
            None => found.entry(&item.order).or_default().push(item),
            Some(reason) => findings.push(of_item(reason, item)),
        }
    }
    for items in found.values_mut() {
        items.sort_by_key(|item| item.number);
    }
    found
}

fn of_item(reason: Reason, item: &Item) -> Finding {
    let pointing = format!("product {}, seller {}", item.product, item.seller);
    Finding::new(reason, format!("{}/{}", item.order, item.number))
        .at(Item::FILE, item.line)
        .because(pointing)
}

fn payments_by_order<'a>(
    files: &'a Files,
    orders: &BTreeMap<&str, &Order>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'a str, Vec<&'a Payment>> {
    let mut seen = BTreeSet::new();
    let mut found: BTreeMap<&str, Vec<&Payment>> = BTreeMap::new();
    for row in &files.payments {
        let key = format!("{}/{}", row.order, row.number);
        if !orders.contains_key(row.order.as_str()) {
            findings.push(Finding::new(Reason::PaymentOfUnknownOrder, key).at(Payment::FILE, row.line));
        } else if !seen.insert((row.order.as_str(), row.number)) {
            findings.push(Finding::new(Reason::DuplicateRow, key).at(Payment::FILE, row.line));
        } else {
            found.entry(&row.order).or_default().push(row);
        }
    }
    for rows in found.values_mut() {
        rows.sort_by_key(|row| row.number);
    }
    found
}

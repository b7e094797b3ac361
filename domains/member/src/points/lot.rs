//! Points by the lots that they are of, always in the order in which they expire. Never here: which may be used.
//!
//! A lot is what was earned at one time. Points that come back after their lot's end are a lot of their own: the same
//! earning, the restore that brought them, and a later end. So its name is made of what is known, and is never taken.

use std::collections::BTreeMap;

use kernel::{Amount, Timestamp};
use serde::{Deserialize, Serialize};

use super::{LotId, RestoreId};

/// Names a lot. The order of lots is the order of use: the oldest-expiring first, ties by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lot {
    /// When its points end: good before this instant, not at it.
    pub expires_at: Timestamp,
    /// What was earned.
    #[serde(rename = "lot")]
    pub id: LotId,
    /// The restore that gave its points a later end than the earning's; none as earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore: Option<RestoreId>,
}

/// So many points of one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The lot.
    #[serde(flatten)]
    pub lot: Lot,
    /// How many; above zero.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
}

/// Points by lot: each lot once, none empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Part>", into = "Vec<Part>")]
pub struct Parts(BTreeMap<Lot, Amount>);

impl Parts {
    /// All of them together.
    pub fn total(&self) -> Amount {
        self.0.values().sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lot by lot, the oldest-expiring first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Part> {
        self.0.iter().map(|(lot, amount)| Part { lot: *lot, amount: *amount })
    }

    /// So many of them, or all if there are fewer: the oldest-expiring first.
    pub(super) fn first(&self, amount: Amount) -> Self {
        pick(self.iter(), amount)
    }

    /// So many of them, or all if there are fewer: the latest-expiring first.
    pub(super) fn last(&self, amount: Amount) -> Self {
        pick(self.iter().rev(), amount)
    }

    /// Those of the lots that are meant.
    pub(super) fn of(&self, meant: impl Fn(&Lot) -> bool) -> Self {
        self.iter().filter(|part| meant(&part.lot)).collect()
    }

    pub(super) fn put(&mut self, parts: &Self) {
        parts.iter().for_each(|part| self.add(part));
    }

    pub(super) fn take(&mut self, parts: &Self) {
        for Part { lot, amount } in parts.iter() {
            let left = self.0.remove(&lot).unwrap_or_default() - amount;
            self.add(Part { lot, amount: left });
        }
    }

    fn add(&mut self, part: Part) {
        if part.amount > Amount::ZERO {
            *self.0.entry(part.lot).or_default() += part.amount;
        }
    }
}

fn pick(parts: impl Iterator<Item = Part>, amount: Amount) -> Parts {
    let mut missing = amount;
    let picked = parts.map(|part| {
        let amount = part.amount.min(missing);
        missing -= amount;
        Part { amount, ..part }
    });
    picked.take_while(|part| !part.amount.is_zero()).collect()
}

impl FromIterator<Part> for Parts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        let mut all = Self::default();
        parts.into_iter().for_each(|part| all.add(part));
        all
    }
}

impl From<Vec<Part>> for Parts {
    fn from(parts: Vec<Part>) -> Self {
        parts.into_iter().collect()
    }
}

impl From<Parts> for Vec<Part> {
    fn from(parts: Parts) -> Self {
        parts.iter().collect()
    }
}

//! The parts of a campaign: what its coupons are good for and where, who pays, how many there are and for how long.
//!
//! They stand in commands and in events, so they tolerate fields that they don't know. Never here: what may be launched
//! (see [`policy`](super::policy)), or what a coupon takes off an order.

mod scope;
mod terms;

use chrono::TimeDelta;
use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

pub use scope::Scope;
pub use terms::{Benefit, Funding, Owner, Terms};

/// How a member comes to a coupon. Who asks is known at the edge, which holds to it; an issue is the same in all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// Any member takes one.
    Download,
    /// Who knows the code takes one.
    Code,
    /// Only an operator or the owner hands them out.
    Grant,
}

/// How many coupons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// In all; without it only [`ISSUED_MAX`](super::policy::ISSUED_MAX) ends them.
    pub total: Option<u32>,
    /// For one member.
    pub per_member: u32,
}

/// When coupons can be had and used: from `from` on, until just before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first instant of the period.
    pub from: Timestamp,
    /// The first instant after the period.
    pub until: Timestamp,
}

/// All that a campaign says when it is launched, unchanged for as long as it lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What shoppers call it.
    pub name: Text<120>,
    /// What its coupons carry with them.
    pub terms: Terms,
    /// How a member comes to one.
    pub distribution: Distribution,
    /// How many there are.
    pub limits: Limits,
    /// When they can be had and used.
    pub period: Period,
    /// A coupon ends so many times 24 hours after its issue; without it, with the period.
    pub valid_days: Option<u16>,
}

/// What a coupon gets at its issue: its terms, and when it can be used (from `valid_from` until just before `valid_until`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuance {
    /// What it is good for.
    pub terms: Terms,
    /// Its first instant.
    pub valid_from: Timestamp,
    /// The first instant after its end.
    pub valid_until: Timestamp,
}

impl Plan {
    /// What a coupon issued at an instant gets. It ends with the period at the latest.
    ///
    /// A plan never changes, so this may be asked before the append that issues the coupon.
    pub fn issuance(&self, at: Timestamp) -> Issuance {
        let Period { from, until } = self.period;
        let days = self.valid_days.map(|days| TimeDelta::days(days.into()));
        let end = days.and_then(|days| at.checked_add_signed(days));
        Issuance {
            terms: self.terms.clone(),
            valid_from: at.max(from),
            valid_until: end.map_or(until, |end| end.min(until)),
        }
    }
}

//! The limits of a campaign, and what a plan must be to be launched.
//!
//! Never here: a rule that depends on what happened before (see [`decide`](super::decide)).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::{Price, Rate, Timestamp};

use super::rejection::Rejection;
use super::value::{Benefit, Funding, Limits, Owner, Period, Plan, Scope, Terms};
use crate::policy::CATEGORY_BYTES_MAX;

/// The most coupons of one campaign, also of one without a total limit.
pub const ISSUED_MAX: u32 = 100_000_000;
/// The most coupons of one campaign that one member may have.
pub const PER_MEMBER_MAX: u32 = 100;
/// The most days that a coupon is valid for after its issue.
pub const VALID_DAYS_MAX: u16 = 1_095;
/// The longest period.
pub const PERIOD_MAX: TimeDelta = TimeDelta::days(1_095);
/// The most category codes in a scope. Each coupon carries its scope with it, hence no more.
pub const SCOPE_CATEGORIES_MAX: usize = 200;
/// The most merchants in a scope.
pub const SCOPE_MERCHANTS_MAX: usize = 100;
/// The most products in a scope.
pub const SCOPE_PRODUCTS_MAX: usize = 200;

/// Checks everything about a plan that can be said without its history.
pub fn check_plan(plan: &Plan, at: Timestamp) -> Result<(), Rejection> {
    check_terms(&plan.terms)?;
    check_limits(plan.limits)?;
    check_period(plan.period, at)?;
    check_valid_days(plan.valid_days)
}

/// The number of coupons after which a campaign is exhausted.
pub fn total(limits: Limits) -> u32 {
    limits.total.unwrap_or(ISSUED_MAX)
}

/// Checks that coupons can be had at an instant.
pub fn check_open(period: Period, at: Timestamp) -> Result<(), Rejection> {
    if at < period.from {
        Err(Rejection::NotBegun { from: period.from })
    } else if at >= period.until {
        Err(Rejection::Over { until: period.until })
    } else {
        Ok(())
    }
}

fn check_terms(terms: &Terms) -> Result<(), Rejection> {
    check_benefit(terms.benefit)?;
    check_scope(&terms.scope)?;
    check_funding(terms.owner, terms.funding)
}

fn check_benefit(benefit: Benefit) -> Result<(), Rejection> {
    let nothing = match benefit {
        Benefit::Amount { off } => off == Price::ZERO,
        Benefit::Rate { rate, cap } => rate == Rate::ZERO || cap == Some(Price::ZERO),
    };
    if nothing { Err(Rejection::NoBenefit) } else { Ok(()) }
}

fn check_scope(scope: &Scope) -> Result<(), Rejection> {
    match scope {
        Scope::Everything => Ok(()),
        Scope::Categories(codes) => check_categories(codes),
        Scope::Merchants(merchants) => check_size(merchants.len(), SCOPE_MERCHANTS_MAX),
        Scope::Products(products) => check_size(products.len(), SCOPE_PRODUCTS_MAX),
    }
}

fn check_categories(codes: &BTreeSet<String>) -> Result<(), Rejection> {
    check_size(codes.len(), SCOPE_CATEGORIES_MAX)?;
    let good = |code: &String| (1..=CATEGORY_BYTES_MAX).contains(&code.len());
    if codes.iter().all(good) { Ok(()) } else { Err(Rejection::BadCategory) }
}

fn check_size(found: usize, max: usize) -> Result<(), Rejection> {
    if (1..=max).contains(&found) { Ok(()) } else { Err(Rejection::ScopeSize { max, found }) }
}

fn check_funding(owner: Owner, funding: Funding) -> Result<(), Rejection> {
    match (owner, funding) {
        (Owner::Platform, _) | (Owner::Merchant(_), Funding::Merchant) => Ok(()),
        (Owner::Merchant(_), Funding::Platform | Funding::Shared { .. }) => Err(Rejection::NotOwnersFunding),
    }
}

fn check_limits(Limits { total, per_member }: Limits) -> Result<(), Rejection> {
    match total {
        Some(found) if !(1..=ISSUED_MAX).contains(&found) => Err(Rejection::BadTotal { found }),
        Some(_) | None if !(1..=PER_MEMBER_MAX).contains(&per_member) => {
            Err(Rejection::BadPerMember { found: per_member })
        }
        Some(_) | None => Ok(()),
    }
}

fn check_period(Period { from, until }: Period, at: Timestamp) -> Result<(), Rejection> {
    if until <= from || until.signed_duration_since(from) > PERIOD_MAX {
        Err(Rejection::BadPeriod)
    } else if until <= at {
        Err(Rejection::PeriodPast { until })
    } else {
        Ok(())
    }
}

fn check_valid_days(days: Option<u16>) -> Result<(), Rejection> {
    match days {
        Some(found) if !(1..=VALID_DAYS_MAX).contains(&found) => Err(Rejection::BadValidDays { found }),
        Some(_) | None => Ok(()),
    }
}

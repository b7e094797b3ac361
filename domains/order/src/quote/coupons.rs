//! What coupons (쿠폰) take off the lines of a quote.
//!
//! Whether a coupon may be used is asked of the goods at their price, so that it never depends on the other coupons. What
//! it takes off is asked in a fixed order: the narrowest scope first (products, categories, merchants, everything), there
//! amounts before shares, there by id. Each takes from what those before it left of the goods that it covers, split over
//! their lines by what is left of each. Never here: whether the coupon is the shopper's and valid; its own aggregate says.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use kernel::{Amount, Currency, MallId, allocate};

use super::{Branches, CouponOffer, Rejection};
use crate::campaign::{Benefit, Funding, Scope, Terms};
use crate::policy::COUPONS_MAX;
use crate::value::{CouponShare, OrderLine, UsedCoupon};

/// Takes every coupon's discount off the lines; what each took off which, in the order in which they did.
pub(super) fn apply(
    lines: &mut [OrderLine],
    mut coupons: Vec<CouponOffer>,
    (mall, currency): (&MallId, Currency),
    branches: &Branches,
) -> Result<Vec<UsedCoupon>, Rejection> {
    check_together(&coupons)?;
    for offer in &coupons {
        check_place(offer, mall, currency)?;
        check_goods(offer, lines, branches)?;
    }
    coupons.sort_by(earlier);
    coupons.iter().map(|offer| take_off(lines, offer, branches)).collect()
}

fn check_together(coupons: &[CouponOffer]) -> Result<(), Rejection> {
    if coupons.len() > COUPONS_MAX {
        return Err(Rejection::TooManyCoupons { found: coupons.len() });
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = coupons.iter().find(|offer| !seen.insert(offer.coupon)) {
        return Err(Rejection::CouponTwice { coupon: twice.coupon });
    }
    match coupons.iter().find(|offer| !offer.terms.stackable) {
        Some(alone) if coupons.len() > 1 => Err(Rejection::CouponStandsAlone { coupon: alone.coupon }),
        Some(_) | None => Ok(()),
    }
}

fn check_place(offer: &CouponOffer, mall: &MallId, currency: Currency) -> Result<(), Rejection> {
    if offer.terms.mall == *mall && offer.terms.currency == currency {
        Ok(())
    } else {
        Err(Rejection::CouponElsewhere { coupon: offer.coupon })
    }
}

fn check_goods(offer: &CouponOffer, lines: &[OrderLine], branches: &Branches) -> Result<(), Rejection> {
    let CouponOffer { coupon, ref terms, .. } = *offer;
    let covered = || lines.iter().filter(|line| covers(terms, line, branches));
    let found: Amount = covered().map(OrderLine::goods).sum();
    let least = terms.minimum_spend.amount();
    if covered().next().is_none() {
        Err(Rejection::CouponCoversNothing { coupon })
    } else if found < least {
        Err(Rejection::CouponMinimum { coupon, least, found })
    } else {
        Ok(())
    }
}

fn covers(terms: &Terms, line: &OrderLine, branches: &Branches) -> bool {
    let alone = || std::slice::from_ref(&line.category);
    let branch = branches.get(&line.category).map_or_else(alone, Vec::as_slice);
    terms.covers(line.merchant, line.product, branch)
}

fn earlier(one: &CouponOffer, other: &CouponOffer) -> Ordering {
    let rank = |offer: &CouponOffer| (breadth(&offer.terms.scope), kind(offer.terms.benefit), offer.coupon);
    rank(one).cmp(&rank(other))
}

const fn breadth(scope: &Scope) -> u8 {
    match scope {
        Scope::Products(_) => 0,
        Scope::Categories(_) => 1,
        Scope::Merchants(_) => 2,
        Scope::Everything => 3,
    }
}

const fn kind(benefit: Benefit) -> u8 {
    match benefit {
        Benefit::Amount { .. } => 0,
        Benefit::Rate { .. } => 1,
    }
}

fn take_off(
    lines: &mut [OrderLine],
    offer: &CouponOffer,
    branches: &Branches,
) -> Result<UsedCoupon, Rejection> {
    let CouponOffer { coupon, campaign, ref terms } = *offer;
    let mut covered: Vec<&mut OrderLine> =
        lines.iter_mut().filter(|line| covers(terms, line, branches)).collect();
    let left: Vec<Amount> = covered.iter().map(|line| line.paid()).collect();
    let off = discount(terms.benefit, left.iter().sum());
    if off.is_zero() {
        return Err(Rejection::CouponTakesNothingOff { coupon });
    }
    let parts = allocate(off, &weights(&left));
    let merchants = allocate(merchants_part(terms.funding, off), &weights(&parts));
    let mut shares = Vec::with_capacity(covered.len());
    for ((line, part), discount_merchant) in covered.iter_mut().zip(parts).zip(merchants) {
        let discount_platform = part - discount_merchant;
        line.discount_merchant += discount_merchant;
        line.discount_platform += discount_platform;
        if !part.is_zero() {
            shares.push(CouponShare { line: line.line, discount_merchant, discount_platform });
        }
    }
    Ok(UsedCoupon { coupon, campaign, shares })
}

/// What a benefit comes to on so much.
fn discount(benefit: Benefit, left: Amount) -> Amount {
    let wanted = match benefit {
        Benefit::Amount { off } => off.amount(),
        Benefit::Rate { rate, cap } => cap.map_or(rate.of(left), |cap| rate.of(left).min(cap.amount())),
    };
    wanted.min(left)
}

/// What the merchants bear of a discount; split over the lines like the discount, no line's part is more than its own.
fn merchants_part(funding: Funding, off: Amount) -> Amount {
    match funding {
        Funding::Platform => Amount::ZERO,
        Funding::Merchant => off,
        Funding::Shared { merchant } => merchant.of(off),
    }
}

fn weights(amounts: &[Amount]) -> Vec<u64> {
    amounts.iter().map(|amount| amount.minor().unsigned_abs()).collect()
}

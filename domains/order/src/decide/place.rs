//! Placing: the lines and groups must fit together, and the total must be the one that the shopper saw.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{CouponId, ProductId};
use kernel::{Amount, Price, allocate};

use super::Decision;
use crate::command::Place;
use crate::event::{Event, Placed, PlacedGroup, PlacedLine};
use crate::state::State;
use crate::value::{DeliveryGroup, GroupNo, LineNo, OrderLine, UsedCoupon};
use crate::{Rejection, policy};

pub(super) fn place(state: &State, place: Place) -> Decision {
    check_times(&place)?;
    check_destination(&place)?;
    check_groups(&place.groups)?;
    check_surcharges(&place.groups)?;
    check_lines(&place.lines)?;
    check_partition(&place.lines, &place.groups)?;
    check_coupons(&place.coupons, &place.lines)?;
    check_limited(&place.limited, &place.lines)?;
    let found = place.total;
    let placed = placement(place);
    match state.placed() {
        Some(before) if *before == placed && placed.total == found => Ok(Vec::new()),
        Some(_) => Err(Rejection::AlreadyPlaced),
        None if placed.total != found => Err(Rejection::TotalDiffers { expected: placed.total, found }),
        None => Ok(vec![Event::Placed(placed)]),
    }
}

fn check_times(place: &Place) -> Result<(), Rejection> {
    if place.payment_due <= place.at {
        Err(Rejection::PaymentDuePast)
    } else if place.confirm_after_days > policy::CONFIRM_AFTER_DAYS_MAX {
        Err(Rejection::ConfirmAfterTooLong)
    } else {
        Ok(())
    }
}

/// It goes to somebody, or it is a gift, whose recipient says where it goes and pays no ferry.
fn check_destination(place: &Place) -> Result<(), Rejection> {
    match (&place.recipient, &place.gift) {
        (Some(_), None) => Ok(()),
        (None, Some(gift)) if !(1..=policy::GIFT_DAYS_MAX).contains(&gift.accept_within_days) => {
            Err(Rejection::GiftDays { found: gift.accept_within_days })
        }
        (None, Some(_)) => match place.groups.iter().find(|group| group.surcharge != Price::ZERO) {
            Some(DeliveryGroup { group, .. }) => Err(Rejection::GiftSurcharge { group: *group }),
            None => Ok(()),
        },
        (Some(_), Some(_)) | (None, None) => Err(Rejection::OneDestination),
    }
}

fn check_groups(groups: &[DeliveryGroup]) -> Result<(), Rejection> {
    if groups.is_empty() || groups.len() > policy::LINES_MAX {
        return Err(Rejection::GroupCount { found: groups.len() });
    }
    let mut seen: BTreeSet<GroupNo> = BTreeSet::new();
    match groups.iter().find(|group| !seen.insert(group.group)) {
        Some(twice) => Err(Rejection::GroupTwice { group: twice.group }),
        None => Ok(()),
    }
}

fn check_surcharges(groups: &[DeliveryGroup]) -> Result<(), Rejection> {
    match groups.iter().find(|group| group.surcharge > group.fee) {
        Some(DeliveryGroup { group, .. }) => Err(Rejection::SurchargeExceedsFee { group: *group }),
        None => Ok(()),
    }
}

fn check_lines(lines: &[OrderLine]) -> Result<(), Rejection> {
    if lines.is_empty() || lines.len() > policy::LINES_MAX {
        return Err(Rejection::LineCount { found: lines.len() });
    }
    let mut seen: BTreeSet<LineNo> = BTreeSet::new();
    if let Some(twice) = lines.iter().find(|line| !seen.insert(line.line)) {
        return Err(Rejection::LineTwice { line: twice.line });
    }
    lines.iter().try_for_each(check_line)
}

fn check_line(ordered: &OrderLine) -> Result<(), Rejection> {
    let line = ordered.line;
    let reductions = [ordered.discount_merchant, ordered.discount_platform, ordered.points];
    if ordered.quantity.get() > policy::PIECES_PER_LINE_MAX {
        Err(Rejection::TooManyPieces { line })
    } else if ordered.options.len() > policy::OPTIONS_MAX {
        Err(Rejection::TooManyOptions { line })
    } else if ordered.category.is_empty() || ordered.category.len() > policy::CATEGORY_BYTES_MAX {
        Err(Rejection::BadCategory { line })
    } else if reductions.into_iter().any(Amount::is_negative) {
        Err(Rejection::NegativeReduction { line })
    } else if ordered.paid().is_negative() {
        Err(Rejection::ReductionExceedsGoods { line })
    } else {
        Ok(())
    }
}

/// Every line travels in one group of its merchant, and every group has a line.
fn check_partition(lines: &[OrderLine], groups: &[DeliveryGroup]) -> Result<(), Rejection> {
    let merchants: BTreeMap<_, _> = groups.iter().map(|group| (group.group, group.merchant)).collect();
    for OrderLine { line, group, merchant, .. } in lines {
        let (line, group) = (*line, *group);
        match merchants.get(&group) {
            None => return Err(Rejection::UnknownGroup { line, group }),
            Some(owner) if owner != merchant => return Err(Rejection::OtherMerchant { line, group }),
            Some(_) => {}
        }
    }
    let used: BTreeSet<GroupNo> = lines.iter().map(|line| line.group).collect();
    match merchants.into_keys().find(|group| !used.contains(group)) {
        Some(group) => Err(Rejection::EmptyGroup { group }),
        None => Ok(()),
    }
}

/// Every coupon once, and on no line more taken off by coupons than the line's discounts say.
fn check_coupons(coupons: &[UsedCoupon], lines: &[OrderLine]) -> Result<(), Rejection> {
    if coupons.len() > policy::COUPONS_MAX {
        return Err(Rejection::TooManyCoupons { found: coupons.len() });
    }
    let mut seen: BTreeSet<CouponId> = BTreeSet::new();
    if let Some(twice) = coupons.iter().find(|used| !seen.insert(used.coupon)) {
        return Err(Rejection::CouponTwice { coupon: twice.coupon });
    }
    let mut left: BTreeMap<LineNo, (Amount, Amount)> =
        lines.iter().map(|line| (line.line, (line.discount_merchant, line.discount_platform))).collect();
    for used in coupons {
        for share in &used.shares {
            let unexplained = Rejection::CouponShareExceeds { coupon: used.coupon, line: share.line };
            let (merchant, platform) = left.get_mut(&share.line).ok_or(unexplained.clone())?;
            *merchant -= share.discount_merchant;
            *platform -= share.discount_platform;
            let negative = [*merchant, *platform, share.discount_merchant, share.discount_platform];
            if negative.into_iter().any(Amount::is_negative) {
                return Err(unexplained);
            }
        }
    }
    Ok(())
}

/// Every limited product is in a line.
fn check_limited(limited: &BTreeSet<ProductId>, lines: &[OrderLine]) -> Result<(), Rejection> {
    match limited.iter().find(|product| !lines.iter().any(|line| line.product == **product)) {
        Some(product) => Err(Rejection::LimitedNotOrdered { product: *product }),
        None => Ok(()),
    }
}

/// The placement with every amount allocated and every total added up.
fn placement(place: Place) -> Placed {
    let shipping = shipping_of_lines(&place.lines, &place.groups);
    let vat_rate = place.vat_rate;
    let with_lines = |group| PlacedGroup::new(group, lines_of(group, &place.lines), vat_rate);
    let groups = place.groups.iter().map(with_lines).collect::<Vec<_>>();
    let shipping_total = groups.iter().map(|group| group.fee.amount()).sum();
    let share = |line: LineNo| shipping.get(&line).copied().unwrap_or_default();
    let lines: Vec<PlacedLine> = place
        .lines
        .into_iter()
        .map(|line| {
            let shipping = share(line.line);
            PlacedLine::new(line, shipping, vat_rate)
        })
        .collect();
    let sum = |amount: fn(&PlacedLine) -> Amount| lines.iter().map(amount).sum::<Amount>();
    Placed {
        goods_total: sum(|line| line.unit_price.times(line.quantity)),
        discount_total: sum(|line| line.discount_merchant + line.discount_platform),
        points_total: sum(|line| line.points),
        shipping_total,
        total: sum(|line| line.paid) + shipping_total,
        order: place.order,
        mall: place.mall,
        currency: place.currency,
        member: place.member,
        recipient: place.recipient,
        gift: place.gift,
        memo: place.memo,
        lines,
        groups,
        coupons: place.coupons,
        limited: place.limited,
        vat_rate,
        payment: place.payment,
        payment_due: place.payment_due,
        confirm_after_days: place.confirm_after_days,
        at: place.at,
    }
}

fn lines_of(group: &DeliveryGroup, lines: &[OrderLine]) -> Vec<LineNo> {
    lines.iter().filter(|line| line.group == group.group).map(|line| line.line).collect()
}

/// Each group's fee split over its lines by the value of their goods, to the last unit.
fn shipping_of_lines(lines: &[OrderLine], groups: &[DeliveryGroup]) -> BTreeMap<LineNo, Amount> {
    groups.iter().flat_map(|group| shipping_of_group(lines, group)).collect()
}

fn shipping_of_group(lines: &[OrderLine], group: &DeliveryGroup) -> Vec<(LineNo, Amount)> {
    let own: Vec<&OrderLine> = lines.iter().filter(|line| line.group == group.group).collect();
    let weights: Vec<u64> = own.iter().map(|line| line.goods().minor().unsigned_abs()).collect();
    own.iter().map(|line| line.line).zip(allocate(group.fee.amount(), &weights)).collect()
}

//! What a commit means for the campaign tables. Pure.
//!
//! What a coupon takes off is said by the order that is placed with it, in the same append that has the coupon held.

use std::sync::Arc;

use eventstore::{ReadError, Recorded};
use kernel::Amount;
use kernel::id::OrderId;
use order::campaign::code::{self, CodeClaim};
use order::campaign::event::Launched;
use order::campaign::{self, Campaign as CampaignRules, Owner, Phase, Plan};
use order::coupon::event::Issued;
use order::coupon::{self, Coupon as CouponRules};
use order::value::UsedCoupon;

use super::row::{Campaign, CampaignChange, Counts, Coupon, CouponChange, CouponPhase, Row};
use crate::checkpoint::position;

/// The rows of one commit.
pub(super) fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let at = position(recorded.seq);
    if let Some(events) = recorded.events_of::<CampaignRules>()? {
        return Ok(Arc::unwrap_or_clone(events).into_iter().map(|event| of_campaign(at, event)).collect());
    }
    if let Some(events) = recorded.events_of::<CouponRules>()? {
        return Ok(events.iter().map(|event| of_coupon(at, event)).collect());
    }
    if let Some(events) = recorded.events_of::<CodeClaim>()? {
        return Ok(Arc::unwrap_or_clone(events).into_iter().map(of_code).collect());
    }
    let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
    Ok(events.iter().flat_map(placed_with).map(taken_off).collect())
}

fn of_campaign(at: i64, event: campaign::Event) -> Row {
    let issued = Some(event.issued());
    let now = |campaign, phase| {
        let none = CampaignChange::none(campaign);
        Row::CampaignChanged(CampaignChange { phase, issued, position: Some(at), ..none })
    };
    match event {
        campaign::Event::Launched(body) => Row::Launched(Box::new(launched(at, body))),
        campaign::Event::Issued(body) => now(body.campaign, None),
        campaign::Event::Paused(body) => now(body.campaign, Some(Phase::Paused)),
        campaign::Event::Resumed(body) => now(body.campaign, Some(Phase::Running)),
        campaign::Event::Ended(body) => now(body.campaign, Some(Phase::Ended)),
    }
}

fn launched(at: i64, Launched { campaign, plan, at: launched_at }: Launched) -> Campaign {
    let Plan { name, terms, distribution, limits, period, valid_days } = plan;
    Campaign {
        mall: terms.mall,
        merchant: match terms.owner {
            Owner::Platform => None,
            Owner::Merchant(merchant) => Some(merchant),
        },
        name,
        currency: terms.currency,
        benefit: terms.benefit,
        minimum_spend_minor: terms.minimum_spend,
        scope: terms.scope,
        funding: terms.funding,
        stackable: terms.stackable,
        back_at_cancel: terms.back_at_cancel,
        distribution,
        total: limits.total,
        per_member: limits.per_member,
        begins_at: period.from,
        ends_at: period.until,
        valid_days,
        launched_at,
        counts: Counts::default(),
        change: CampaignChange {
            phase: Some(Phase::Running),
            issued: Some(0),
            position: Some(at),
            ..CampaignChange::none(campaign)
        },
    }
}

/// A code is a stream of its own: the campaign's version doesn't move with it.
fn of_code(event: code::Event) -> Row {
    let (campaign, code) = match event {
        code::Event::Claimed(body) => (body.campaign, Some(body.code)),
        code::Event::Released(body) => (body.campaign, None),
    };
    Row::CampaignChanged(CampaignChange { code_changes: true, code, ..CampaignChange::none(campaign) })
}

fn of_coupon(at: i64, event: &coupon::Event) -> Row {
    let none = |coupon| CouponChange { position: Some(at), ..CouponChange::none(coupon) };
    let of_order = |coupon, phase, order: OrderId| CouponChange {
        phase: Some(phase),
        order_id: Some(order),
        ..none(coupon)
    };
    let change = match event {
        coupon::Event::Issued(body) => return Row::Issued(issued(at, body)),
        coupon::Event::Held(body) => of_order(body.coupon, CouponPhase::Held, body.order),
        coupon::Event::Used(body) => {
            CouponChange { used_at: Some(body.at), ..of_order(body.coupon, CouponPhase::Used, body.order) }
        }
        coupon::Event::Released(body) => free(none(body.coupon), CouponPhase::Issued),
        coupon::Event::GivenBack(body) => {
            CouponChange { given_back: 1, ..free(none(body.coupon), CouponPhase::Issued) }
        }
        coupon::Event::Revoked(body) => free(none(body.coupon), CouponPhase::Revoked),
    };
    Row::CouponChanged(change)
}

/// The coupon of no order.
const fn free(change: CouponChange, phase: CouponPhase) -> CouponChange {
    CouponChange { phase: Some(phase), discount_minor: Some(Amount::ZERO), ..change }
}

fn issued(at: i64, body: &Issued) -> Coupon {
    let change = CouponChange { position: Some(at), ..CouponChange::none(body.coupon) };
    Coupon {
        campaign: body.campaign,
        member: body.member,
        nth: body.nth,
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        issued_at: body.at,
        change: free(change, CouponPhase::Issued),
    }
}

fn placed_with(event: &order::Event) -> &[UsedCoupon] {
    match event {
        order::Event::Placed(body) => &body.coupons,
        order::Event::Paid(_)
        | order::Event::GiftAccepted(_)
        | order::Event::GiftEnded(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::LinesConfirmed(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimCompleted(_)
        | order::Event::ClaimClosed(_)
        | order::Event::Closed(_) => &[],
    }
}

fn taken_off(used: &UsedCoupon) -> Row {
    let discount_minor = Some(used.discount());
    Row::CouponChanged(CouponChange { discount_minor, ..CouponChange::none(used.coupon) })
}

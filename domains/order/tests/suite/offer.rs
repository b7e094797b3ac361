//! One campaign, and short ways to say what is asked of it.

use std::collections::BTreeSet;

use kernel::id::{CampaignId, CouponId, MemberId, ProductId};
use kernel::{Currency, MallId, Rate, Text};
use order::campaign::command::{End, Issue, Launch, Pause, Resume};
use order::campaign::{Benefit, Command, Distribution, Funding, Limits, Owner, Period, Plan, Scope, Terms};
use uuid::Uuid;

use crate::market::{at, price};

/// The campaign's first minute and the first one after it.
pub(crate) const FROM: i64 = 10;
pub(crate) const UNTIL: i64 = 100_000;

pub(crate) fn campaign(number: u128) -> CampaignId {
    CampaignId(Uuid::from_u128(0xca0 + number))
}

pub(crate) fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(0xe00 + number))
}

pub(crate) fn product(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(0xa00 + number))
}

/// The id that a member's nth coupon has.
pub(crate) fn coupon_id(of: u128, nth: u32) -> CouponId {
    CouponId(Uuid::from_u128(0xc0_0000 + of * 1_000 + u128::from(nth)))
}

pub(crate) fn rate(fraction: &str) -> Rate {
    serde_json::from_value(fraction.into()).unwrap()
}

pub(crate) fn mall() -> MallId {
    MallId::new("seoul").unwrap()
}

pub(crate) fn categories(codes: &[&str]) -> Scope {
    Scope::Categories(codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>())
}

/// Ten percent off fruit, at most 5,000, from 20,000 on, shared half and half.
pub(crate) fn terms() -> Terms {
    Terms {
        mall: mall(),
        currency: Currency::Krw,
        owner: Owner::Platform,
        benefit: Benefit::Rate { rate: rate("0.1"), cap: Some(price(5_000)) },
        minimum_spend: price(20_000),
        scope: categories(&["food.fruit"]),
        funding: Funding::Shared { merchant: rate("0.5") },
        stackable: false,
        back_at_cancel: true,
    }
}

/// Three coupons in all, two for a member, each for a week.
pub(crate) fn plan() -> Plan {
    Plan {
        name: Text::new("귤 축제").unwrap(),
        terms: terms(),
        distribution: Distribution::Download,
        limits: Limits { total: Some(3), per_member: 2 },
        period: Period { from: at(FROM), until: at(UNTIL) },
        valid_days: Some(7),
    }
}

pub(crate) fn launch_of(plan: Plan) -> Command {
    Command::Launch(Launch { campaign: campaign(1), plan, at: at(0) })
}

pub(crate) fn launch() -> Command {
    launch_of(plan())
}

/// The member's nth coupon in this minute.
pub(crate) fn issue_at(of: u128, nth: u32, minute: i64) -> Command {
    Command::Issue(Issue { coupon: coupon_id(of, nth), member: member(of), nth, at: at(minute) })
}

pub(crate) fn issue(of: u128, nth: u32) -> Command {
    issue_at(of, nth, FROM)
}

pub(crate) fn pause() -> Command {
    Command::Pause(Pause { at: at(20) })
}

pub(crate) fn resume() -> Command {
    Command::Resume(Resume { at: at(21) })
}

pub(crate) fn end() -> Command {
    Command::End(End { at: at(22) })
}

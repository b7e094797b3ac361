//! A story of coupons: two campaigns, and coupons that orders hold, use, let go of and give back.
//!
//! Campaign 1 is the platform's: of its coupons 1 is used by order 11, 2 was let go of by order 12, 3 came back from order 13,
//! 4 was taken back, 5 is held by order 14. Campaign 2 is merchant 1's, reached by a code and paused; coupon 6 is of it.

use eventstore::Seq;
use kernel::id::{CampaignId, CouponId};
use kernel::{Amount, Currency, Rate};
use order::campaign::code::{self, CampaignCode, CodeClaim, MallCode};
use order::campaign::command::{Issue, Launch, Pause};
use order::campaign::{Benefit, Campaign, Command as CampaignCommand, Limits, Period, Plan};
use order::campaign::{Distribution, Funding, Owner, Scope, Terms};
use order::command::Place;
use order::coupon::{self, Command as CouponCommand, Coupon};
use order::value::{CouponShare, LineNo, UsedCoupon};
use order::{Command as OrderCommand, Order};
use uuid::Uuid;

use crate::house::House;
use crate::words::{at, mall, member, merchant, order_id, place, price, shopper, system, text};

/// What a coupon takes off its order.
pub(crate) const OFF: i64 = 1_000;
/// The first minute after both campaigns.
pub(crate) const UNTIL: i64 = 10_000;
/// The first minute after each coupon of campaign 1.
pub(crate) const A_DAY: i64 = 24 * 60;

pub(crate) const fn campaign_id(number: u128) -> CampaignId {
    CampaignId(Uuid::from_u128(0xca_0000 + number))
}

pub(crate) const fn coupon_id(number: u128) -> CouponId {
    CouponId(Uuid::from_u128(0xc0_0000 + number))
}

impl House {
    /// Tells it.
    pub(crate) async fn tell_of_coupons(&self) {
        self.launch(1, platforms()).await;
        self.launch(2, merchants()).await;
        let code = CampaignCode::new("SPRING-26").unwrap();
        let named = MallCode { mall: mall(), code: code.clone() };
        let claim = code::Claim { mall: mall(), code, campaign: campaign_id(2), at: at(2) };
        self.tell::<CodeClaim>(system(), &named, code::Command::Claim(claim)).await;
        for (number, of, to, nth) in
            [(1, 1, 1, 1), (2, 1, 1, 2), (3, 1, 2, 1), (4, 1, 2, 2), (5, 1, 3, 1), (6, 2, 1, 1)]
        {
            self.issue((number, of), (to, nth)).await;
        }
        let pause = CampaignCommand::Pause(Pause { at: at(20) });
        self.tell::<Campaign>(system(), &campaign_id(2), pause).await;
        for (coupon, order, by) in [(1, 11, 1), (2, 12, 1), (3, 13, 2), (5, 14, 3)] {
            self.order_with(coupon, order, by).await;
        }
        let at = at(31);
        self.coupon(1, CouponCommand::Use(coupon::command::Use { order: order_id(11), at })).await;
        self.coupon(2, CouponCommand::Release(coupon::command::Release { order: order_id(12), at })).await;
        self.coupon(3, CouponCommand::Use(coupon::command::Use { order: order_id(13), at })).await;
        self.coupon(3, CouponCommand::GiveBack(coupon::command::GiveBack { order: order_id(13), at })).await;
        self.coupon(4, CouponCommand::Revoke(coupon::command::Revoke { at })).await;
    }

    /// The last coupon of campaign 1, to member 4.
    pub(crate) async fn hand_out_the_last(&self) {
        self.issue((7, 1), (4, 1)).await;
    }

    async fn launch(&self, number: u128, plan: Plan) {
        let launch = Launch { campaign: campaign_id(number), plan, at: at(i64::try_from(number).unwrap()) };
        self.tell::<Campaign>(system(), &campaign_id(number), CampaignCommand::Launch(launch)).await;
    }

    async fn issue(&self, (number, of): (u128, u128), (to, nth): (u128, u32)) {
        let (coupon, campaign, member) = (coupon_id(number), campaign_id(of), member(to));
        let at = at(10 + i64::try_from(number).unwrap());
        let count = CampaignCommand::Issue(Issue { coupon, member, nth, at });
        self.tell::<Campaign>(shopper(to), &campaign, count).await;
        let issuance = if of == 1 { platforms() } else { merchants() }.issuance(at);
        let (terms, valid_from, valid_until) = (issuance.terms, issuance.valid_from, issuance.valid_until);
        let issue =
            coupon::command::Issue { coupon, campaign, member, nth, terms, valid_from, valid_until, at };
        self.coupon(number, CouponCommand::Issue(issue)).await;
    }

    async fn order_with(&self, coupon: u128, order: u128, by: u128) {
        let place = OrderCommand::Place(placed_with(coupon, order, by));
        self.tell::<Order>(shopper(by), &order_id(order), place).await;
        let hold = coupon::command::Hold { order: order_id(order), member: member(by), at: at(30) };
        self.coupon(coupon, CouponCommand::Hold(hold)).await;
    }

    async fn coupon(&self, number: u128, command: CouponCommand) -> Seq {
        self.tell::<Coupon>(system(), &coupon_id(number), command).await
    }
}

/// An order whose first line a coupon is taken off.
fn placed_with(coupon: u128, order: u128, by: u128) -> Place {
    let mut place = place(order, by, 30);
    let off = Amount::from_minor(OFF);
    place.lines[0].discount_platform = off;
    place.total -= off;
    let share = CouponShare { line: LineNo(1), discount_merchant: Amount::ZERO, discount_platform: off };
    place.coupons =
        vec![UsedCoupon { coupon: coupon_id(coupon), campaign: campaign_id(1), shares: vec![share] }];
    place
}

fn platforms() -> Plan {
    Plan {
        name: text("귤 축제"),
        terms: Terms {
            mall: mall(),
            currency: Currency::Krw,
            owner: Owner::Platform,
            benefit: Benefit::Amount { off: price(OFF) },
            minimum_spend: price(10_000),
            scope: Scope::Categories(["food".to_owned()].into()),
            funding: Funding::Platform,
            stackable: false,
            back_at_cancel: true,
        },
        distribution: Distribution::Download,
        limits: Limits { total: Some(6), per_member: 2 },
        period: Period { from: at(0), until: at(UNTIL) },
        valid_days: Some(1),
    }
}

fn merchants() -> Plan {
    let terms = Terms {
        owner: Owner::Merchant(merchant(1)),
        funding: Funding::Merchant,
        benefit: Benefit::Rate { rate: Rate::new("0.1".parse().unwrap()).unwrap(), cap: Some(price(OFF)) },
        scope: Scope::Everything,
        ..platforms().terms
    };
    let limits = Limits { total: None, per_member: 1 };
    Plan { terms, limits, distribution: Distribution::Code, valid_days: None, ..platforms() }
}

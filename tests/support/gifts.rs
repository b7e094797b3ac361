//! Coupons and points in a shopper's hands.

use chrono::TimeDelta;
use eventstore::{Batch, Context};
use jangteo::app::App;
use jangteo::ids;
use kernel::id::{CampaignId, CouponId, MemberId};
use kernel::{Currency, MallId, Price, Text};
use member::PointAccount;
use member::points::{self, Earn, Earning, LotId, PointAccountId};
use order::campaign::command::{Issue, Launch};
use order::campaign::{Benefit, Distribution, Funding, Limits, Owner, Period, Plan, Scope, Terms};
use order::campaign::{Campaign, Command as CampaignCommand};
use order::coupon::{self, Coupon};

/// How long both are good for.
const DAYS: i64 = 365;

/// Whose, in which mall.
pub struct Holder<'a> {
    pub member: MemberId,
    pub mall: &'a MallId,
}

/// Gives somebody a coupon of a campaign of its own: an amount off anything, by the platform, given back at a cancel.
pub async fn coupon(app: &App, context: &Context, to: Holder<'_>, (coupon, off_minor): (CouponId, i64)) {
    let campaign = CampaignId(ids::derived(&["campaign of", &coupon.to_string()]));
    let plan = plan(to.mall, off_minor, context);
    let issuance = plan.issuance(context.at);
    let launch = CampaignCommand::Launch(Launch { campaign, plan, at: context.at });
    app.log.execute::<Campaign>(&context.step("launch"), &campaign, launch).await.unwrap();
    let member = to.member;
    let counted = CampaignCommand::Issue(Issue { coupon, member, nth: 1, at: context.at });
    let issued = coupon::Command::Issue(coupon::command::Issue {
        coupon,
        campaign,
        member,
        nth: 1,
        terms: issuance.terms,
        valid_from: issuance.valid_from,
        valid_until: issuance.valid_until,
        at: context.at,
    });
    let batch = Batch::new().with::<Campaign>(&campaign, counted).create::<Coupon>(&coupon, issued);
    app.log.commit(&context.step("issue"), batch).await.unwrap();
}

fn plan(mall: &MallId, off_minor: i64, context: &Context) -> Plan {
    let terms = Terms {
        mall: mall.clone(),
        currency: Currency::Krw,
        owner: Owner::Platform,
        benefit: Benefit::Amount { off: Price::new(off_minor).unwrap() },
        minimum_spend: Price::ZERO,
        scope: Scope::Everything,
        funding: Funding::Platform,
        stackable: true,
        back_at_cancel: true,
    };
    let period = Period { from: context.at, until: context.at + TimeDelta::days(DAYS) };
    Plan {
        name: Text::new("Spring").unwrap(),
        terms,
        distribution: Distribution::Download,
        limits: Limits { total: Some(1), per_member: 1 },
        period,
        valid_days: None,
    }
}

/// Gives somebody points.
pub async fn points(app: &App, context: &Context, to: Holder<'_>, amount_minor: i64) {
    let Holder { member, mall } = to;
    let account = PointAccountId { member, mall: mall.clone() };
    let earn = points::Command::Earn(Earn {
        member,
        mall: mall.clone(),
        lot: LotId(ids::derived(&["points of", &context.command_id.to_string()])),
        amount: Price::new(amount_minor).unwrap(),
        expires_at: context.at + TimeDelta::days(DAYS),
        reason: Earning::Granted { note: Text::new("Welcome").unwrap() },
        at: context.at,
    });
    app.log.execute::<PointAccount>(context, &account, earn).await.unwrap();
}

//! Campaigns (쿠폰 캠페인) and their coupons: launched once, handed out so often and no more, to whom the campaign says.
//!
//! A coupon's id follows from its campaign, its member and its number among that member's: the append that counts it on the
//! campaign also makes it, so that neither limit is passed however many ask at once.

use eventstore::{Batch, CommandError, Context, Outcome};
use kernel::id::{CampaignId, CouponId, MemberId, MerchantId};
use kernel::{MallId, Rejection as _};
use order::campaign::code::{CampaignCode, MallCode};
use order::campaign::command::{Issue, Launch};
use order::campaign::policy::SCOPE_PRODUCTS_MAX;
use order::campaign::{Campaign, CodeClaim, Command, Distribution, Plan, Scope, code};
use order::coupon::{self, Coupon};
use product::Product;

use super::ownership::Own;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::ids;

/// A campaign to launch.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// Its id, made at the edge.
    pub campaign: CampaignId,
    /// What it says.
    pub plan: Plan,
    /// The code that leads to it, where it is handed out by one.
    pub code: Option<CampaignCode>,
}

/// Who hands a coupon out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    /// The member takes one.
    Member,
    /// The member knows the code.
    Code,
    /// An operator, whatever the campaign says.
    Operator,
}

/// A coupon in somebody's hands.
#[derive(Debug, Clone)]
pub struct Given {
    /// The coupon.
    pub coupon: CouponId,
    /// Where its issue stands.
    pub outcome: Outcome,
}

/// The id of a member's nth coupon of a campaign, from 1.
pub fn coupon_id(campaign: CampaignId, member: MemberId, nth: u32) -> CouponId {
    CouponId(ids::derived(&["coupon", &campaign.to_string(), &member.to_string(), &nth.to_string()]))
}

impl App {
    /// Launches a campaign; a code leads to it from then on.
    pub async fn launch_campaign(
        &self,
        context: &Context,
        new: NewCampaign,
    ) -> Result<Outcome, ServiceError> {
        let NewCampaign { campaign, plan, code } = new;
        let mall = self.mall(&plan.terms.mall)?;
        if plan.terms.currency != mall.currency {
            let (expected, found) = (mall.currency, plan.terms.currency);
            return Err(Refusal::OtherCurrency { expected, found }.into());
        }
        let mall = mall.mall.clone();
        let launch = Command::Launch(Launch { campaign, plan, at: context.at });
        let mut batch = Batch::new().create::<Campaign>(&campaign, launch);
        if let Some(code) = code {
            let named = MallCode { mall: mall.clone(), code: code.clone() };
            let claim = code::Claim { mall, code, campaign, at: context.at };
            batch = batch.with::<CodeClaim>(&named, code::Command::Claim(claim));
        }
        Ok(self.log.commit(context, batch).await?)
    }

    /// Launches a campaign of a merchant who trades; the products that it names must be the merchant's.
    pub async fn launch_own_campaign(
        &self,
        context: &Context,
        merchant: MerchantId,
        new: NewCampaign,
    ) -> Result<Outcome, ServiceError> {
        // The same request again finds its campaign, whatever has changed since.
        if self.log.replay::<Campaign>(context, &new.campaign).await?.is_none() {
            self.check_trades(merchant).await?;
            self.check_own_products(merchant, &new.plan.terms.scope).await?;
        }
        self.launch_campaign(context, new).await
    }

    /// Of more than a campaign may name it says so itself.
    async fn check_own_products(&self, merchant: MerchantId, scope: &Scope) -> Result<(), ServiceError> {
        if let Scope::Products(products) = scope {
            for product in products.iter().take(SCOPE_PRODUCTS_MAX) {
                self.owned::<Product>(&Own::of(merchant, *product)).await?;
            }
        }
        Ok(())
    }

    /// Pauses, resumes or ends a merchant's campaign.
    pub async fn steer_own_campaign(
        &self,
        context: &Context,
        own: Own<CampaignId>,
        step: Command,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Campaign>(context, &own, step).await
    }

    /// Hands a member the next coupon of a campaign that hands them out this way.
    pub async fn give_coupon(
        &self,
        context: &Context,
        (campaign, member): (CampaignId, MemberId),
        by: Giver,
    ) -> Result<Given, ServiceError> {
        let plan = self.plan(campaign).await?.filter(|plan| hands_out(plan.distribution, by));
        let plan = plan.ok_or(Refusal::NotFound("campaign"))?;
        // Of one more than there may be the campaign itself says no.
        let most = plan.limits.per_member.saturating_add(1);
        for nth in 1..=most {
            let coupon = coupon_id(campaign, member, nth);
            if let Some(outcome) = self.log.replay::<Coupon>(context, &coupon).await? {
                return Ok(Given { coupon, outcome });
            }
            if self.log.read::<Coupon>(&coupon).await?.state.issued().is_some() {
                continue;
            }
            let batch = issue(&plan, (campaign, coupon), (member, nth), context);
            match self.log.commit(context, batch).await {
                // Another request of the same member was faster.
                Err(CommandError::Rejected(reason))
                    if reason.code() == coupon::Rejection::AlreadyIssued.code() => {}
                Ok(outcome) => return Ok(Given { coupon, outcome }),
                Err(refused) => return Err(refused.into()),
            }
        }
        Err(CommandError::Contended { attempts: most }.into())
    }

    /// A campaign's plan, which never changes.
    async fn plan(&self, campaign: CampaignId) -> Result<Option<Plan>, ServiceError> {
        if let Some(plan) = self.log.read::<Campaign>(&campaign).await?.state.plan() {
            return Ok(Some(plan.clone()));
        }
        Ok(self.log.read_latest::<Campaign>(&campaign).await?.state.plan().cloned())
    }

    /// The campaign that a code leads to.
    pub async fn campaign_of_code(
        &self,
        mall: &MallId,
        code: CampaignCode,
    ) -> Result<CampaignId, ServiceError> {
        let named = MallCode { mall: self.mall(mall)?.mall.clone(), code };
        let leads_to = self.log.read_latest::<CodeClaim>(&named).await?.state.campaign();
        Ok(leads_to.ok_or(Refusal::NotFound("code"))?)
    }
}

const fn hands_out(distribution: Distribution, by: Giver) -> bool {
    match by {
        Giver::Operator => true,
        Giver::Member => matches!(distribution, Distribution::Download),
        Giver::Code => matches!(distribution, Distribution::Code),
    }
}

/// Counts the coupon on its campaign and makes it.
fn issue(
    plan: &Plan,
    (campaign, coupon): (CampaignId, CouponId),
    (member, nth): (MemberId, u32),
    context: &Context,
) -> Batch {
    let at = context.at;
    let issuance = plan.issuance(at);
    let issue = coupon::command::Issue {
        coupon,
        campaign,
        member,
        nth,
        terms: issuance.terms,
        valid_from: issuance.valid_from,
        valid_until: issuance.valid_until,
        at,
    };
    Batch::new()
        .with::<Campaign>(&campaign, Command::Issue(Issue { coupon, member, nth, at }))
        .create::<Coupon>(&coupon, coupon::Command::Issue(issue))
}

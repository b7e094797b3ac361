//! Coupons and points that a shopper redeems for an order: whether they may be used now, and the hold on each.

use eventstore::Batch;
use kernel::id::{CouponId, MemberId, OrderId};
use kernel::{Amount, Decider, MallId, Price, Timestamp};
use member::points::{self, PointAccount, PointAccountId};
use order::coupon::{self, Coupon};
use order::policy::COUPONS_MAX;
use order::quote::{CouponOffer, Rejection};

use super::{Refusal, ServiceError};
use crate::app::App;

/// What is redeemed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redemption {
    /// These coupons.
    pub coupons: Vec<CouponId>,
    /// So many points.
    pub points: Amount,
}

/// Who redeems, for which order.
#[derive(Debug, Clone, Copy)]
pub struct Buyer {
    /// The member.
    pub member: MemberId,
    /// The order, placed or only thought of.
    pub order: OrderId,
}

/// What is redeemed, with what the coupons are good for.
#[derive(Debug, Default)]
pub(super) struct Redeemable {
    pub(super) coupons: Vec<CouponOffer>,
    pub(super) points: Amount,
}

impl App {
    /// Looks the coupons up. Refused as their hold would be, where the shopper can't use one now.
    pub(super) async fn redeemable(
        &self,
        buyer: Buyer,
        redemption: &Redemption,
        at: Timestamp,
    ) -> Result<Redeemable, ServiceError> {
        let found = redemption.coupons.len();
        if found > COUPONS_MAX {
            return Err(ServiceError::refused(Rejection::TooManyCoupons { found }));
        }
        let mut coupons = Vec::with_capacity(found);
        for coupon in &redemption.coupons {
            let state = self.log.read_latest::<Coupon>(coupon).await?.state;
            Coupon::decide(&state, hold(buyer, at)).map_err(ServiceError::refused)?;
            let issued = state.issued().ok_or(Refusal::NotFound("coupon"))?;
            let terms = issued.terms.clone();
            coupons.push(CouponOffer { coupon: *coupon, campaign: issued.campaign, terms });
        }
        Ok(Redeemable { coupons, points: redemption.points })
    }
}

/// Keeps every coupon and the points for the order, in the append that places it.
pub(super) fn hold_redeemed(
    mut batch: Batch,
    redemption: &Redemption,
    buyer: Buyer,
    (mall, at): (&MallId, Timestamp),
) -> Result<Batch, ServiceError> {
    for coupon in &redemption.coupons {
        batch = batch.with::<Coupon>(coupon, hold(buyer, at));
    }
    if redemption.points.is_zero() {
        return Ok(batch);
    }
    let account = PointAccountId { member: buyer.member, mall: mall.clone() };
    let amount = Price::new(redemption.points.minor()).map_err(|_| Refusal::PointsOutOfRange)?;
    let hold = points::command::Hold { order: buyer.order, amount, at };
    Ok(batch.with::<PointAccount>(&account, points::Command::Hold(hold)))
}

fn hold(Buyer { member, order }: Buyer, at: Timestamp) -> coupon::Command {
    coupon::Command::Hold(coupon::command::Hold { order, member, at })
}

//! What limits how much of a product a shopper may buy: the product's limits, and what its allowance has counted.

use std::collections::BTreeSet;

use eventstore::{Batch, ReadError};
use kernel::id::{MemberId, ProductId};
use kernel::{Quantity, Timestamp};
use order::allowance::{self, AllowanceId, PurchaseAllowance, Take};
use order::purchase_limit::{Limited, Limits, MemberLimit, PurchaseLimit};
use order::quote::Quote;
use product::Product;
use product::product::value::PurchaseLimits;

use super::ServiceError;
use super::redemption::Buyer;
use crate::app::App;

impl App {
    /// The products among these that limit what may be bought, with what the member has bought of each. A guest has
    /// bought nothing.
    pub(super) async fn purchase_limits(
        &self,
        member: Option<MemberId>,
        products: impl IntoIterator<Item = ProductId>,
        at: Timestamp,
    ) -> Result<Limits, ReadError> {
        let mut limits = Limits::new();
        for product in products.into_iter().collect::<BTreeSet<_>>() {
            let limit = limit_of(self.log.read::<Product>(&product).await?.state.purchase_limits());
            if limit == PurchaseLimit::default() {
                continue;
            }
            let bought = match member.zip(limit.per_member) {
                Some((member, limit)) => self.bought(AllowanceId { member, product }, limit, at).await?,
                None => 0,
            };
            limits.insert(product, Limited { limit, bought });
        }
        Ok(limits)
    }

    async fn bought(
        &self,
        allowance: AllowanceId,
        limit: MemberLimit,
        at: Timestamp,
    ) -> Result<u32, ReadError> {
        Ok(self.log.read_latest::<PurchaseAllowance>(&allowance).await?.state.counted(limit, at))
    }
}

fn limit_of(limits: PurchaseLimits) -> PurchaseLimit {
    let member = limits.max_per_member.map(|most| MemberLimit { pieces: most.pieces, days: most.days });
    PurchaseLimit { per_order: limits.max_per_order, per_member: member }
}

/// Refused where more is wanted of a product than may be bought.
pub(super) fn check_limits(quote: &Quote) -> Result<(), ServiceError> {
    match quote.over_limits.first() {
        Some(over) => Err(ServiceError::refused(allowance::Rejection::Exceeded {
            product: over.product,
            allowed: over.allowed,
            wanted: over.wanted,
        })),
        None => Ok(()),
    }
}

/// The products whose pieces count towards a limit of the member.
pub(super) fn limited_products(quote: &Quote) -> BTreeSet<ProductId> {
    members_limits(quote).map(|(product, _)| product).collect()
}

/// Counts what is bought of each of them, in the append that places the order.
pub(super) fn take_allowances(mut batch: Batch, quote: &Quote, buyer: Buyer, at: Timestamp) -> Batch {
    let Buyer { member, order } = buyer;
    for (product, limit) in members_limits(quote) {
        let pieces =
            quote.lines.iter().filter(|line| line.product == product).map(|line| line.quantity.get());
        let Ok(quantity) = Quantity::new(pieces.sum()) else { continue };
        let allowance = AllowanceId { member, product };
        let take = Take { allowance, order, quantity, limit, at };
        batch = batch.with::<PurchaseAllowance>(&allowance, allowance::Command::Take(take));
    }
    batch
}

fn members_limits(quote: &Quote) -> impl Iterator<Item = (ProductId, MemberLimit)> {
    quote.limits.iter().filter_map(|(product, limited)| Some((*product, limited.limit.per_member?)))
}

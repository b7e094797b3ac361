//! Whose a thing is: a merchant acts on its own things only. Another's looks exactly like one that doesn't exist.
//!
//! Never here: what may be done with it (its own decider says that).

use claim::Claim;
use eventstore::{Batch, Context, Folded, Outcome, Seq};
use kernel::Decider;
use kernel::id::MerchantId;
use order::campaign::{Campaign, Owner};
use product::{Product, Stock};
use settlement::Statement;
use shipping::Shipment;

use super::{Refusal, ServiceError};
use crate::app::App;

/// Something that a merchant says is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own<I> {
    /// Who says so.
    pub merchant: MerchantId,
    /// What.
    pub id: I,
    /// The version that the merchant saw; none where it doesn't care.
    pub seen: Option<Seq>,
}

impl<I> Own<I> {
    /// A merchant's thing, at whatever version.
    pub const fn of(merchant: MerchantId, id: I) -> Self {
        Self { merchant, id, seen: None }
    }

    /// The same at the version that the merchant saw.
    #[must_use]
    pub fn seen(self, seen: Option<Seq>) -> Self {
        Self { seen, ..self }
    }
}

/// An aggregate that belongs to merchants.
pub(super) trait Owned: Decider {
    /// What it is called when there is none.
    const NOUN: &'static str;

    /// Whether a merchant may know of it.
    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool;
}

impl App {
    /// A merchant's thing. A "there is none" is answered only from what the leader has.
    pub(super) async fn owned<D: Owned>(&self, own: &Own<D::Id>) -> Result<Folded<D>, ServiceError> {
        let known = self.log.read::<D>(&own.id).await?;
        if D::belongs_to(&known.state, own.merchant) {
            return Ok(known);
        }
        let latest = self.log.read_latest::<D>(&own.id).await?;
        let is_own = D::belongs_to(&latest.state, own.merchant);
        if is_own { Ok(latest) } else { Err(Refusal::NotFound(D::NOUN).into()) }
    }

    /// One command to a merchant's thing, at the version that was seen.
    pub(super) async fn act<D: Owned>(
        &self,
        context: &Context,
        own: &Own<D::Id>,
        command: D::Command,
    ) -> Result<Outcome, ServiceError>
    where
        D::Command: Clone + Sync,
    {
        self.owned::<D>(own).await?;
        let batch = match own.seen {
            Some(version) => Batch::new().at_version::<D>(&own.id, version, command),
            None => Batch::new().with::<D>(&own.id, command),
        };
        Ok(self.log.commit(context, batch).await?)
    }
}

impl Owned for Product {
    const NOUN: &'static str = "product";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        state.merchant() == Some(merchant)
    }
}

impl Owned for Stock {
    const NOUN: &'static str = "stock";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        state.item().is_some_and(|item| item.merchant == merchant)
    }
}

impl Owned for Shipment {
    const NOUN: &'static str = "shipment";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        state.merchant() == Some(merchant)
    }
}

impl Owned for Claim {
    const NOUN: &'static str = "claim";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        // Claims of old held lines of several merchants: none of them answers for another's.
        state.merchants().iter().eq([&merchant])
    }
}

impl Owned for Statement {
    const NOUN: &'static str = "statement";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        state.standing().is_some_and(|standing| standing.merchant() == merchant)
    }
}

impl Owned for Campaign {
    const NOUN: &'static str = "campaign";

    fn belongs_to(state: &Self::State, merchant: MerchantId) -> bool {
        state.plan().is_some_and(|plan| plan.terms.owner == Owner::Merchant(merchant))
    }
}

//! The policy in force: the last one set, or the default. Never here: former ones; the log has them.

use kernel::id::MerchantId;
use kernel::{MallId, Price};

use super::event::{Event, PolicySet};
use super::policy;
use super::value::{FeeRule, RemoteSurcharges};

/// The policy in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Never set: free, no return fee, nothing on top for remote areas, [`policy::DEFAULT_DISPATCH_DAYS`].
    #[default]
    Unset,
    /// The last one set.
    Set(PolicySet),
}

impl State {
    /// The state after an event: each says everything, so what came before doesn't matter.
    pub(crate) fn after(event: &Event) -> Self {
        match event {
            Event::Set(body) => Self::Set(body.clone()),
        }
    }

    /// Whose policy, once it was set.
    pub fn merchant(&self) -> Option<MerchantId> {
        self.set().map(|set| set.merchant)
    }

    /// Where, once it was set.
    pub fn mall(&self) -> Option<&MallId> {
        self.set().and_then(|set| set.mall.as_ref())
    }

    /// How the delivery fee is found.
    pub fn fee(&self) -> FeeRule {
        self.set().map_or(FeeRule::Free, |set| set.fee)
    }

    /// What a return at the buyer's fault costs, one way.
    pub fn return_fee(&self) -> Price {
        self.set().map_or(Price::ZERO, |set| set.return_fee)
    }

    /// What delivery to a remote area costs on top.
    pub fn remote_surcharges(&self) -> RemoteSurcharges {
        self.set().map_or_else(RemoteSurcharges::default, |set| set.remote_surcharges)
    }

    /// Days from payment to dispatch.
    pub fn dispatch_days(&self) -> u16 {
        self.set().map_or(policy::DEFAULT_DISPATCH_DAYS, |set| set.dispatch_days)
    }

    fn set(&self) -> Option<&PolicySet> {
        match self {
            Self::Unset => None,
            Self::Set(set) => Some(set),
        }
    }
}

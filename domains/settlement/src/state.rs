//! What a statement is now: the fold of its events. Small: of each item only its key. Never here: a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kernel::Amount;
use kernel::id::{MerchantId, PayoutId, StatementId};
use serde::{Deserialize, Serialize};

use crate::event::{ItemsAdded, Opened};
use crate::totals::Totals;
use crate::value::{Heading, ItemKey};

/// A statement, or none yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Nothing happened yet.
    #[default]
    Absent,
    /// It was opened.
    Standing(Box<Standing>),
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Items may be added.
    Open,
    /// The figures are final.
    Closed,
    /// The figures are agreed.
    Confirmed,
    /// The bank was asked for the payout.
    PayoutRequested(PayoutId),
    /// The bank didn't make the payout.
    PayoutFailed(PayoutId),
    /// The bank made the payout.
    Paid(PayoutId),
    /// Ended without a payout; the next statement takes the balance over.
    CarriedOver,
}

impl Phase {
    /// The word for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Confirmed => "confirmed",
            Self::PayoutRequested(_) => "payout_requested",
            Self::PayoutFailed(_) => "payout_failed",
            Self::Paid(_) => "paid",
            Self::CarriedOver => "carried_over",
        }
    }
}

/// A statement that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub(crate) statement: StatementId,
    pub(crate) heading: Heading,
    pub(crate) phase: Phase,
    /// Shared, so that cloning a state is cheap whatever the number of items.
    pub(crate) keys: Arc<BTreeSet<ItemKey>>,
    pub(crate) totals: Totals,
    pub(crate) carried_in: BTreeMap<StatementId, Amount>,
    pub(crate) chain: String,
    pub(crate) hash: Option<String>,
    pub(crate) payouts: BTreeSet<PayoutId>,
}

impl State {
    /// The statement, if it was opened.
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            Self::Absent => None,
            Self::Standing(standing) => Some(standing),
        }
    }

    /// The state with its statement changed; an absent one stays absent.
    pub(crate) fn with(self, change: impl FnOnce(&mut Standing)) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Standing(mut standing) => {
                change(&mut standing);
                Self::Standing(standing)
            }
        }
    }
}

impl Standing {
    /// Its id.
    pub const fn statement(&self) -> StatementId {
        self.statement
    }

    /// What it is for.
    pub const fn heading(&self) -> &Heading {
        &self.heading
    }

    /// Who is owed.
    pub const fn merchant(&self) -> MerchantId {
        self.heading.merchant
    }

    /// Where it stands.
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The sums over its items.
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// What it took over from former statements, in minor units.
    pub fn carried_in(&self) -> Amount {
        self.carried_in.values().sum()
    }

    /// What the merchant is owed in all, in minor units; negative where the merchant owes.
    pub fn due(&self) -> Amount {
        self.totals.net + self.carried_in()
    }

    /// Its hash, once closed.
    pub fn hash(&self) -> Option<&str> {
        self.hash.as_deref()
    }

    /// Whether it holds an item of this key.
    pub fn contains(&self, key: &ItemKey) -> bool {
        self.keys.contains(key)
    }

    pub(crate) fn opened(event: &Opened) -> Self {
        Self {
            statement: event.statement,
            heading: Heading {
                merchant: event.merchant,
                mall: event.mall.clone(),
                currency: event.currency,
                period: event.period,
            },
            phase: Phase::Open,
            keys: Arc::default(),
            totals: Totals::default(),
            carried_in: BTreeMap::new(),
            chain: event.chain_sha256.clone(),
            hash: None,
            payouts: BTreeSet::new(),
        }
    }

    pub(crate) fn add(&mut self, event: &ItemsAdded) {
        let keys = Arc::make_mut(&mut self.keys);
        keys.extend(event.items.iter().map(|item| item.item.clone()));
        self.totals = event.items.iter().fold(self.totals, Totals::with);
        self.chain.clone_from(&event.chain_sha256);
    }
}

//! A merchant as it stands. Never here: a decision.

mod dossier;

use std::sync::Arc;

use kernel::id::ApiKeyId;
use kernel::{Sealed, Text, Timestamp};

pub use dossier::Dossier;

use super::{ApiKey, BusinessNumber, Contract, Event, Phase};
use crate::{EmailHash, HonouredSessions, PasswordHash, SecretHash};

/// A merchant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody has applied.
    #[default]
    Absent,
    /// Somebody has.
    Known(Box<Dossier>),
}

impl State {
    /// Where the merchant stands; none where nobody has applied.
    pub fn phase(&self) -> Option<Phase> {
        self.dossier().map(|dossier| dossier.phase)
    }

    /// Whether the merchant may sell.
    pub fn trades(&self) -> bool {
        self.phase() == Some(Phase::Approved)
    }

    /// The shop's public name.
    pub fn name(&self) -> Option<&Text<80>> {
        self.dossier().map(|dossier| &dossier.name)
    }

    /// The business registration number.
    pub fn business_number(&self) -> Option<&BusinessNumber> {
        self.dossier().map(|dossier| &dossier.business_number)
    }

    /// The e-mail address, also after it became free.
    pub fn email_hash(&self) -> Option<&EmailHash> {
        self.dossier().map(|dossier| &dossier.email_hash)
    }

    /// The hash to verify a password against; none until an imported merchant set one, and none after the end.
    pub fn password_hash(&self) -> Option<&PasswordHash> {
        self.dossier().and_then(|dossier| dossier.password_hash.as_ref())
    }

    /// The sessions that the merchant honours.
    pub fn honoured_sessions(&self) -> Option<HonouredSessions> {
        self.dossier().map(|dossier| dossier.honoured)
    }

    /// Who to speak to.
    pub fn contact(&self) -> Option<&Sealed> {
        self.dossier().map(|dossier| &dossier.contact)
    }

    /// Where settlements are paid to.
    pub fn bank_account(&self) -> Option<&Sealed> {
        self.dossier().map(|dossier| &dossier.bank_account)
    }

    /// The bank account that waits for an operator's approval.
    pub fn requested_bank_account(&self) -> Option<&Sealed> {
        self.dossier().and_then(|dossier| dossier.requested_bank_account.as_ref())
    }

    /// Why the bank account asked for last was turned down; nothing after another one was asked for.
    pub fn bank_account_rejection(&self) -> Option<&Text<500>> {
        self.dossier().and_then(|dossier| dossier.bank_account_rejection.as_ref())
    }

    /// The contract in force at an instant; none before the first.
    pub fn contract_at(&self, instant: Timestamp) -> Option<&Contract> {
        let contracts = &self.dossier()?.contracts;
        contracts.iter().rev().find(|contract| contract.effective_from <= instant).map(Arc::as_ref)
    }

    /// The contract that an order placed at an instant is settled by: the one in force then, or the first where none was
    /// yet. Since no contract is ever retroactive, it stays the same for ever.
    pub fn contract_of_order(&self, placed_at: Timestamp) -> Option<&Contract> {
        let first = || self.dossier()?.contracts.first().map(Arc::as_ref);
        self.contract_at(placed_at).or_else(first)
    }

    /// The hash of an API key, if it is good.
    pub fn api_key(&self, key: ApiKeyId) -> Option<&SecretHash> {
        self.dossier()?.api_keys.get(&key).map(|api_key| &api_key.secret_hash)
    }

    /// The API keys that are good, by id.
    pub fn api_keys(&self) -> impl Iterator<Item = (ApiKeyId, &ApiKey)> {
        self.dossier().into_iter().flat_map(|dossier| dossier.api_keys.iter().map(|(id, key)| (*id, key)))
    }

    fn dossier(&self) -> Option<&Dossier> {
        match self {
            Self::Absent => None,
            Self::Known(dossier) => Some(dossier),
        }
    }

    pub(super) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Applied(applied) => Self::Known(Box::new(Dossier::applied(applied))),
            Event::Approved(approved) => self.with(|it| it.approve(&approved.contract)),
            Event::Rejected(_) => self.with(|it| it.end(Phase::Rejected)),
            Event::ContractAgreed(agreed) => self.with(|it| it.agree(&agreed.contract)),
            Event::Suspended(_) => self.with(|it| it.phase = Phase::Suspended),
            Event::Resumed(_) => self.with(|it| it.phase = Phase::Approved),
            Event::Closed(_) => self.with(|it| it.end(Phase::Closed)),
            Event::ApiKeyIssued(issued) => self.with(|it| it.issue(issued)),
            Event::ApiKeyRevoked(revoked) => self.with(|it| it.revoke(revoked.key)),
            Event::PasswordSet(set) => self.with(|it| it.set_password(set)),
            Event::BankAccountChangeRequested(asked) => self.with(|it| it.request(&asked.bank_account)),
            Event::BankAccountChangeApproved(approved) => self.with(|it| it.pay_to(&approved.bank_account)),
            Event::BankAccountChangeRejected(rejected) => self.with(|it| it.keep_account(&rejected.reason)),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Dossier)) -> Self {
        match &mut self {
            Self::Absent => {}
            Self::Known(dossier) => change(dossier),
        }
        self
    }
}

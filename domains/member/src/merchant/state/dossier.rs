//! What is known of a merchant, and how each fact changes it. Never here: a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kernel::id::{ApiKeyId, MerchantId};
use kernel::{Sealed, Text};

use super::super::{ApiKey, ApiKeyIssued, Applied, BusinessNumber, Contract, PasswordSet, Phase};
use crate::{EmailHash, HonouredSessions, PasswordHash};

/// What is known of a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    pub(in crate::merchant) merchant: MerchantId,
    pub(in crate::merchant) phase: Phase,
    pub(in crate::merchant) name: Text<80>,
    pub(in crate::merchant) business_number: BusinessNumber,
    pub(in crate::merchant) email_hash: EmailHash,
    pub(in crate::merchant) contact: Sealed,
    pub(in crate::merchant) bank_account: Sealed,
    pub(in crate::merchant) requested_bank_account: Option<Sealed>,
    pub(in crate::merchant) bank_account_rejection: Option<Text<500>>,
    pub(in crate::merchant) password_hash: Option<PasswordHash>,
    pub(in crate::merchant) honoured: HonouredSessions,
    /// By the instant they come into force, the last one last; shared, so that a clone stays cheap.
    pub(in crate::merchant) contracts: Vec<Arc<Contract>>,
    pub(in crate::merchant) api_keys: BTreeMap<ApiKeyId, ApiKey>,
    pub(in crate::merchant) revoked_keys: BTreeSet<ApiKeyId>,
}

impl Dossier {
    pub(super) fn applied(applied: &Applied) -> Self {
        Self {
            merchant: applied.merchant,
            phase: Phase::Applied,
            name: applied.name.clone(),
            business_number: applied.business_number.clone(),
            email_hash: applied.email_hash.clone(),
            contact: applied.contact.clone(),
            bank_account: applied.bank_account.clone(),
            requested_bank_account: None,
            bank_account_rejection: None,
            password_hash: applied.password_hash.clone(),
            honoured: HonouredSessions::default(),
            contracts: Vec::new(),
            api_keys: BTreeMap::new(),
            revoked_keys: BTreeSet::new(),
        }
    }

    pub(super) fn approve(&mut self, contract: &Contract) {
        self.phase = Phase::Approved;
        self.agree(contract);
    }

    pub(super) fn agree(&mut self, contract: &Contract) {
        self.contracts.push(Arc::new(contract.clone()));
    }

    /// Nobody signs in any more, by password or by key.
    pub(super) fn end(&mut self, phase: Phase) {
        self.phase = phase;
        self.password_hash = None;
        self.api_keys.clear();
    }

    pub(super) fn set_password(&mut self, set: &PasswordSet) {
        self.password_hash = Some(set.password_hash.clone());
        self.honoured = self.honoured.after_change(set.session);
    }

    pub(super) fn issue(&mut self, issued: &ApiKeyIssued) {
        let api_key = ApiKey { secret_hash: issued.secret_hash.clone(), label: issued.label.clone() };
        self.api_keys.insert(issued.key, api_key);
    }

    pub(super) fn revoke(&mut self, key: ApiKeyId) {
        self.api_keys.remove(&key);
        self.revoked_keys.insert(key);
    }

    pub(super) fn request(&mut self, bank_account: &Sealed) {
        self.requested_bank_account = Some(bank_account.clone());
        self.bank_account_rejection = None;
    }

    pub(super) fn keep_account(&mut self, reason: &Text<500>) {
        self.requested_bank_account = None;
        self.bank_account_rejection = Some(reason.clone());
    }

    pub(super) fn pay_to(&mut self, bank_account: &Sealed) {
        self.bank_account = bank_account.clone();
        self.requested_bank_account = None;
    }
}

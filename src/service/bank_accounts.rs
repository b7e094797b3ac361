//! A merchant's bank accounts, opened for those who pay. Never here: changing one (see `merchants`).

use eventstore::Seq;
use kernel::id::MerchantId;
use member::Merchant;

use super::personal::BankAccount;
use super::{Refusal, ServiceError};
use crate::app::App;

/// Where a merchant is paid, and where it asks to be.
#[derive(Debug, Clone)]
pub struct BankAccounts {
    /// Where settlements are paid to.
    pub current: BankAccount,
    /// Where the merchant asks to be paid to.
    pub requested: Option<BankAccount>,
    /// The merchant's version.
    pub version: Seq,
}

impl App {
    /// A merchant's bank accounts.
    pub async fn bank_accounts(&self, merchant: MerchantId) -> Result<BankAccounts, ServiceError> {
        let read = self.log.read_latest::<Merchant>(&merchant).await?;
        let current = read.state.bank_account().ok_or(Refusal::NotFound("merchant"))?;
        let current = self.vault.open(merchant.0, current).await?;
        let requested = match read.state.requested_bank_account() {
            Some(sealed) => Some(self.vault.open(merchant.0, sealed).await?),
            None => None,
        };
        Ok(BankAccounts { current, requested, version: read.version })
    }
}

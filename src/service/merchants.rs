//! Merchants: applying, being approved, API keys.

use eventstore::{Batch, Context, Outcome, Seq};
use kernel::Text;
use kernel::id::{ApiKeyId, MerchantId, OperatorId};
use member::merchant::command::{
    Apply, Approve, IssueApiKey, Reject, RequestBankAccountChange, RevokeApiKey,
};
use member::merchant::{BusinessNumber, Command, Contract};
use member::{EmailClaim, EmailHash, Holder, Merchant, email};

use super::ServiceError;
use super::personal::{BankAccount, Profile};
use super::sessions::Login;
use crate::app::App;
use crate::credential::api_key::ApiKey;

/// A wish to sell.
#[derive(Debug, Clone)]
pub struct Application {
    /// The merchant's id, made at the edge.
    pub merchant: MerchantId,
    /// The shop's name.
    pub name: Text<80>,
    /// The business registration number.
    pub business_number: BusinessNumber,
    /// Who to speak to.
    pub contact: Profile,
    /// Where settlements are paid to.
    pub bank_account: BankAccount,
    /// What the merchant logs in with.
    pub login: Login,
}

impl App {
    /// Applies to sell here.
    pub async fn apply(&self, context: &Context, wish: Application) -> Result<Outcome, ServiceError> {
        let (email_hash, password_hash) = self.hash_login(wish.login).await?;
        let (merchant, at) = (wish.merchant, context.at);
        let apply = Apply {
            merchant,
            name: wish.name,
            business_number: wish.business_number,
            email_hash: email_hash.clone(),
            contact: self.vault.seal(merchant.0, &wish.contact).await?,
            bank_account: self.vault.seal(merchant.0, &wish.bank_account).await?,
            password_hash,
            at,
        };
        let claim =
            email::command::Claim { email_hash: email_hash.clone(), holder: Holder::Merchant(merchant), at };
        let batch = Batch::new()
            .create::<Merchant>(&merchant, Command::Apply(apply))
            .create::<EmailClaim>(&email_hash, email::Command::Claim(claim));
        Ok(self.log.commit(context, batch).await?)
    }

    /// Takes a merchant on, under a contract.
    pub async fn approve_merchant(
        &self,
        context: &Context,
        merchant: MerchantId,
        operator: OperatorId,
        contract: Contract,
    ) -> Result<Outcome, ServiceError> {
        let approve = Approve { operator, contract, at: context.at };
        Ok(self.log.execute::<Merchant>(context, &merchant, Command::Approve(approve)).await?)
    }

    /// Turns a merchant down for good, and gives the e-mail address back in the same append.
    pub async fn reject_merchant(
        &self,
        context: &Context,
        merchant: MerchantId,
        seen: Option<Seq>,
        reject: Reject,
    ) -> Result<Outcome, ServiceError> {
        // The merchant stands last: asked again, when the address isn't the merchant's any more, its position is the same.
        let batch = match self.held_address(merchant).await? {
            Some(email_hash) => {
                let release = email::command::Release { holder: Holder::Merchant(merchant), at: reject.at };
                Batch::new().with::<EmailClaim>(&email_hash, email::Command::Release(release))
            }
            None => Batch::new(),
        };
        let batch = match seen {
            Some(version) => batch.at_version::<Merchant>(&merchant, version, Command::Reject(reject)),
            None => batch.with::<Merchant>(&merchant, Command::Reject(reject)),
        };
        Ok(self.log.commit(context, batch).await?)
    }

    /// The e-mail address that a merchant holds; none once it was given back, since when others may hold it.
    async fn held_address(&self, merchant: MerchantId) -> Result<Option<EmailHash>, ServiceError> {
        let state = self.log.read_latest::<Merchant>(&merchant).await?.state;
        let Some(email_hash) = state.email_hash() else { return Ok(None) };
        let claim = self.log.read_latest::<EmailClaim>(email_hash).await?.state;
        Ok(claim.holder().filter(|holder| *holder == Holder::Merchant(merchant)).map(|_| email_hash.clone()))
    }

    /// Issues an API key; the whole key is shown once, here. Its secret follows from the key's id and the
    /// installation's secret, so that the same request answered twice shows the same key.
    pub async fn issue_api_key(
        &self,
        context: &Context,
        merchant: MerchantId,
        key: ApiKeyId,
        label: Text<80>,
    ) -> Result<(String, Outcome), ServiceError> {
        let shown = ApiKey::derived(&self.secrets.token, merchant, key, context.command_id);
        let secret_hash = shown.hash().map_err(|error| ServiceError::Broken(error.to_string()))?;
        let issue = IssueApiKey { key, secret_hash, label, at: context.at };
        let outcome = self.log.execute::<Merchant>(context, &merchant, Command::IssueApiKey(issue)).await?;
        Ok((shown.text(), outcome))
    }

    /// The API keys of a merchant that are good: id and label.
    pub async fn api_keys(&self, merchant: MerchantId) -> Result<Vec<(ApiKeyId, Text<80>)>, ServiceError> {
        let state = self.log.read_latest::<Merchant>(&merchant).await?.state;
        Ok(state.api_keys().map(|(key, issued)| (key, issued.label.clone())).collect())
    }

    /// Ends an API key of a merchant for good.
    pub async fn revoke_api_key(
        &self,
        context: &Context,
        merchant: MerchantId,
        key: ApiKeyId,
    ) -> Result<Outcome, ServiceError> {
        let revoke = Command::RevokeApiKey(RevokeApiKey { key, at: context.at });
        Ok(self.log.execute::<Merchant>(context, &merchant, revoke).await?)
    }

    /// Asks to be paid to another bank account; an operator approves.
    pub async fn request_bank_account(
        &self,
        context: &Context,
        merchant: MerchantId,
        account: &BankAccount,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        let bank_account = self.vault.seal(merchant.0, account).await?;
        let request = RequestBankAccountChange { bank_account, at: context.at };
        let request = Command::RequestBankAccountChange(request);
        self.change::<Merchant>(context, &merchant, seen, [request]).await
    }
}

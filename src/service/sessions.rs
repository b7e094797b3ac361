//! Logging in: a short access token and a refresh token that rotates; a refresh token used twice ends the session.

use chrono::TimeDelta;
use eventstore::{Batch, Context, Outcome};
use kernel::Timestamp;
use kernel::id::SessionId;
use member::session::command::{Open, Revoke, Rotate};
use member::session::{Command, RevokeReason};
use member::{EmailClaim, EmailHash, Holder, Member, Merchant, Operator, PasswordHash, Session};

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::credential::{Address, Issued, Password, Refresh};
use crate::ids;

/// How long a refresh token is good for.
const REFRESH_DAYS: i64 = 30;

/// What somebody logs in with.
#[derive(Debug, Clone)]
pub struct Login {
    /// The e-mail address.
    pub address: Address,
    /// The password; none for an imported account, which must set one.
    pub password: Option<Password>,
}

/// Which kind of account logs in: each API lets in its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A shopper.
    Member,
    /// A merchant.
    Merchant,
    /// A person in the back office.
    Operator,
}

/// A session's tokens.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Whose session.
    pub principal: Holder,
    /// The access token, with its end.
    pub access: Issued,
    /// The refresh token; the next use gives another.
    pub refresh: String,
    /// Until when the refresh token is good.
    pub refresh_expires_at: Timestamp,
}

impl App {
    pub(super) async fn hash_login(
        &self,
        login: Login,
    ) -> Result<(EmailHash, Option<PasswordHash>), ServiceError> {
        let email_hash = self.email_hash(&login.address)?;
        let password_hash = match login.password {
            Some(password) => Some(self.hash_password(password).await?),
            None => None,
        };
        Ok((email_hash, password_hash))
    }

    pub(super) async fn hash_password(&self, password: Password) -> Result<PasswordHash, ServiceError> {
        self.passwords.hash(password).await.map_err(broken)
    }

    pub(super) async fn is_password(
        &self,
        password: Password,
        hash: Option<&PasswordHash>,
    ) -> Result<bool, ServiceError> {
        self.passwords.verify(password, hash).await.map_err(broken)
    }

    /// The keyed hash that an e-mail address is claimed by.
    pub fn email_hash(&self, address: &Address) -> Result<EmailHash, ServiceError> {
        address.hash(&self.secrets.email).map_err(broken)
    }

    /// Logs in. A wrong password and an unknown address look alike, and take alike.
    pub async fn log_in(
        &self,
        context: &Context,
        kind: Kind,
        address: &Address,
        password: Password,
    ) -> Result<Tokens, ServiceError> {
        let claim = self.log.read_latest::<EmailClaim>(&self.email_hash(address)?).await?.state;
        let holder = claim.holder().filter(|holder| of_kind(holder) == kind);
        let hash = match holder {
            Some(holder) => self.password_of(holder).await?,
            None => None,
        };
        let right = self.is_password(password, hash.as_ref()).await?;
        let principal = holder.filter(|_| right).ok_or(Refusal::WrongCredentials)?;
        self.open_session(context, principal).await
    }

    /// The password of an account that may log in.
    async fn password_of(&self, holder: Holder) -> Result<Option<PasswordHash>, ServiceError> {
        Ok(match holder {
            Holder::Member(id) => {
                let state = self.log.read_latest::<Member>(&id).await?.state;
                state.password_hash().filter(|_| state.is_active()).cloned()
            }
            Holder::Merchant(id) => {
                self.log.read_latest::<Merchant>(&id).await?.state.password_hash().cloned()
            }
            Holder::Operator(id) => {
                let state = self.log.read_latest::<Operator>(&id).await?.state;
                state.password_hash().filter(|_| state.is_enabled()).cloned()
            }
        })
    }

    async fn open_session(&self, context: &Context, principal: Holder) -> Result<Tokens, ServiceError> {
        let session = SessionId(ids::derived(&["session", &context.command_id.to_string()]));
        let refresh = Refresh::derived(&self.secrets.token, session, context.command_id);
        let expires_at = context.at + TimeDelta::days(REFRESH_DAYS);
        let refresh_hash = refresh.hash().map_err(broken)?;
        let open = Open { session, principal, refresh_hash, expires_at, at: context.at };
        let batch = Batch::new().create::<Session>(&session, Command::Open(open));
        self.log.commit(context, batch).await?;
        self.tokens(principal, &refresh, expires_at, context.at)
    }

    /// Changes the refresh token of an account of this kind for the next one: each API takes its own.
    pub async fn refresh_as(
        &self,
        context: &Context,
        kind: Kind,
        presented: &Refresh,
    ) -> Result<Tokens, ServiceError> {
        let state = self.log.read_latest::<Session>(&presented.session()).await?.state;
        let principal = state.principal().filter(|principal| of_kind(principal) == kind);
        let principal = principal.ok_or(Refusal::SessionOver)?;
        // Who may not log in any more doesn't stay in by refreshing.
        if self.password_of(principal).await?.is_none() {
            return Err(Refusal::SessionOver.into());
        }
        self.refresh(context, presented).await
    }

    /// Changes a refresh token for the next one. One that was used before ends the session: it was stolen.
    async fn refresh(&self, context: &Context, presented: &Refresh) -> Result<Tokens, ServiceError> {
        let session = presented.session();
        let next = Refresh::derived(&self.secrets.token, session, context.command_id);
        let expires_at = context.at + TimeDelta::days(REFRESH_DAYS);
        let rotate = Rotate {
            presented_hash: presented.hash().map_err(broken)?,
            next_hash: next.hash().map_err(broken)?,
            expires_at,
            at: context.at,
        };
        let outcome = self.log.execute::<Session>(context, &session, Command::Rotate(rotate)).await?;
        let state = self.log.read::<Session>(&session).await?.state;
        // A request sent again gets its token again only while that is the newest: it must not outlive its successors.
        let is_newest = outcome.version_of::<Session>(&session) == outcome.position;
        let is_good = state.is_open(context.at) && is_newest;
        let principal = state.principal().filter(|_| is_good).ok_or(Refusal::SessionOver)?;
        self.tokens(principal, &next, expires_at, context.at)
    }

    /// Logs out.
    pub async fn log_out(&self, context: &Context, session: SessionId) -> Result<Outcome, ServiceError> {
        let revoke = Revoke { reason: RevokeReason::LoggedOut, at: context.at };
        Ok(self.log.execute::<Session>(context, &session, Command::Revoke(revoke)).await?)
    }

    fn tokens(
        &self,
        principal: Holder,
        refresh: &Refresh,
        refresh_expires_at: Timestamp,
        at: Timestamp,
    ) -> Result<Tokens, ServiceError> {
        let access = self.tokens.issue(principal, refresh.session(), at).map_err(broken)?;
        Ok(Tokens { principal, access, refresh: refresh.text(), refresh_expires_at })
    }
}

const fn of_kind(holder: &Holder) -> Kind {
    match holder {
        Holder::Member(_) => Kind::Member,
        Holder::Merchant(_) => Kind::Merchant,
        Holder::Operator(_) => Kind::Operator,
    }
}

fn broken(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Broken(error.to_string())
}

//! Logging in: a short access token and a refresh token that rotates; a refresh token used twice ends the session.

use chrono::TimeDelta;
use eventstore::{Batch, Context, Outcome, ReadError};
use kernel::Timestamp;
use kernel::id::SessionId;
use member::session::command::{Open, Revoke, Rotate};
use member::session::{Command, RevokeReason, State};
use member::{
    EmailClaim, EmailHash, Holder, HonouredSessions, Member, Merchant, Operator, PasswordHash, Session,
};

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::credential::{Address, Issued, Password, PasswordError, Refresh};
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

/// What an account says of those who sign in to it.
struct Door {
    /// None where nobody may log in.
    password_hash: Option<PasswordHash>,
    /// None where there is no account.
    honoured: Option<HonouredSessions>,
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
        self.passwords.hash(password).await.map_err(unhashed)
    }

    pub(super) async fn is_password(
        &self,
        password: Password,
        hash: Option<&PasswordHash>,
    ) -> Result<bool, ServiceError> {
        self.passwords.verify(password, hash).await.map_err(unhashed)
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
        let door = match holder {
            Some(holder) => self.door(holder).await?,
            None => Door { password_hash: None, honoured: None },
        };
        let right = self.is_password(password, door.password_hash.as_ref()).await?;
        let principal = holder.filter(|_| right).ok_or(Refusal::WrongCredentials)?;
        let changes = door.honoured.map(HonouredSessions::password_changes).unwrap_or_default();
        self.open_session(context, principal, changes).await
    }

    async fn door(&self, holder: Holder) -> Result<Door, ServiceError> {
        Ok(match holder {
            Holder::Member(id) => {
                let state = self.log.read_latest::<Member>(&id).await?.state;
                let password_hash = state.password_hash().filter(|_| state.is_active()).cloned();
                Door { password_hash, honoured: state.honoured_sessions() }
            }
            Holder::Merchant(id) => {
                let state = self.log.read_latest::<Merchant>(&id).await?.state;
                Door { password_hash: state.password_hash().cloned(), honoured: state.honoured_sessions() }
            }
            Holder::Operator(id) => {
                let state = self.log.read_latest::<Operator>(&id).await?.state;
                let password_hash = state.password_hash().filter(|_| state.is_enabled()).cloned();
                Door { password_hash, honoured: state.honoured_sessions() }
            }
        })
    }

    async fn open_session(
        &self,
        context: &Context,
        principal: Holder,
        password_changes: u32,
    ) -> Result<Tokens, ServiceError> {
        let session = SessionId(ids::derived(&["session", &context.command_id.to_string()]));
        let refresh = Refresh::derived(&self.secrets.token, session, context.command_id);
        let expires_at = context.at + TimeDelta::days(REFRESH_DAYS);
        let refresh_hash = refresh.hash().map_err(broken)?;
        let open = Open { session, principal, refresh_hash, password_changes, expires_at, at: context.at };
        let batch = Batch::new().create::<Session>(&session, Command::Open(open));
        let outcome = self.log.commit(context, batch).await?;
        self.tokens(context, &outcome, &refresh).await
    }

    /// Changes the refresh token of an account of this kind for the next one: each API takes its own. One that was used
    /// before ends the session: it was stolen. Who may not log in any more doesn't stay in by refreshing.
    pub async fn refresh_as(
        &self,
        context: &Context,
        kind: Kind,
        presented: &Refresh,
    ) -> Result<Tokens, ServiceError> {
        let session = presented.session();
        let state = self.log.read_latest::<Session>(&session).await?.state;
        let principal = state.principal().filter(|principal| of_kind(principal) == kind);
        let door = self.door(principal.ok_or(Refusal::SessionOver)?).await?;
        // A revoked session is left to its own rules, which say so.
        let is_over = state.password_changes().is_some() && !honours(door.honoured, session, &state);
        if door.password_hash.is_none() || is_over {
            return Err(Refusal::SessionOver.into());
        }
        self.refresh(context, presented).await
    }

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
        self.tokens(context, &outcome, &next).await
    }

    /// Logs out.
    pub async fn log_out(&self, context: &Context, session: SessionId) -> Result<Outcome, ServiceError> {
        let revoke = Revoke { reason: RevokeReason::LoggedOut, at: context.at };
        Ok(self.log.execute::<Session>(context, &session, Command::Revoke(revoke)).await?)
    }

    /// The tokens that a command gave its session. A request sent again gets its token again only while that is the newest
    /// of an open session: it must not outlive its successors, nor the session.
    async fn tokens(
        &self,
        context: &Context,
        outcome: &Outcome,
        refresh: &Refresh,
    ) -> Result<Tokens, ServiceError> {
        let session = refresh.session();
        let read = if outcome.replayed {
            self.log.read_latest::<Session>(&session).await?
        } else {
            self.log.read::<Session>(&session).await?
        };
        let is_newest = read.version == outcome.position;
        let is_good = is_newest && self.is_honoured(session, &read.state).await?;
        let refresh_expires_at = read.state.expires_at().filter(|end| is_good && context.at < *end);
        let (principal, refresh_expires_at) =
            read.state.principal().zip(refresh_expires_at).ok_or(Refusal::SessionOver)?;
        let access = self.tokens.issue(principal, session, context.at).map_err(broken)?;
        Ok(Tokens { principal, access, refresh: refresh.text(), refresh_expires_at })
    }

    /// Whether the account of an open session honours it, as this process knows the account.
    pub async fn is_honoured(&self, id: SessionId, session: &State) -> Result<bool, ReadError> {
        let honoured = match session.principal() {
            Some(Holder::Member(id)) => self.log.read::<Member>(&id).await?.state.honoured_sessions(),
            Some(Holder::Merchant(id)) => self.log.read::<Merchant>(&id).await?.state.honoured_sessions(),
            Some(Holder::Operator(id)) => self.log.read::<Operator>(&id).await?.state.honoured_sessions(),
            None => None,
        };
        Ok(honours(honoured, id, session))
    }
}

/// Whether an open session is good still: one opened under an earlier password is over.
fn honours(account: Option<HonouredSessions>, id: SessionId, session: &State) -> bool {
    let known = account.zip(session.password_changes());
    known.is_some_and(|(honoured, changes)| honoured.includes(id, changes))
}

const fn of_kind(holder: &Holder) -> Kind {
    match holder {
        Holder::Member(_) => Kind::Member,
        Holder::Merchant(_) => Kind::Merchant,
        Holder::Operator(_) => Kind::Operator,
    }
}

fn unhashed(error: PasswordError) -> ServiceError {
    match error {
        PasswordError::Busy => ServiceError::PasswordsBusy,
        PasswordError::Length | PasswordError::Broken(_) => broken(error),
    }
}

fn broken(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Broken(error.to_string())
}

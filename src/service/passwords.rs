//! Changing a password: for whoever is signed in and knows the one in force. Every other session is over then.

use eventstore::{Batch, Context, Outcome};
use kernel::id::SessionId;
use kernel::{Decider, Timestamp};
use member::{Member, Merchant, Operator, PasswordHash, member as shopper, merchant, operator};

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::credential::Password;

/// A wish for another password.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    /// The password in force.
    pub current: Password,
    /// The next one.
    pub next: Password,
    /// The session in which it is asked for, which goes on; none with an API key.
    pub session: Option<SessionId>,
}

/// An account with a password.
pub trait HasPassword: Decider<Command: Clone + Sync> {
    /// The hash of the password in force.
    fn password_hash(state: &Self::State) -> Option<&PasswordHash>;

    /// Sets another one, in a session.
    fn set_password(hash: PasswordHash, session: Option<SessionId>, at: Timestamp) -> Self::Command;
}

macro_rules! has_password {
    ($($account:ident in $module:ident),+ $(,)?) => {$(
        impl HasPassword for $account {
            fn password_hash(state: &Self::State) -> Option<&PasswordHash> {
                state.password_hash()
            }

            fn set_password(hash: PasswordHash, session: Option<SessionId>, at: Timestamp) -> Self::Command {
                $module::Command::SetPassword($module::SetPassword { password_hash: hash, session, at })
            }
        }
    )+};
}

has_password!(Member in shopper, Merchant in merchant, Operator in operator);

impl App {
    /// Changes the password of an account. It must still stand where the password was verified: of two changes at once one
    /// is refused.
    pub async fn change_password<D: HasPassword>(
        &self,
        context: &Context,
        id: &D::Id,
        change: PasswordChange,
    ) -> Result<Outcome, ServiceError> {
        if let Some(outcome) = self.log.replay::<D>(context, id).await? {
            return Ok(outcome);
        }
        let read = self.log.read_latest::<D>(id).await?;
        if !self.is_password(change.current, D::password_hash(&read.state)).await? {
            return Err(Refusal::WrongPassword.into());
        }
        let set = D::set_password(self.hash_password(change.next).await?, change.session, context.at);
        let batch = Batch::new().at_version::<D>(id, read.version, set);
        Ok(self.log.commit(context, batch).await?)
    }
}

//! Operators of the back office. What makes or unmakes an admin is written with the admins ([`Admins`]) in one append, so
//! that there is always one left.

use std::collections::BTreeSet;

use eventstore::{Batch, Context, Outcome, Seq};
use kernel::id::OperatorId;
use kernel::{Text, Timestamp};
use member::admins::{Installation, Join, Leave};
use member::operator::command::{Create, Disable, Enable, SetRoles};
use member::operator::{Command, Role};
use member::{Admins, EmailClaim, Holder, Operator, admins, email};

use super::sessions::Login;
use super::{Refusal, ServiceError};
use crate::app::App;

/// A new operator.
#[derive(Debug, Clone)]
pub struct NewOperator {
    /// The operator's id, made at the edge.
    pub operator: OperatorId,
    /// The staff name.
    pub name: Text<80>,
    /// What the operator logs in with; a password is needed.
    pub login: Login,
    /// At least one role.
    pub roles: BTreeSet<Role>,
}

impl App {
    /// Creates an operator.
    pub async fn create_operator(
        &self,
        context: &Context,
        new: NewOperator,
    ) -> Result<Outcome, ServiceError> {
        let (email_hash, password_hash) = self.hash_login(new.login).await?;
        let password_hash = password_hash.ok_or(Refusal::PasswordMissing)?;
        let (operator, at) = (new.operator, context.at);
        let is_admin = new.roles.contains(&Role::Admin);
        let create = Create {
            operator,
            name: new.name,
            email_hash: email_hash.clone(),
            password_hash,
            roles: new.roles,
            at,
        };
        let claim =
            email::command::Claim { email_hash: email_hash.clone(), holder: Holder::Operator(operator), at };
        let batch = Batch::new()
            .create::<Operator>(&operator, Command::Create(create))
            .create::<EmailClaim>(&email_hash, email::Command::Claim(claim));
        let batch = if is_admin { joining(batch, operator, at) } else { batch };
        Ok(self.log.commit(context, batch).await?)
    }

    /// Gives an operator other roles.
    pub async fn set_operator_roles(
        &self,
        context: &Context,
        operator: OperatorId,
        seen: Option<Seq>,
        roles: BTreeSet<Role>,
    ) -> Result<Outcome, ServiceError> {
        let (is_admin, at) = (roles.contains(&Role::Admin), context.at);
        let batch = asking(operator, seen, Command::SetRoles(SetRoles { roles, at }));
        let batch = if is_admin { joining(batch, operator, at) } else { leaving(batch, operator, at) };
        Ok(self.log.commit(context, batch).await?)
    }

    /// Locks an operator's account.
    pub async fn disable_operator(
        &self,
        context: &Context,
        operator: OperatorId,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        let batch = asking(operator, seen, Command::Disable(Disable { at: context.at }));
        Ok(self.log.commit(context, leaving(batch, operator, context.at)).await?)
    }

    /// Unlocks an operator's account. While it is locked its roles don't change: what is read here holds at that version.
    pub async fn enable_operator(
        &self,
        context: &Context,
        operator: OperatorId,
        seen: Option<Seq>,
    ) -> Result<Outcome, ServiceError> {
        let read = self.log.read_latest::<Operator>(&operator).await?;
        let rejoins = !read.state.is_enabled() && read.state.roles().any(|role| role == Role::Admin);
        let enable = Command::Enable(Enable { at: context.at });
        let batch = if rejoins {
            joining(asking(operator, seen.or(Some(read.version)), enable), operator, context.at)
        } else {
            asking(operator, seen, enable)
        };
        Ok(self.log.commit(context, batch).await?)
    }
}

/// A command to an operator's account, at the version that the caller saw.
fn asking(operator: OperatorId, seen: Option<Seq>, command: Command) -> Batch {
    match seen {
        Some(version) => Batch::new().at_version::<Operator>(&operator, version, command),
        None => Batch::new().with::<Operator>(&operator, command),
    }
}

fn joining(batch: Batch, operator: OperatorId, at: Timestamp) -> Batch {
    batch.with::<Admins>(&Installation, admins::Command::Join(Join { operator, at }))
}

fn leaving(batch: Batch, operator: OperatorId, at: Timestamp) -> Batch {
    batch.with::<Admins>(&Installation, admins::Command::Leave(Leave { operator, at }))
}

//! Operators of the back office.

use std::collections::BTreeSet;

use eventstore::{Batch, Context, Outcome};
use kernel::Text;
use kernel::id::OperatorId;
use member::operator::command::Create;
use member::operator::{Command, Role};
use member::{EmailClaim, Holder, Operator, email};

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
        Ok(self.log.commit(context, batch).await?)
    }
}

//! What changing a password takes, on every surface. Never here: whose it is.

use kernel::id::SessionId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::credential::Password;
use crate::service::passwords::PasswordChange;

/// Another password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password in force.
    #[schema(value_type = String, format = Password)]
    current_password: Password,
    /// The next one: 8 to 128 characters.
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl ChangePassword {
    /// The wish, made in a session.
    pub fn asked_in(self, session: Option<SessionId>) -> PasswordChange {
        PasswordChange { current: self.current_password, next: self.password, session }
    }
}

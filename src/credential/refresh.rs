//! The refresh token of a session: `jr_<session uuid>_<43 base64url>`. Good once; see `member::Session`.

use kernel::id::{CommandId, SessionId};
use member::{DigestError, SecretHash};

use super::opaque::{self, Opaque};
use super::{OpaqueError, Secret};

/// How every refresh token begins.
const PREFIX: &str = "jr_";

/// A refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct Refresh {
    session: SessionId,
    secret: Opaque,
}

impl Refresh {
    /// A random token of a session.
    pub fn fresh(session: SessionId) -> Self {
        Self { session, secret: Opaque::fresh() }
    }

    /// The token that a command makes: the same request sent again gets the same token, which its session knows.
    pub fn derived(key: &Secret, session: SessionId, command: CommandId) -> Self {
        Self { session, secret: Opaque::derived(key, "refresh", session.0, command) }
    }

    /// Parses what a client presents.
    pub fn parse(text: &str) -> Result<Self, OpaqueError> {
        let (session, secret) =
            text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or(OpaqueError)?;
        Ok(Self { session: SessionId(opaque::parse_id(session)?), secret: Opaque::parse(secret)? })
    }

    /// Whose it is.
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The text that the client keeps.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}_{}", self.session, self.secret.text())
    }

    /// What the log holds of it. A digest of fixed length is always one that the domain takes.
    pub fn hash(&self) -> Result<SecretHash, DigestError> {
        opaque::hash(&self.text())
    }
}

impl std::fmt::Debug for Refresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refresh({}, …)", self.session)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_token_is_read_back_and_hashed() {
        let token = Refresh::fresh(SessionId(Uuid::from_u128(7)));
        assert_eq!(Refresh::parse(&token.text()), Ok(token.clone()));
        assert_eq!(token.hash().unwrap().as_str().len(), 64);
        assert_eq!(token.text().len(), 3 + 36 + 1 + 43);
    }

    #[test]
    fn one_token_has_one_spelling() {
        let text = Refresh::fresh(SessionId(Uuid::from_u128(0xab))).text();
        for broken in ["", "jr_", &text[1..], &text[..80], &text.replace("ab_", "AB_"), &format!("{text}A")] {
            assert_eq!(Refresh::parse(broken), Err(OpaqueError), "{broken}");
        }
    }

    #[test]
    fn a_command_makes_one_token() {
        let key = Secret::parse("key", &"5a".repeat(32)).unwrap();
        let of = |session, command| {
            Refresh::derived(&key, SessionId(Uuid::from_u128(session)), CommandId(Uuid::from_u128(command)))
        };
        assert_eq!(of(1, 1), of(1, 1));
        assert_ne!(of(1, 1).secret.text(), of(1, 2).secret.text());
        assert_ne!(of(1, 1).secret.text(), of(2, 1).secret.text());
    }
}

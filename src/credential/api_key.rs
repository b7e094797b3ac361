//! A merchant's API key: `jk_<merchant uuid>_<key uuid>_<43 base64url>`. Shown once; the log holds its hash.

use kernel::id::{ApiKeyId, CommandId, MerchantId};
use member::{DigestError, SecretHash};

use super::opaque::{self, Opaque};
use super::{OpaqueError, Secret};

/// How every API key begins.
pub const PREFIX: &str = "jk_";

/// An API key.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    merchant: MerchantId,
    key: ApiKeyId,
    secret: Opaque,
}

impl ApiKey {
    /// A random key.
    pub fn fresh(merchant: MerchantId, key: ApiKeyId) -> Self {
        Self { merchant, key, secret: Opaque::fresh() }
    }

    /// The key that a command makes: the same request sent again shows the same key.
    pub fn derived(secret: &Secret, merchant: MerchantId, key: ApiKeyId, command: CommandId) -> Self {
        Self { merchant, key, secret: Opaque::derived(secret, "api_key", key.0, command) }
    }

    /// Parses what a client presents.
    pub fn parse(text: &str) -> Result<Self, OpaqueError> {
        let rest = text.strip_prefix(PREFIX).ok_or(OpaqueError)?;
        let (merchant, rest) = rest.split_once('_').ok_or(OpaqueError)?;
        let (key, secret) = rest.split_once('_').ok_or(OpaqueError)?;
        Ok(Self {
            merchant: MerchantId(opaque::parse_id(merchant)?),
            key: ApiKeyId(opaque::parse_id(key)?),
            secret: Opaque::parse(secret)?,
        })
    }

    /// Whose it is.
    pub const fn merchant(&self) -> MerchantId {
        self.merchant
    }

    /// Which of the merchant's keys.
    pub const fn key(&self) -> ApiKeyId {
        self.key
    }

    /// The text that the merchant keeps.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}_{}_{}", self.merchant, self.key, self.secret.text())
    }

    /// What the log holds of it. A digest of fixed length is always one that the domain takes.
    pub fn hash(&self) -> Result<SecretHash, DigestError> {
        opaque::hash(&self.text())
    }
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ApiKey({}, {}, …)", self.merchant, self.key)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_key_is_read_back() {
        let key = ApiKey::fresh(MerchantId(Uuid::from_u128(1)), ApiKeyId(Uuid::from_u128(2)));
        assert_eq!(ApiKey::parse(&key.text()), Ok(key.clone()));
        assert!(ApiKey::parse(&key.text().replace("jk_", "jr_")).is_err());
        assert!(!format!("{key:?}").contains(&key.secret.text()));
    }
}

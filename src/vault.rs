//! To come: vault.
use kernel::Sealed;
use uuid::Uuid;
/// V.
#[derive(Debug, Clone)]
pub struct Vault;
/// E.
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct VaultError;
impl Vault {
    /// Seal.
    pub async fn seal<T: serde::Serialize + Sync>(&self, _p: Uuid, _v: &T) -> Result<Sealed, VaultError> {
        Err(VaultError)
    }
    /// Open.
    pub async fn open<T: serde::de::DeserializeOwned>(&self, _p: Uuid, _s: &Sealed) -> Result<T, VaultError> {
        Err(VaultError)
    }
}

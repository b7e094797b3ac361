//! The vault: personal data is sealed here before it enters an event and opened here after.
//!
//! Each person has a key. Destroying it makes everything that was ever sealed for that person unreadable, in the log,
//! in read models and in their copies, while the log stays whole (crypto-shredding). Never here: what a person's data
//! means, or who may see it.

mod cipher;
mod keys;

use std::time::Duration;

use kernel::Sealed;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgPool;
use uuid::Uuid;

pub use self::keys::KEPT_FOR;
use self::keys::Keys;

/// Seals and opens personal data.
pub struct Vault {
    keys: Keys,
}

/// Why something can't be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The person's key is gone, and what was sealed under it with it.
    #[error("the key to this person's data has been destroyed")]
    Destroyed,
    /// It was sealed for somebody else, in another format, holds something else, or is damaged.
    #[error("what is sealed here does not fit its key or its use")]
    Broken,
    /// The value can't be written as JSON, or is too long for the cipher.
    #[error("the value cannot be sealed")]
    Unsealable,
    /// The machine gave no randomness.
    #[error("the machine gives no randomness")]
    NoRandomness,
    /// PostgreSQL refused or can't be reached.
    #[error("the vault's database: {0}")]
    Database(#[from] sqlx::Error),
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault over the keys in this database.
    pub fn new(pool: PgPool) -> Self {
        Self::keeping_keys_for(pool, KEPT_FOR)
    }

    /// A vault that trusts a key in memory only so long; the shorter, the sooner it learns of one destroyed elsewhere.
    pub fn keeping_keys_for(pool: PgPool, kept_for: Duration) -> Self {
        Self { keys: Keys::new(pool, kept_for) }
    }

    /// Seals a value for a person, whose key is made when there has never been one.
    pub async fn seal<T: Serialize + Sync>(&self, person: Uuid, value: &T) -> Result<Sealed, VaultError> {
        let plain = serde_json::to_vec(value).map_err(|_| VaultError::Unsealable)?;
        let key = self.keys.to_seal(person).await?;
        cipher::seal(&key, person, &plain).map(Sealed)
    }

    /// Opens what was sealed for a person.
    pub async fn open<T: DeserializeOwned>(&self, person: Uuid, sealed: &Sealed) -> Result<T, VaultError> {
        let key = self.keys.to_open(person).await?;
        let plain = cipher::open(&key, person, &sealed.0)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
    }

    /// Destroys a person's key for good. Other processes forget it within [`KEPT_FOR`]; to
    /// do it again is no error.
    pub async fn destroy(&self, person: Uuid) -> Result<(), VaultError> {
        self.keys.destroy(person).await
    }
}

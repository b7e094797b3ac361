//! The keys: one row per person in PostgreSQL, the recently used ones in memory. Never here: what is done with a key.

use std::time::Duration;

use quick_cache::sync::Cache;
use sqlx::PgPool;
use tokio::time::Instant;
use uuid::Uuid;

use super::VaultError;
use super::cipher::{Key, fresh_key};

/// Most keys held in memory: about 100 bytes each.
const MOST_KEYS: usize = 50_000;
/// How long a key in memory is trusted, and so how long a process may still read after another destroyed the key.
pub const KEPT_FOR: Duration = Duration::from_secs(30);

pub(super) struct Keys {
    pool: PgPool,
    kept_for: Duration,
    held: Cache<Uuid, Held>,
}

#[derive(Clone, Copy)]
struct Held {
    key: Key,
    since: Instant,
}

impl Keys {
    pub(super) fn new(pool: PgPool, kept_for: Duration) -> Self {
        Self { pool, kept_for, held: Cache::new(MOST_KEYS) }
    }

    /// The key to seal under: made now when this person never had one.
    pub(super) async fn to_seal(&self, person: Uuid) -> Result<Key, VaultError> {
        if let Some(key) = self.find(person).await? {
            return Ok(key);
        }
        self.make(person).await?;
        self.find(person).await?.ok_or(VaultError::Destroyed)
    }

    /// The key to open with.
    pub(super) async fn to_open(&self, person: Uuid) -> Result<Key, VaultError> {
        self.find(person).await?.ok_or(VaultError::Destroyed)
    }

    /// Leaves a row without a key, so that none is made again.
    pub(super) async fn destroy(&self, person: Uuid) -> Result<(), VaultError> {
        sqlx::query!(
            "INSERT INTO personal_key (person, key) VALUES ($1, NULL) ON CONFLICT (person) DO UPDATE SET key = NULL",
            person
        )
        .execute(&self.pool)
        .await?;
        self.held.remove(&person);
        Ok(())
    }

    /// The person's key; `None` when there has never been one.
    async fn find(&self, person: Uuid) -> Result<Option<Key>, VaultError> {
        match self.held.get(&person).filter(|held| held.since.elapsed() < self.kept_for) {
            Some(held) => Ok(Some(held.key)),
            None => self.read(person).await,
        }
    }

    async fn read(&self, person: Uuid) -> Result<Option<Key>, VaultError> {
        let since = Instant::now();
        let row = sqlx::query_scalar!("SELECT key FROM personal_key WHERE person = $1", person)
            .fetch_optional(&self.pool)
            .await?;
        let Some(bytes) = row else { return Ok(None) };
        let Some(bytes) = bytes else {
            self.held.remove(&person);
            return Err(VaultError::Destroyed);
        };
        let key = Key::try_from(bytes.as_slice()).map_err(|_| VaultError::Broken)?;
        self.held.insert(person, Held { key, since });
        Ok(Some(key))
    }

    /// Two who make a key at once agree on the one that came first.
    async fn make(&self, person: Uuid) -> Result<(), VaultError> {
        let key = fresh_key()?;
        sqlx::query!(
            "INSERT INTO personal_key (person, key) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING",
            person,
            key.as_slice()
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

//! Passwords: argon2id, a few at a time, off the runtime's threads. Never here: who owns which password.

use std::sync::Arc;

use argon2::password_hash::Error as PhcError;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use member::PasswordHash;
use serde::Deserialize;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// The memory of one hash in KiB (OWASP Password Storage Cheat Sheet: argon2id, m=19456, t=2, p=1).
const MEMORY_KIB: u32 = 19_456;
/// How often the memory is walked.
const PASSES: u32 = 2;
/// How many lanes one hash has.
const LANES: u32 = 1;
/// How many hashes are computed at once; each costs 19 MiB and some 20 ms of a core.
const AT_ONCE: usize = 2;
/// How many hashes wait for their turn: with the cost above, the last one for about a second.
const WAITING_MAX: usize = 128;
/// The fewest characters of a password.
const CHARACTERS_MIN: usize = 8;
/// The most characters of a password.
const CHARACTERS_MAX: usize = 128;
/// The hash of nobody's password, with the parameters above: an unknown account costs as long as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$S1Jsb1d0Y2hPdGxWb2NhYnVsYXJ5V29yZHM";

/// A plain password of 8 to 128 characters, in normal form C. It shows in no debug output and is never serialised.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(String);

/// Why there is no hash, or no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has 8 to 128 characters")]
    Length,
    /// Too many wait already.
    #[error("too many passwords wait to be hashed or verified")]
    Busy,
    /// The hash in the log can't be read, or hashing itself failed.
    #[error("a password cannot be hashed or verified: {0}")]
    Broken(String),
}

impl Password {
    /// Parses a password.
    pub fn new(text: &str) -> Result<Self, PasswordError> {
        if text.len() > CHARACTERS_MAX * 16 {
            return Err(PasswordError::Length);
        }
        let text: String = text.nfc().collect();
        let characters = text.chars().count();
        let fits = (CHARACTERS_MIN..=CHARACTERS_MAX).contains(&characters);
        if fits { Ok(Self(text)) } else { Err(PasswordError::Length) }
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl TryFrom<String> for Password {
    type Error = PasswordError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

/// Hashes and verifies passwords, a few at a time; so many others wait for their turn, and more are turned away.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::bounded(AT_ONCE, WAITING_MAX)
    }
}

impl Passwords {
    /// So many at once while so many wait.
    pub fn bounded(at_once: usize, waiting: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            room: Arc::new(Semaphore::new(at_once.saturating_add(waiting))),
        }
    }

    /// The hash to keep of a password, with a random salt.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, PasswordError> {
        let phc =
            self.work(move || Ok(argon2id()?.hash_password(password.0.as_bytes())?.to_string())).await?;
        PasswordHash::new(phc).map_err(|error| PasswordError::Broken(error.to_string()))
    }

    /// Whether this is the password that was hashed. No hash (no such account) takes as long, and is never right.
    pub async fn verify(
        &self,
        password: Password,
        hash: Option<&PasswordHash>,
    ) -> Result<bool, PasswordError> {
        let known = hash.is_some();
        let phc = hash.map_or(NOBODY, PasswordHash::as_str).to_owned();
        let right = self.work(move || verified(&password, &phc)).await?;
        Ok(known && right)
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, PhcError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = self.room.clone().try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let turn = self.turns.clone().acquire_owned().await;
        let turn = turn.map_err(|error| PasswordError::Broken(error.to_string()))?;
        // The turn goes with the job: a request that is given up doesn't let a third job start beside it.
        let job = tokio::task::spawn_blocking(move || {
            let done = job();
            drop((turn, place));
            done
        });
        let done = job.await.map_err(|error| PasswordError::Broken(error.to_string()))?;
        done.map_err(|error| PasswordError::Broken(error.to_string()))
    }
}

fn argon2id() -> Result<Argon2<'static>, PhcError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn verified(password: &Password, phc: &str) -> Result<bool, PhcError> {
    match argon2id()?.verify_password(password.0.as_bytes(), phc) {
        Ok(()) => Ok(true),
        Err(PhcError::PasswordInvalid) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text).unwrap()
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let passwords = Passwords::default();
        let hash = passwords.hash(password("correct horse")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.verify(password("correct horse"), Some(&hash)).await, Ok(true));
        assert_eq!(passwords.verify(password("wrong horse"), Some(&hash)).await, Ok(false));
    }

    #[tokio::test]
    async fn nobody_has_a_password_but_it_costs_a_hash() {
        assert_eq!(Passwords::default().verify(password("anything"), None).await, Ok(false));
    }

    #[tokio::test]
    async fn more_than_there_is_room_for_are_turned_away_and_room_comes_back() {
        let passwords = Passwords::bounded(1, 1);
        let three = [(); 3].map(|()| passwords.verify(password("anything"), None));
        let told = futures::future::join_all(three).await;
        assert_eq!(told, [Ok(false), Ok(false), Err(PasswordError::Busy)]);
        assert_eq!(passwords.verify(password("anything"), None).await, Ok(false));
    }

    #[test]
    fn a_password_has_8_to_128_characters() {
        assert_eq!(Password::new("1234567"), Err(PasswordError::Length));
        assert_eq!(Password::new(&"비".repeat(129)), Err(PasswordError::Length));
        assert!(Password::new(&"비".repeat(128)).is_ok());
        assert_eq!(Password::new("비밀번호비밀번호"), Password::new("\u{1107}\u{1175}밀번호비밀번호"));
    }
}

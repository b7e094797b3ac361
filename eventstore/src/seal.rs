//! Seals: a running hash over every message of the log, written into the log now and then, so that nobody can alter,
//! take away or reorder what stands before a seal without the hash telling.
//!
//! `h(n) = SHA-256(h(n-1) ‖ position ‖ length ‖ name ‖ length ‖ payload)`, from 32 zero bytes on; numbers are 64 bits, the
//! most significant byte first; the name is the subject without the log's prefix. Seals are messages and are hashed like
//! any other. Never here: when a log is sealed.

use std::fmt;
use std::str::FromStr;

use kernel::id::CommitId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Commit, Expected, Message, Meta, Seq, StoredEvent, StreamName};

/// A hash as bytes.
const HASH_BYTES: usize = 32;

/// The hash of a log through some position; as text, 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct LogHash([u8; HASH_BYTES]);

/// The text is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hex digits")]
pub struct NoHash;

impl fmt::Display for LogHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for LogHash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let mut hash = [0; HASH_BYTES];
        hex::decode_to_slice(text, &mut hash).map_err(|_| NoHash)?;
        Ok(Self(hash))
    }
}

impl From<LogHash> for String {
    fn from(hash: LogHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for LogHash {
    type Error = NoHash;

    fn try_from(text: String) -> Result<Self, NoHash> {
        text.parse()
    }
}

/// The running hash, and how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The position of the last message heard.
    pub through: Seq,
    /// The hash through there.
    pub hash: LogHash,
}

impl Default for Chain {
    fn default() -> Self {
        Self { through: Seq(0), hash: LogHash([0; HASH_BYTES]) }
    }
}

impl Chain {
    /// Goes on over the next message.
    pub fn hear(&mut self, message: &Message) {
        let mut hasher = Sha256::new_with_prefix(self.hash.0);
        hasher.update(message.seq.0.to_be_bytes());
        for part in [message.name.as_bytes(), &message.payload] {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
        *self = Self { through: message.seq, hash: LogHash(hasher.finalize().into()) };
    }
}

/// `POSITION:HASH`, as a seal is kept outside of the log.
impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.through, self.hash)
    }
}

/// The text is no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seal is POSITION:HASH, the hash 64 hex digits")]
pub struct NoSeal;

impl FromStr for Chain {
    type Err = NoSeal;

    fn from_str(text: &str) -> Result<Self, NoSeal> {
        let (through, hash) = text.split_once(':').ok_or(NoSeal)?;
        let through = Seq(through.parse().map_err(|_| NoSeal)?);
        Ok(Self { through, hash: hash.parse().map_err(|_| NoSeal)? })
    }
}

impl From<&Sealed> for Chain {
    fn from(seal: &Sealed) -> Self {
        Self { through: seal.through, hash: seal.hash }
    }
}

/// What happened to a log, as it stays in it for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was sealed.
    Sealed(Sealed),
}

kernel::domain_event! { Event { Sealed => "sealed" 1 } }

/// A log was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The last position that the hash speaks of.
    pub through: Seq,
    /// The running hash through there.
    pub hash: LogHash,
    /// How many commits are sealed for the first time by this one; seals don't count.
    pub commits: u64,
}

/// The stream of a log's seals.
pub fn stream() -> StreamName {
    StreamName::new("log", "seal", "chain")
}

/// Whether a stream holds seals.
pub fn is_of(stream: &StreamName) -> bool {
    stream.context() == "log" && stream.aggregate() == "seal"
}

/// A seal, ready to be appended behind the last one.
pub fn commit(sealed: Sealed, last: Seq, meta: Meta) -> Result<Commit, serde_json::Error> {
    use kernel::DomainEvent;
    let id = CommitId(Uuid::new_v5(&meta.command_id.0, format!("{}@{last}", stream()).as_bytes()));
    let event = StoredEvent::from(Event::Sealed(sealed).encode()?);
    Ok(Commit::new(stream(), Expected::after(last), id, meta).with_events(vec![event]))
}

#[cfg(test)]
mod tests {
    use kernel::DomainEvent;

    use super::*;

    fn message(seq: u64, name: &str, payload: &'static [u8]) -> Message {
        Message { seq: Seq(seq), name: name.into(), payload: payload.into() }
    }

    fn hash(messages: &[Message]) -> String {
        let mut chain = Chain::default();
        for message in messages {
            chain.hear(message);
        }
        chain.hash.to_string()
    }

    /// What stands in logs must be read for ever.
    #[test]
    fn a_seal_is_stored_like_this() {
        let hash: LogHash = "0f".repeat(32).parse().unwrap();
        let sealed = Event::Sealed(Sealed { through: Seq(1042), hash, commits: 1000 });
        let stored = format!(r#"{{"through":1042,"hash":"{hash}","commits":1000}}"#);
        assert_eq!(sealed.encode().unwrap().data.get(), stored);
        assert_eq!(Event::decode("sealed", 1, &stored).unwrap(), sealed);
        assert!(Event::decode("sealed", 1, &stored.replace("0f0f", "xy")).is_err());
    }

    #[test]
    fn a_seal_is_kept_outside_as_text() {
        let text = format!("7:{}", "0f".repeat(32));
        assert_eq!(text.parse::<Chain>().unwrap().to_string(), text);
        assert!(["", "7", "x:0f", "7:0f", "-7:0f"].iter().all(|text| text.parse::<Chain>().is_err()));
    }

    /// Computed apart from this code, by the formula on top of this file.
    #[test]
    fn the_hash_is_the_one_of_the_formula() {
        let messages = [message(1, "order.order.a", b"{}"), message(3, "order.order.b", b"")];
        assert_eq!(hash(&messages), "b5eff0cb878bda3fa31b35cdb701a9eb5732491ac54e73e238f34d5293aea3be");
    }

    #[test]
    fn whatever_is_altered_the_hash_is_another() {
        let (a, b) = (message(1, "order.order.a", b"{}"), message(2, "order.order.b", b"{}"));
        let sound = hash(&[a.clone(), b.clone()]);
        let altered = [
            vec![message(1, "order.order.a", b"[]"), b.clone()],
            vec![message(1, "order.order.c", b"{}"), b.clone()],
            vec![message(1, "order.order.", b"a{}"), b.clone()],
            vec![message(1, "order.order.b", b"{}"), message(2, "order.order.a", b"{}")],
            vec![a.clone(), message(3, "order.order.b", b"{}")],
            vec![a],
            vec![b],
        ];
        assert!(altered.iter().all(|messages| hash(messages) != sound));
    }
}

//! The cipher: XChaCha20-Poly1305 under a person's key, with the person as associated data, so that what is sealed for
//! one can't be passed off as another's. Written as base64 of version byte, nonce (24 bytes), ciphertext and tag.
//! Pure but for the nonce. Never here: where keys come from.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::common::Generate;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use uuid::Uuid;

use super::VaultError;

/// A person's key: 32 random bytes.
pub(super) type Key = chacha20poly1305::Key;

/// The only format so far.
const VERSION: u8 = 1;
/// Bytes of a nonce: long enough to be drawn at random without ever meeting twice.
const NONCE_BYTES: usize = 24;

pub(super) fn fresh_key() -> Result<Key, VaultError> {
    Key::try_generate().map_err(|_| VaultError::NoRandomness)
}

pub(super) fn seal(key: &Key, person: Uuid, plain: &[u8]) -> Result<String, VaultError> {
    let nonce = XNonce::try_generate().map_err(|_| VaultError::NoRandomness)?;
    let payload = Payload { msg: plain, aad: person.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key).encrypt(&nonce, payload).map_err(|_| VaultError::Unsealable)?;
    Ok(STANDARD.encode([&[VERSION], nonce.as_slice(), &sealed].concat()))
}

pub(super) fn open(key: &Key, person: Uuid, sealed: &str) -> Result<Vec<u8>, VaultError> {
    let bytes = STANDARD.decode(sealed).map_err(|_| VaultError::Broken)?;
    let (nonce, msg) = parts(&bytes).ok_or(VaultError::Broken)?;
    let payload = Payload { msg, aad: person.as_bytes() };
    XChaCha20Poly1305::new(key).decrypt(&nonce, payload).map_err(|_| VaultError::Broken)
}

/// The nonce and the ciphertext of a format that is known.
fn parts(bytes: &[u8]) -> Option<(XNonce, &[u8])> {
    let rest = bytes.strip_prefix(&[VERSION])?;
    let (nonce, ciphertext) = rest.split_at_checked(NONCE_BYTES)?;
    Some((XNonce::try_from(nonce).ok()?, ciphertext))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: Uuid = Uuid::from_u128(1);
    const BOB: Uuid = Uuid::from_u128(2);

    #[test]
    fn what_is_sealed_opens_to_the_same_and_never_looks_the_same_twice() {
        let key = fresh_key().unwrap();
        let (once, again) = (seal(&key, ALICE, b"secret").unwrap(), seal(&key, ALICE, b"secret").unwrap());
        assert_ne!(once, again);
        assert_eq!(open(&key, ALICE, &once).unwrap(), b"secret");
        assert_eq!(open(&key, ALICE, &again).unwrap(), b"secret");
    }

    #[test]
    fn it_opens_neither_for_another_person_nor_with_another_key() {
        let (key, other) = (fresh_key().unwrap(), fresh_key().unwrap());
        let sealed = seal(&key, ALICE, b"secret").unwrap();
        assert!(matches!(open(&key, BOB, &sealed), Err(VaultError::Broken)));
        assert!(matches!(open(&other, ALICE, &sealed), Err(VaultError::Broken)));
    }

    #[test]
    fn no_changed_byte_goes_unnoticed() {
        let key = fresh_key().unwrap();
        let bytes = STANDARD.decode(seal(&key, ALICE, b"secret").unwrap()).unwrap();
        assert_eq!(bytes.len(), 1 + NONCE_BYTES + b"secret".len() + 16);
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(matches!(open(&key, ALICE, &STANDARD.encode(changed)), Err(VaultError::Broken)));
        }
        for length in 0..bytes.len() {
            assert!(matches!(open(&key, ALICE, &STANDARD.encode(&bytes[..length])), Err(VaultError::Broken)));
        }
    }
}

//! The token of a gift: `jg_<order uuid>_<43 base64url>`. Who has it may accept or decline the gift. It follows from the
//! order and the installation's key, so that neither the log nor a read model holds it.

use kernel::id::OrderId;
use sha2::{Digest, Sha256};

use super::opaque::{self, Opaque};
use super::{OpaqueError, Secret};

/// How every gift token begins.
const PREFIX: &str = "jg_";
/// What the secret half is derived for.
const KIND: &str = "gift";

/// The token of one gift.
#[derive(Clone)]
pub struct GiftToken {
    order: OrderId,
    secret: Opaque,
}

impl GiftToken {
    /// The token of an order's gift.
    pub fn of(key: &Secret, order: OrderId) -> Self {
        Self { order, secret: Opaque::of(key, KIND, order.0) }
    }

    /// Reads what somebody presents; it is refused unless it is the very token of its order.
    pub fn read(key: &Secret, text: &str) -> Result<Self, OpaqueError> {
        let (order, secret) =
            text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or(OpaqueError)?;
        let found = Self { order: OrderId(opaque::parse_id(order)?), secret: Opaque::parse(secret)? };
        // Digests are compared, so that how long it takes says nothing of the secret.
        if found.digest() == Self::of(key, found.order).digest() { Ok(found) } else { Err(OpaqueError) }
    }

    /// Whose it is.
    pub const fn order(&self) -> OrderId {
        self.order
    }

    /// The text that the buyer passes on.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}_{}", self.order, self.secret.text())
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text().as_bytes()).into()
    }
}

impl std::fmt::Debug for GiftToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GiftToken({}, …)", self.order)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(byte: &str) -> Secret {
        Secret::parse("key", &byte.repeat(32)).unwrap()
    }

    fn order(number: u128) -> OrderId {
        OrderId(Uuid::from_u128(number))
    }

    #[test]
    fn a_gift_has_one_token_and_another_gift_another() {
        let text = GiftToken::of(&key("5a"), order(7)).text();
        assert_eq!(text, GiftToken::of(&key("5a"), order(7)).text());
        assert_eq!(GiftToken::read(&key("5a"), &text).unwrap().order(), order(7));
        assert_eq!(text.len(), 3 + 36 + 1 + 43);
        let other = GiftToken::of(&key("5a"), order(8)).text();
        assert_ne!(text.rsplit('_').next(), other.rsplit('_').next());
    }

    #[test]
    fn what_is_not_the_very_token_is_refused() {
        let text = GiftToken::of(&key("5a"), order(7)).text();
        let other = GiftToken::of(&key("5a"), order(8)).text();
        let swapped = format!("{}{}", &other[..40], &text[40..]);
        for wrong in ["", "jg_", &text[1..], &text[..80], &format!("{text}A"), &swapped] {
            assert!(GiftToken::read(&key("5a"), wrong).is_err(), "{wrong}");
        }
        assert!(GiftToken::read(&key("5b"), &text).is_err());
    }

    #[test]
    fn a_token_is_not_shown() {
        let token = GiftToken::of(&key("5a"), order(7));
        assert!(!format!("{token:?}").contains(token.text().rsplit('_').next().unwrap()));
    }
}

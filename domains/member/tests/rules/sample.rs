//! Fixed values for examples: instants, ids, hashes. Never here: a rule or an expectation.

use kernel::id::{MemberId, MerchantId, OperatorId};
use kernel::{Sealed, Text, Timestamp};
use member::{EmailHash, Holder, PasswordHash, SecretHash};
use uuid::Uuid;

/// Noon on a day of January 2026.
pub(crate) fn day(day: u32) -> Timestamp {
    format!("2026-01-{day:02}T12:00:00Z").parse().unwrap()
}

pub(crate) fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

pub(crate) fn member_id() -> MemberId {
    id(1)
}

pub(crate) fn merchant_id() -> MerchantId {
    id(2)
}

pub(crate) fn operator_id() -> OperatorId {
    id(3)
}

pub(crate) fn shopper() -> Holder {
    Holder::Member(member_id())
}

pub(crate) fn sealed(text: &str) -> Sealed {
    Sealed(text.to_owned())
}

pub(crate) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

pub(crate) fn email_hash(number: u8) -> EmailHash {
    EmailHash::new(format!("{number:064x}")).unwrap()
}

pub(crate) fn secret_hash(number: usize) -> SecretHash {
    SecretHash::new(format!("{number:064x}")).unwrap()
}

pub(crate) fn password(salt: &str) -> PasswordHash {
    PasswordHash::new(format!("$argon2id$v=19$m=19456,t=2,p=1${salt}$aGFzaA")).unwrap()
}

//! The words a member's account is spoken of with. Never here: a rule about them.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Names one address of a member: a UUID, written hyphenated in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AddressId(String);

/// The text is no UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address is named by a hyphenated UUID: `{0}`")]
pub struct AddressIdError(pub String);

impl AddressId {
    /// The lengths of a UUID's hyphenated groups, in hex characters (RFC 9562, section 4).
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

    /// Parses a hyphenated UUID; upper case is taken as lower case.
    pub fn new(uuid: impl Into<String>) -> Result<Self, AddressIdError> {
        let uuid = uuid.into().to_ascii_lowercase();
        let hex = uuid.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        if hex && uuid.split('-').map(str::len).eq(Self::GROUPS) {
            Ok(Self(uuid))
        } else {
            Err(AddressIdError(uuid))
        }
    }

    /// The hyphenated UUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AddressId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AddressId {
    type Error = AddressIdError;
    fn try_from(uuid: String) -> Result<Self, Self::Error> {
        Self::new(uuid)
    }
}

impl std::str::FromStr for AddressId {
    type Err = AddressIdError;
    fn from_str(uuid: &str) -> Result<Self, Self::Err> {
        Self::new(uuid)
    }
}

impl From<AddressId> for String {
    fn from(id: AddressId) -> Self {
        id.0
    }
}

/// A way of sending marketing, each consented to by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text message.
    Sms,
}

/// A member's last word on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// Whether marketing may be sent.
    pub granted: bool,
    /// Since when.
    pub since: Timestamp,
}

/// How a living account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Signed up, not yet activated.
    Registered,
    /// In use.
    Active,
    /// Long unused (휴면): to be reactivated first.
    Dormant,
}

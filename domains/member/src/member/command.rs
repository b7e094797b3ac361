//! What can be asked of a member's account. Never here: any rule.

use kernel::id::{MemberId, SessionId};
use kernel::{Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AddressId, Channel, Grade};
use crate::{EmailHash, PasswordHash};

/// Something asked of a member's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Sign up.
    Register(Register),
    /// Set another password.
    SetPassword(SetPassword),
    /// Change name, e-mail or phone.
    ChangeProfile(ChangeProfile),
    /// Add an address.
    AddAddress(AddAddress),
    /// Remove an address.
    RemoveAddress(RemoveAddress),
    /// Make an address the default.
    SetDefaultAddress(SetDefaultAddress),
    /// Allow or forbid marketing on a channel.
    SetConsent(SetConsent),
    /// Give another grade.
    SetGrade(SetGrade),
    /// Put a long unused account to rest.
    FallDormant(FallDormant),
    /// Wake a dormant account.
    Reactivate(Reactivate),
    /// Leave for good.
    Withdraw(Withdraw),
}

/// Sign up; the e-mail address is claimed in the same append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The new account.
    pub member: MemberId,
    /// The e-mail address.
    pub email_hash: EmailHash,
    /// Name, e-mail address and phone.
    pub profile: Sealed,
    /// The password; none for an imported member, who must set one.
    pub password_hash: Option<PasswordHash>,
    /// When.
    pub at: Timestamp,
}

/// Set another password; every session but this one is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it is set, which goes on; every other one is over.
    #[serde(default)]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// Change name, e-mail or phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeProfile {
    /// Name, e-mail address and phone, whole.
    pub profile: Sealed,
    /// When.
    pub at: Timestamp,
}

/// Add an address; the first one becomes the default in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddAddress {
    /// The new address' id.
    pub address_id: AddressId,
    /// Recipient, phone, street and postal code.
    pub address: Sealed,
    /// Whether it becomes the default.
    pub default: bool,
    /// When.
    pub at: Timestamp,
}

/// Remove an address; another becomes the default where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveAddress {
    /// Which.
    pub address_id: AddressId,
    /// When.
    pub at: Timestamp,
}

/// Make an address the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetDefaultAddress {
    /// Which.
    pub address_id: AddressId,
    /// When.
    pub at: Timestamp,
}

/// Allow or forbid marketing on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetConsent {
    /// Which channel.
    pub channel: Channel,
    /// Whether marketing may be sent.
    pub granted: bool,
    /// When.
    pub at: Timestamp,
}

/// Give another grade, in force from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetGrade {
    /// Which.
    pub grade: Grade,
    /// Why, without personal data.
    pub reason: Text<200>,
    /// When.
    pub at: Timestamp,
}

/// Put a long unused account to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FallDormant {
    /// When.
    pub at: Timestamp,
}

/// Wake a dormant account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reactivate {
    /// When.
    pub at: Timestamp,
}

/// Leave for good; the e-mail address is released in the same append and the edge destroys the person's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// When.
    pub at: Timestamp,
}

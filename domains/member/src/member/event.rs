//! What happened to a member's account. Names and bodies are forever; personal data is sealed.

use kernel::id::{MemberId, SessionId};
use kernel::{Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AddressId, Channel, Grade};
use crate::{EmailHash, PasswordHash};

/// A fact about a member's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed up.
    Registered(Registered),
    /// The account came into use.
    Activated(Activated),
    /// Another password was set.
    PasswordSet(PasswordSet),
    /// Name, e-mail or phone changed.
    ProfileChanged(ProfileChanged),
    /// An address was added.
    AddressAdded(AddressAdded),
    /// An address was removed.
    AddressRemoved(AddressRemoved),
    /// Another address became the default.
    DefaultAddressSet(DefaultAddressSet),
    /// Marketing was allowed or forbidden on a channel.
    ConsentSet(ConsentSet),
    /// Another grade was given.
    GradeSet(GradeSet),
    /// The account went to rest.
    FellDormant(FellDormant),
    /// The account woke.
    Reactivated(Reactivated),
    /// The member left for good.
    Withdrawn(Withdrawn),
}

kernel::domain_event! { Event {
    Registered => "registered" 1,
    Activated => "activated" 1,
    PasswordSet => "password_set" 1,
    ProfileChanged => "profile_changed" 1,
    AddressAdded => "address_added" 1,
    AddressRemoved => "address_removed" 1,
    DefaultAddressSet => "default_address_set" 1,
    ConsentSet => "consent_set" 1,
    GradeSet => "grade_set" 1,
    FellDormant => "fell_dormant" 1,
    Reactivated => "reactivated" 1,
    Withdrawn => "withdrawn" 1,
} }

/// Somebody signed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The account.
    pub member: MemberId,
    /// The e-mail address.
    pub email_hash: EmailHash,
    /// Name, e-mail address and phone.
    pub profile: Sealed,
    /// The password; none for an imported member.
    pub password_hash: Option<PasswordHash>,
    /// When.
    pub at: Timestamp,
}

/// The account came into use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activated {
    /// The account.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}

/// Another password was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordSet {
    /// The account.
    pub member: MemberId,
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it was set, which goes on; every other one is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// Name, e-mail or phone changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChanged {
    /// The account.
    pub member: MemberId,
    /// Name, e-mail address and phone, whole.
    pub profile: Sealed,
    /// When.
    pub at: Timestamp,
}

/// An address was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressAdded {
    /// The account.
    pub member: MemberId,
    /// The address' id.
    pub address_id: AddressId,
    /// Recipient, phone, street and postal code.
    pub address: Sealed,
    /// Whether it became the default.
    pub default: bool,
    /// When.
    pub at: Timestamp,
}

/// An address was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressRemoved {
    /// The account.
    pub member: MemberId,
    /// Which.
    pub address_id: AddressId,
    /// The default from now on; none where no address is left.
    pub default_address_id: Option<AddressId>,
    /// When.
    pub at: Timestamp,
}

/// Another address became the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultAddressSet {
    /// The account.
    pub member: MemberId,
    /// Which.
    pub address_id: AddressId,
    /// When.
    pub at: Timestamp,
}

/// Marketing was allowed or forbidden on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentSet {
    /// The account.
    pub member: MemberId,
    /// Which channel.
    pub channel: Channel,
    /// Whether marketing may be sent.
    pub granted: bool,
    /// When.
    pub at: Timestamp,
}

/// Another grade was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeSet {
    /// The account.
    pub member: MemberId,
    /// The grade from now on.
    pub grade: Grade,
    /// Why.
    pub reason: Text<200>,
    /// When.
    pub at: Timestamp,
}

/// The account went to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FellDormant {
    /// The account.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}

/// The account woke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactivated {
    /// The account.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}

/// The member left for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The account.
    pub member: MemberId,
    /// The e-mail address that became free.
    pub email_hash: EmailHash,
    /// When.
    pub at: Timestamp,
}

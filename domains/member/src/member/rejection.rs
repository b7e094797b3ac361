//! Why something asked of a member's account is refused.

use kernel::RejectionKind;

use super::policy;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such member.
    #[error("there is no such member")]
    NotFound,
    /// The member's id is in use.
    #[error("this member is registered already: register under a new id, or sign in")]
    AlreadyRegistered,
    /// The account isn't in use yet.
    #[error("this account is not activated yet")]
    NotActivated,
    /// The account is at rest.
    #[error("this account is dormant: reactivate it first")]
    Dormant,
    /// The member left.
    #[error("this member has withdrawn: register a new account")]
    Withdrawn,
    /// The address' id is in use for something else.
    #[error("an address with this id exists already: add it under a new id")]
    AddressExists,
    /// There is no such address.
    #[error("there is no such address in the address book")]
    AddressNotFound,
    /// The address book is full.
    #[error("an address book holds at most {} addresses: remove one first", policy::ADDRESSES_MAX)]
    AddressBookFull,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "member_not_found",
            Self::AlreadyRegistered => "member_already_registered",
            Self::NotActivated => "member_not_activated",
            Self::Dormant => "member_dormant",
            Self::Withdrawn => "member_withdrawn",
            Self::AddressExists => "address_exists",
            Self::AddressNotFound => "address_not_found",
            Self::AddressBookFull => "address_book_full",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound | Self::AddressNotFound => RejectionKind::NotFound,
            Self::AlreadyRegistered
            | Self::NotActivated
            | Self::Dormant
            | Self::Withdrawn
            | Self::AddressExists
            | Self::AddressBookFull => RejectionKind::Conflict,
        }
    }
}

//! Personal data in the clear: what the vault seals and opens. It exists only between the edge and the vault.

use serde::{Deserialize, Serialize};

/// Who somebody is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The e-mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: Option<String>,
}

/// Who receives a parcel, and where.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: String,
    /// The postal code.
    pub postal_code: String,
    /// The address.
    pub address: String,
}

/// What a gift's buyer says of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCard {
    /// Whom it is for, as the buyer knows them.
    pub recipient: GiftRecipient,
    /// Whom it is from, as the recipient is to read it.
    pub from: String,
    /// A word to the recipient.
    pub message: Option<String>,
}

/// Whom a gift is for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftRecipient {
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: String,
}

/// Where a merchant is paid.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// The bank's code or name.
    pub bank: String,
    /// The account number.
    pub account: String,
    /// The account's holder.
    pub holder: String,
}

/// Whose a cash receipt is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptIdentifier {
    /// The number of a phone or of a business.
    pub number: String,
}

macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

hidden!(Profile, Recipient, GiftCard, GiftRecipient, BankAccount, ReceiptIdentifier);

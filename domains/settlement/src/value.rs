//! Values that statements are made of, parsed once: keys, the heading, terms, reasons. Never here: a decision.

use kernel::id::MerchantId;
use kernel::{Currency, MallId, Rate, Text};
use serde::{Deserialize, Serialize};

use crate::cycle::Period;
use crate::policy::{BANK_REFERENCE_LENGTH_MAX, ITEM_KEY_LENGTH_MAX, PAYOUT_KEY_LENGTH_MAX};

/// The idempotency key under which the bank is asked for a payout.
pub type PayoutKey = Text<PAYOUT_KEY_LENGTH_MAX>;

/// The reference that the bank gave a transfer.
pub type BankReference = Text<BANK_REFERENCE_LENGTH_MAX>;

/// An item's key within its statement, e.g. `<order>/<line>/<from piece>`: 1 to 120 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemKey(String);

/// The text is no item key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an item key has 1 to 120 visible ASCII characters and no spaces: `{0}`")]
pub struct ItemKeyError(pub String);

impl ItemKey {
    /// Parses a key.
    pub fn new(key: impl Into<String>) -> Result<Self, ItemKeyError> {
        let key = key.into();
        let fits = (1..=ITEM_KEY_LENGTH_MAX).contains(&key.len());
        if fits && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(key))
        } else {
            Err(ItemKeyError(key))
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ItemKey {
    type Error = ItemKeyError;
    fn try_from(key: String) -> Result<Self, Self::Error> {
        Self::new(key)
    }
}

impl From<ItemKey> for String {
    fn from(key: ItemKey) -> Self {
        key.0
    }
}

/// What a statement is for. Fixed by whatever opens it; later commands must name the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// Who is owed.
    pub merchant: MerchantId,
    /// Where the sales were made.
    pub mall: MallId,
    /// Of every amount on the statement.
    pub currency: Currency,
    /// The cycle's period.
    pub period: Period,
}

/// What the contract in force at order time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The commission on the sale after merchant-funded discounts, VAT inclusive, unless a line names its own.
    pub commission_rate: Rate,
    /// The VAT rate on the commission: `0.1` in Korea. The commission already contains it.
    pub commission_vat_rate: Rate,
}

/// How a sale is taxed (과세, 면세, 영세율).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxType {
    /// VAT is inside the price.
    Taxable,
    /// Outside VAT.
    TaxFree,
    /// VAT at zero percent.
    ZeroRated,
}

impl TaxType {
    /// The wire word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taxable => "taxable",
            Self::TaxFree => "tax_free",
            Self::ZeroRated => "zero_rated",
        }
    }
}

/// Why the bank did not pay. Coded, since a bank's own words may hold personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutFailure {
    /// No such account.
    AccountNotFound,
    /// The account is closed or blocked.
    AccountClosed,
    /// The account belongs to somebody else.
    HolderMismatch,
    /// A limit of the bank was reached.
    LimitExceeded,
    /// The bank could not work.
    BankUnavailable,
    /// The bank refused for another reason.
    Refused,
}

/// Why a statement ended without a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarryReason {
    /// The merchant is owed nothing, or owes.
    NothingDue,
    /// The amount due is under the minimum payout.
    BelowMinimum,
    /// The merchant is paid nothing for now.
    Withheld,
}

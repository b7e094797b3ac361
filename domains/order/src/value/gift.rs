//! A gift (선물하기): what its buyer says of it, and how it ends where nobody takes it.

use std::fmt;

use kernel::Sealed;
use serde::{Deserialize, Serialize};

/// An order for somebody whose address the buyer doesn't know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    /// Whom it is for, whom it is from and what the buyer says to them, sealed.
    pub card: Sealed,
    /// How many days after it is paid its recipient can accept it.
    pub accept_within_days: u16,
}

/// How a gift ended that was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiftEnding {
    /// The recipient said no.
    Declined,
    /// Nobody accepted it in time.
    Lapsed,
    /// The order ended before: its buyer stopped it, it was not paid, or every piece of it was cancelled.
    Cancelled,
}

impl GiftEnding {
    /// The word for sentences and for the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for GiftEnding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

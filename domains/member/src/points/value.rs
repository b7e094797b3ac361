//! The words an account's points are spoken of with. They stand in commands and in events, so they tolerate fields that
//! they don't know. Never here: a rule about them.

use kernel::id::{ClaimId, OrderId};
use kernel::{Amount, Rate, Text};
use serde::{Deserialize, Serialize};

use crate::member::Grade;

/// Why points were earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Earning {
    /// By a confirmed purchase: what was paid for its pieces, at the rate of the member's grade then.
    Confirmed {
        /// The order.
        order: OrderId,
        /// The grade at the confirmation.
        grade: Grade,
        /// Its rate.
        rate: Rate,
        /// What was paid for the confirmed pieces, without delivery.
        #[serde(rename = "paid_minor")]
        paid: Amount,
    },
    /// By one line of a purchase.
    Purchase {
        /// The order.
        order: OrderId,
        /// The number of its line.
        line: u16,
    },
    /// By the mall's favour.
    Granted {
        /// What for.
        note: Text<200>,
    },
}

/// Why an earning was taken back. One reason takes back of one lot once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Revocation {
    /// Its purchase was returned.
    Returned {
        /// By which claim.
        claim: ClaimId,
    },
    /// It should not have been, or not as much.
    Corrected {
        /// How so.
        note: Text<200>,
    },
}

/// How many points there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// Neither held nor used; those past their end count until they expire.
    #[serde(rename = "balance_minor")]
    pub balance: Amount,
    /// Held for orders.
    #[serde(rename = "held_minor")]
    pub held: Amount,
}

impl Levels {
    /// The levels after so many points more (or fewer, if negative) in each.
    #[must_use]
    pub fn after(self, balance: Amount, held: Amount) -> Self {
        Self { balance: self.balance + balance, held: self.held + held }
    }

    /// All points that a member has.
    pub fn total(self) -> Amount {
        self.balance + self.held
    }
}

//! The fee of a delivery group (배송 묶음), by its merchant's rule.

use kernel::{Amount, Price};

/// How a delivery group is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeeRule {
    /// Never charged.
    Free,
    /// Always the same.
    Fixed {
        /// The fee.
        #[serde(rename = "fee_minor")]
        fee: Price,
    },
    /// Charged below a threshold.
    FreeOver {
        /// The fee below it.
        #[serde(rename = "fee_minor")]
        fee: Price,
        /// The goods from which on it is free.
        #[serde(rename = "threshold_minor")]
        threshold: Price,
    },
    /// A carrier's quote for this delivery, given from outside.
    Quoted {
        /// The fee.
        #[serde(rename = "fee_minor")]
        fee: Price,
    },
}

/// What a rule comes to for one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Charge {
    /// The fee to pay, with the surcharge.
    pub fee: Price,
    /// The threshold that made it free.
    pub free_over: Option<Price>,
    /// The fee that the threshold waived.
    pub waived_fee: Price,
}

impl FeeRule {
    /// The charge for a group with goods of that value. A surcharge is never waived.
    pub fn charge(self, goods: Amount, surcharge: Price) -> Charge {
        match self {
            Self::Free => Charge { fee: surcharge, ..Charge::default() },
            Self::FreeOver { fee, threshold } if goods >= threshold.amount() => {
                Charge { fee: surcharge, free_over: Some(threshold), waived_fee: fee }
            }
            Self::Fixed { fee } | Self::FreeOver { fee, .. } | Self::Quoted { fee } => {
                Charge { fee: both(fee, surcharge), ..Charge::default() }
            }
        }
    }
}

/// Two fees as one; no fee is above [`Price::MAX`].
fn both(fee: Price, surcharge: Price) -> Price {
    let sum = i64::from(fee).saturating_add(i64::from(surcharge));
    Price::new(sum.min(Price::MAX)).unwrap_or(fee)
}

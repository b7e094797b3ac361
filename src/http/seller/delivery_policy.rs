//! A delivery policy as it is sent and shown. Fees are minor units of its mall's currency.

use kernel::Price;
use serde::{Deserialize, Serialize};
use shipping::delivery_policy::FeeRule;
use utoipa::ToSchema;

use crate::service::dispatch::DeliveryPromise;

/// What you charge for delivery and return, and how fast you dispatch.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryTermsNamed {
    /// How the delivery fee is found.
    pub fee: DeliveryFee,
    /// What a return at the buyer's fault costs, one way.
    #[schema(value_type = i64, minimum = 0)]
    pub return_fee_minor: Price,
    /// Days from payment to dispatch, at most 60.
    #[schema(maximum = 60)]
    pub dispatch_days: u16,
}

/// How the fee of a delivery group is found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeliveryFee {
    /// No fee.
    Free {},
    /// The same fee whatever is in the group.
    Fixed {
        /// The fee.
        #[schema(value_type = i64, minimum = 0)]
        fee_minor: Price,
    },
    /// No fee from a value of goods on.
    FreeOver {
        /// The fee below the threshold.
        #[schema(value_type = i64, minimum = 0)]
        fee_minor: Price,
        /// The value of goods from which it is free; above zero.
        #[schema(value_type = i64, minimum = 1)]
        threshold_minor: Price,
    },
    /// A carrier quotes the fee, order by order. Shown where an import set it; it can't be chosen.
    Quoted {},
}

impl From<DeliveryFee> for FeeRule {
    fn from(fee: DeliveryFee) -> Self {
        match fee {
            DeliveryFee::Free {} => Self::Free,
            DeliveryFee::Fixed { fee_minor: fee } => Self::Fixed { fee },
            DeliveryFee::FreeOver { fee_minor: fee, threshold_minor: threshold } => {
                Self::FreeOver { fee, threshold }
            }
            DeliveryFee::Quoted {} => Self::Quoted,
        }
    }
}

impl From<FeeRule> for DeliveryFee {
    fn from(rule: FeeRule) -> Self {
        match rule {
            FeeRule::Free => Self::Free {},
            FeeRule::Fixed { fee: fee_minor } => Self::Fixed { fee_minor },
            FeeRule::FreeOver { fee: fee_minor, threshold: threshold_minor } => {
                Self::FreeOver { fee_minor, threshold_minor }
            }
            FeeRule::Quoted => Self::Quoted {},
        }
    }
}

impl From<DeliveryTermsNamed> for DeliveryPromise {
    fn from(named: DeliveryTermsNamed) -> Self {
        let DeliveryTermsNamed { fee, return_fee_minor: return_fee, dispatch_days } = named;
        Self { fee: fee.into(), return_fee, dispatch_days }
    }
}

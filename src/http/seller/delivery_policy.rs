//! A delivery policy as it is sent and shown. Fees are minor units of its mall's currency.

use kernel::Price;
use serde::{Deserialize, Serialize};
use shipping::delivery_policy::{FeeRule, RemoteSurcharges};
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
    /// What delivery to a remote area (제주·도서산간) costs on top; nothing where it is left out.
    #[serde(default)]
    pub remote_surcharges: RemoteSurchargesNamed,
    /// Days from payment to dispatch, at most 60.
    #[schema(maximum = 60)]
    pub dispatch_days: u16,
}

/// What a delivery group costs on top of its fee where it goes to a remote area, whatever the fee. Which postal codes
/// are remote is the mall's to say.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoteSurchargesNamed {
    /// To Jeju (제주).
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    pub jeju_minor: Price,
    /// To other islands and places hard to reach (도서산간).
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    pub island_minor: Price,
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
        let DeliveryTermsNamed { fee, return_fee_minor: return_fee, remote_surcharges, dispatch_days } =
            named;
        let remote_surcharges = remote_surcharges.into();
        Self { fee: fee.into(), return_fee, remote_surcharges, dispatch_days }
    }
}

impl From<RemoteSurchargesNamed> for RemoteSurcharges {
    fn from(named: RemoteSurchargesNamed) -> Self {
        Self { jeju: named.jeju_minor, island: named.island_minor }
    }
}

impl From<RemoteSurcharges> for RemoteSurchargesNamed {
    fn from(surcharges: RemoteSurcharges) -> Self {
        Self { jeju_minor: surcharges.jeju, island_minor: surcharges.island }
    }
}

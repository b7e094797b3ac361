//! Coded reasons: why a claim is made, held, refused, or fails its inspection. Codes are stored for ever.

use serde::{Deserialize, Serialize};

/// Why the claim is made. The code fixes the fault: [`crate::policy::fault_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The shopper doesn't want it any more (단순변심).
    ChangedMind,
    /// The shopper ordered something else than they meant.
    WrongOrder,
    /// The goods don't work or are flawed (불량).
    Defective,
    /// Something else was sent (오배송).
    WrongItem,
    /// It is too late (배송지연).
    Late,
    /// The merchant can't supply it (품절).
    OutOfStock,
    /// The platform showed or charged something wrong.
    PlatformError,
    /// The platform stopped the sale.
    SaleStopped,
    /// The carrier broke it.
    DamagedInTransit,
    /// The carrier lost it.
    Lost,
    /// The order was a gift (선물하기) that its recipient didn't accept.
    GiftNotAccepted,
}

impl Reason {
    /// The word for sentences and for the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChangedMind => "changed_mind",
            Self::WrongOrder => "wrong_order",
            Self::Defective => "defective",
            Self::WrongItem => "wrong_item",
            Self::Late => "late",
            Self::OutOfStock => "out_of_stock",
            Self::PlatformError => "platform_error",
            Self::SaleStopped => "sale_stopped",
            Self::DamagedInTransit => "damaged_in_transit",
            Self::Lost => "lost",
            Self::GiftNotAccepted => "gift_not_accepted",
        }
    }
}

/// Who answers for the claim (귀책), and so for its fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The shopper.
    Buyer,
    /// The seller of the goods.
    Merchant,
    /// The marketplace.
    Platform,
    /// Who transported the goods.
    Carrier,
}

/// Why a return waits (보류).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The return fee isn't paid.
    ReturnFeeUnpaid,
    /// The goods haven't been sent back.
    NotSentBack,
    /// Other goods came back than were sent.
    WrongItem,
    /// The goods look used.
    UsedItem,
    /// The merchant must say more before it goes on.
    MerchantUnclear,
    /// The parties disagree; the back office decides.
    Disputed,
}

impl HoldReason {
    /// The word for sentences and for the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReturnFeeUnpaid => "return_fee_unpaid",
            Self::NotSentBack => "not_sent_back",
            Self::WrongItem => "wrong_item",
            Self::UsedItem => "used_item",
            Self::MerchantUnclear => "merchant_unclear",
            Self::Disputed => "disputed",
        }
    }
}

/// Why a claim is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The goods left before the cancel was seen (출고중지 실패); a return is the way now.
    AlreadyDispatched,
    /// Custom-made or otherwise not returnable.
    NotReturnable,
    /// The time for it is over.
    PeriodOver,
    /// What came back failed the inspection.
    InspectionFailed,
    /// The goods never came back.
    NotSentBack,
    /// The fee stayed unpaid.
    FeeUnpaid,
    /// What was claimed turned out untrue.
    Unfounded,
}

/// Why the goods fail the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InspectionFailure {
    /// They have been used.
    Used,
    /// They are other goods.
    WrongItem,
    /// Pieces or parts are missing.
    Incomplete,
    /// The shopper damaged them.
    DamagedByBuyer,
}

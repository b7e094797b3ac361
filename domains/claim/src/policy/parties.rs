//! Who may ask, judge and withdraw, and who must act while a claim waits.

use crate::value::{Fault, HoldReason, Party, Reason};

use super::fault_of;

/// Whether this party may give this reason: a shopper can't speak for the supply side, and a merchant can't put the
/// fault on the buyer, since that may cost the buyer a fee. That a gift was not accepted is the order's to say.
pub fn may_cite(by: Party, reason: Reason) -> bool {
    match by {
        Party::Shopper | Party::Merchant | Party::Operator if reason == Reason::GiftNotAccepted => false,
        Party::Shopper => !matches!(reason, Reason::OutOfStock | Reason::PlatformError | Reason::SaleStopped),
        Party::Merchant => fault_of(reason) != Fault::Buyer,
        Party::Operator | Party::System => true,
    }
}

/// Whether this party may approve, accept or reject: anyone but the shopper.
pub const fn may_judge(by: Party) -> bool {
    !matches!(by, Party::Shopper)
}

/// Whether this party may take a claim back: the shopper, or an operator for them.
pub const fn may_withdraw(by: Party) -> bool {
    matches!(by, Party::Shopper | Party::Operator)
}

/// Who must act before a claim held for this reason goes on.
pub const fn duty_of(hold: HoldReason) -> Party {
    match hold {
        HoldReason::ReturnFeeUnpaid
        | HoldReason::NotSentBack
        | HoldReason::WrongItem
        | HoldReason::UsedItem => Party::Shopper,
        HoldReason::MerchantUnclear => Party::Merchant,
        HoldReason::Disputed => Party::Operator,
    }
}

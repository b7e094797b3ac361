//! Until when a claim may still be refused, and for what.

use crate::state::Phase;
use crate::value::{HoldReason, Kind, Party, Refusal, Verdict};

/// On what ground a claim is to be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// Why.
    pub refusal: Refusal,
    /// By whom.
    pub by: Party,
    /// What the claim waits for.
    pub hold: Option<HoldReason>,
    /// Whether the carrier has the goods.
    pub on_its_way: bool,
}

/// Whether a claim of this kind in this phase may be refused on this ground.
///
/// A fresh claim falls for what can be known at once, an inspected one for a failed inspection. In between a promise
/// was made: an approved cancel falls only if the goods had left, which is not its merchant's to say; an accepted return
/// only while it is held for goods that nobody has sent, or for an unpaid fee.
pub fn may_reject(kind: Kind, phase: Phase, ground: Ground) -> bool {
    match phase {
        Phase::Requested => first_answer_fits(kind, ground.refusal),
        Phase::Approved => ground.refusal == Refusal::AlreadyDispatched && ground.by != Party::Merchant,
        Phase::Accepted | Phase::PickupRequested { .. } => {
            was_never_sent_back(ground) || fee_stayed_unpaid(ground)
        }
        Phase::Collected { .. } | Phase::Inspected(Verdict::Pass) => fee_stayed_unpaid(ground),
        Phase::Inspected(Verdict::Fail) => ground.refusal == Refusal::InspectionFailed,
        Phase::Refunding { .. } | Phase::Completed { .. } | Phase::Rejected | Phase::Withdrawn => false,
    }
}

/// Whether a claim just made can be refused with this word: the others tell of steps that haven't come yet.
const fn first_answer_fits(kind: Kind, refusal: Refusal) -> bool {
    match refusal {
        Refusal::PeriodOver | Refusal::Unfounded => true,
        Refusal::AlreadyDispatched => matches!(kind, Kind::Cancel),
        Refusal::NotReturnable => matches!(kind, Kind::Return),
        Refusal::InspectionFailed | Refusal::NotSentBack | Refusal::FeeUnpaid => false,
    }
}

/// Whether this reason says that the shopper did nothing in the time given by a hold.
pub const fn waits_for_shopper(refusal: Refusal) -> bool {
    matches!(refusal, Refusal::NotSentBack | Refusal::FeeUnpaid)
}

fn was_never_sent_back(ground: Ground) -> bool {
    let held = ground.hold == Some(HoldReason::NotSentBack);
    ground.refusal == Refusal::NotSentBack && held && !ground.on_its_way
}

fn fee_stayed_unpaid(ground: Ground) -> bool {
    ground.refusal == Refusal::FeeUnpaid && ground.hold == Some(HoldReason::ReturnFeeUnpaid)
}

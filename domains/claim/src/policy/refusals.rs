//! Until when a claim may still be refused, and for what.

use crate::state::Phase;
use crate::value::{HoldReason, Kind, Refusal, Verdict};

/// Whether a claim of this kind in this phase, held or not, may be refused for this reason.
///
/// A fresh claim falls for what can be known at once, an inspected one for a failed inspection. In between a promise
/// was made: an approved cancel falls only if the goods had left, an accepted return only if they never came. An
/// unpaid fee counts while the claim is held for it.
pub fn may_reject(kind: Kind, phase: Phase, hold: Option<HoldReason>, refusal: Refusal) -> bool {
    match phase {
        Phase::Requested => first_answer_fits(kind, refusal),
        Phase::Approved => refusal == Refusal::AlreadyDispatched,
        Phase::Accepted | Phase::PickupRequested { .. } => {
            refusal == Refusal::NotSentBack || fee_stayed_unpaid(hold, refusal)
        }
        Phase::Collected { .. } | Phase::Inspected(Verdict::Pass) => fee_stayed_unpaid(hold, refusal),
        Phase::Inspected(Verdict::Fail) => refusal == Refusal::InspectionFailed,
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

fn fee_stayed_unpaid(hold: Option<HoldReason>, refusal: Refusal) -> bool {
    refusal == Refusal::FeeUnpaid && hold == Some(HoldReason::ReturnFeeUnpaid)
}

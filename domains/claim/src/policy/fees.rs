//! Which fees go back and which are deducted. Only the buyer's own fault ever costs the buyer a fee.

use kernel::Amount;

use crate::value::{Fault, FreeOver, GroupFacts, Kind};

/// The delivery fee that goes back: all that was paid of it by now when nothing of the group remains, otherwise none.
///
/// A cancel gives it back whoever's fault it is, since nothing is delivered; a return unless it is the buyer's fault.
pub fn fee_back(kind: Kind, fault: Fault, group: &GroupFacts) -> Amount {
    let owed = match kind {
        Kind::Cancel => true,
        Kind::Return => !is_buyers(fault),
    };
    if owed && group.ends { group.fee } else { Amount::ZERO }
}

/// The return fee (반품 배송비): at the buyer's fault; one claim is one pickup, so the highest of its groups' fees.
pub fn return_fee(kind: Kind, fault: Fault, groups: &[GroupFacts]) -> Amount {
    match kind {
        Kind::Return if is_buyers(fault) => {
            groups.iter().map(|group| group.return_fee.amount()).max().unwrap_or_default()
        }
        Kind::Return | Kind::Cancel => Amount::ZERO,
    }
}

/// The waived delivery fee that is due after all, when goods leave a group that was delivered free over a threshold
/// and this claim is what breaks the threshold; or what is owed of it since it was broken. At the buyer's fault only, and
/// not if nothing is delivered.
pub fn fee_due_after_all(kind: Kind, fault: Fault, group: &GroupFacts) -> Amount {
    let delivered = match kind {
        Kind::Cancel => !group.ends,
        Kind::Return => true,
    };
    if !(is_buyers(fault) && delivered) {
        return Amount::ZERO;
    }
    match group.free_over {
        Some(free) if is_broken(free, group) => group.owed + free.fee.amount(),
        Some(_) | None => group.owed,
    }
}

/// Whether the threshold was still reached before and no longer is.
fn is_broken(free: FreeOver, group: &GroupFacts) -> bool {
    let (threshold, before) = (free.threshold.amount(), group.goods_before);
    before >= threshold && before - group.goods_claimed < threshold
}

const fn is_buyers(fault: Fault) -> bool {
    matches!(fault, Fault::Buyer)
}

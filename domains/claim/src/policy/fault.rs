//! Which reason puts the fault (귀책) on whom, and which reason makes sense for which claim.

use crate::value::{Fault, Kind, Reason};

/// Who answers for a claim made for this reason. A gift that nobody accepted is nobody's fault: the platform, whose service
/// it is, stands for that, so that it costs neither buyer nor merchant a fee.
pub const fn fault_of(reason: Reason) -> Fault {
    match reason {
        Reason::ChangedMind | Reason::WrongOrder => Fault::Buyer,
        Reason::Defective | Reason::WrongItem | Reason::Late | Reason::OutOfStock => Fault::Merchant,
        Reason::PlatformError | Reason::SaleStopped | Reason::GiftNotAccepted => Fault::Platform,
        Reason::DamagedInTransit | Reason::Lost => Fault::Carrier,
    }
}

/// Whether the reason makes sense: goods that nobody has received have no flaws, and delivered goods are not lost.
pub const fn reason_fits(kind: Kind, reason: Reason) -> bool {
    match reason {
        Reason::ChangedMind
        | Reason::WrongOrder
        | Reason::Late
        | Reason::PlatformError
        | Reason::SaleStopped => true,
        Reason::Defective | Reason::WrongItem | Reason::DamagedInTransit => matches!(kind, Kind::Return),
        Reason::OutOfStock | Reason::Lost | Reason::GiftNotAccepted => matches!(kind, Kind::Cancel),
    }
}

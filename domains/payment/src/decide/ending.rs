//! Ending without money: expiry and voiding. Never here: giving money back.

use super::Decision;
use crate::command::{Expire, Void};
use crate::event::{Event, Expired, Voided};
use crate::rejection::Rejection;
use crate::state::{Known, Phase};

/// Expires a payment whose time is over. While the gateway may be taking the money it can't expire; a payment that waits
/// for the shopper (a deposit, an authentication) can, and what comes after all goes back.
pub(super) fn expire(known: &Known, command: &Expire) -> Decision {
    match known.phase() {
        Phase::Requested | Phase::AwaitingDeposit | Phase::AwaitingAuthentication
            if command.at < known.request.expires_at =>
        {
            Err(Rejection::ExpiryNotDue(known.request.expires_at))
        }
        Phase::Requested | Phase::AwaitingDeposit | Phase::AwaitingAuthentication => {
            Ok(vec![Event::Expired(Expired { head: known.request.head.clone(), at: command.at })])
        }
        Phase::Expired => Ok(vec![]),
        Phase::Capturing | Phase::Authorized => Err(Rejection::CaptureInFlight),
        Phase::Captured | Phase::PartiallyRefunded | Phase::Refunded => Err(Rejection::AlreadyCaptured),
        Phase::Failed | Phase::Voided => Err(Rejection::Ended(known.phase())),
        Phase::Absent => Err(Rejection::NotRequested),
    }
}

/// Voids a payment that isn't captured. A capture under way may still succeed: then its money goes back by itself.
pub(super) fn void(known: &Known, command: &Void) -> Decision {
    match known.phase() {
        Phase::Requested
        | Phase::Capturing
        | Phase::AwaitingDeposit
        | Phase::AwaitingAuthentication
        | Phase::Authorized => {
            let head = known.request.head.clone();
            Ok(vec![Event::Voided(Voided { head, reason: command.reason, at: command.at })])
        }
        Phase::Voided => Ok(vec![]),
        Phase::Captured | Phase::PartiallyRefunded | Phase::Refunded => Err(Rejection::AlreadyCaptured),
        Phase::Failed | Phase::Expired => Err(Rejection::Ended(known.phase())),
        Phase::Absent => Err(Rejection::NotRequested),
    }
}

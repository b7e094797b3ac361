//! What an application service or a test may read of a payment. Never here: a change, a decision.

use kernel::id::{MemberId, OrderId, PaymentId, RefundId};
use kernel::{Amount, Currency, MallId, Timestamp};

use super::{Capture, Known, Phase, Receipt, Refund, Standing, State};
use crate::policy;
use crate::value::{DeclineReason, GatewayReference, Tender};

impl State {
    /// Where the payment stands.
    pub fn phase(&self) -> Phase {
        self.get().map_or(Phase::Absent, Known::phase)
    }

    /// The payment's id.
    pub fn payment(&self) -> Option<PaymentId> {
        self.get().map(|known| known.request.head.payment)
    }

    /// The order it pays.
    pub fn order(&self) -> Option<OrderId> {
        self.get().map(|known| known.request.head.order)
    }

    /// The mall of the order.
    pub fn mall(&self) -> Option<&MallId> {
        self.get().map(|known| &known.request.head.mall)
    }

    /// The currency of every amount.
    pub fn currency(&self) -> Option<Currency> {
        self.get().map(|known| known.request.head.currency)
    }

    /// Who pays.
    pub fn member(&self) -> Option<MemberId> {
        self.get().map(|known| known.request.member)
    }

    /// The whole amount asked for.
    pub fn amount(&self) -> Amount {
        self.get().map_or(Amount::ZERO, |known| known.request.amount)
    }

    /// The parts asked for.
    pub fn tenders(&self) -> &[Tender] {
        self.get().map_or(&[], |known| &known.request.tenders)
    }

    /// What of the whole amount is the gateway's to take.
    pub fn of_gateway(&self) -> Amount {
        policy::of_gateway(self.tenders().iter().map(|tender| (tender.method, tender.amount)))
    }

    /// When the time to pay is over.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.get().map(|known| known.request.expires_at)
    }

    /// The key of the attempt that is under way.
    pub fn key_in_flight(&self) -> Option<&str> {
        self.get().and_then(Known::key_in_flight)
    }

    /// Why the last attempt came to nothing, if it did.
    pub fn last_decline(&self) -> Option<DeclineReason> {
        self.get()?.attempts.values().max_by_key(|attempt| attempt.number)?.declined
    }

    /// The cash receipt (현금영수증), if one was asked for and the money came.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.get()?.receipt.as_ref()
    }

    /// How many attempts to take the money were started.
    pub fn attempts(&self) -> usize {
        self.get().map_or(0, |known| known.attempts.len())
    }

    /// The payment's own capture, with what is left of it.
    pub fn capture(&self) -> Option<&Capture> {
        self.get().and_then(Known::capture)
    }

    /// The money that this payment must not keep, by gateway reference.
    pub fn strays(&self) -> impl Iterator<Item = (&GatewayReference, &Capture)> {
        self.get().into_iter().flat_map(|known| &known.strays)
    }

    /// How much is ours, before refunds.
    pub fn captured(&self) -> Amount {
        self.capture().map_or(Amount::ZERO, Capture::captured)
    }

    /// How much of it went back.
    pub fn refunded(&self) -> Amount {
        self.capture().map_or(Amount::ZERO, Capture::refunded)
    }

    /// How much of it can still be sent back.
    pub fn refundable(&self) -> Amount {
        self.capture().map_or(Amount::ZERO, Capture::refundable)
    }

    /// One refund and its outcome.
    pub fn refund(&self, refund: RefundId) -> Option<&Refund> {
        self.get().and_then(|known| known.refunds.get(&refund))
    }

    fn get(&self) -> Option<&Known> {
        self.known().ok()
    }
}

impl Known {
    /// Where the payment stands.
    pub fn phase(&self) -> Phase {
        match &self.standing {
            Standing::Requested => Phase::Requested,
            Standing::Capturing { .. } if self.awaits_deposit() => Phase::AwaitingDeposit,
            Standing::Capturing { .. } => Phase::Capturing,
            Standing::AwaitingAuthentication { .. } => Phase::AwaitingAuthentication,
            Standing::Authorized { .. } => Phase::Authorized,
            Standing::Captured(capture) => refund_phase(capture),
            Standing::Failed => Phase::Failed,
            Standing::Voided => Phase::Voided,
            Standing::Expired => Phase::Expired,
        }
    }

    /// The payment's own capture.
    pub fn capture(&self) -> Option<&Capture> {
        match &self.standing {
            Standing::Captured(capture) => Some(capture),
            Standing::Requested
            | Standing::Capturing { .. }
            | Standing::AwaitingAuthentication { .. }
            | Standing::Authorized { .. }
            | Standing::Failed
            | Standing::Voided
            | Standing::Expired => None,
        }
    }

    /// The capture of that reference: a stray one, or the payment's own.
    pub(crate) fn find_capture(&self, reference: &GatewayReference) -> Option<&Capture> {
        let own = self.capture().filter(|capture| capture.reference.as_ref() == Some(reference));
        self.strays.get(reference).or(own)
    }

    /// Whether money of that reference is known already.
    pub(crate) fn has_capture(&self, reference: &GatewayReference) -> bool {
        self.find_capture(reference).is_some()
    }

    /// What a refund is taken from: the stray capture named, or the payment's own.
    pub(crate) fn refunded_from(&self, stray: Option<&GatewayReference>) -> Option<&Capture> {
        match stray {
            Some(reference) => self.strays.get(reference),
            None => self.capture(),
        }
    }

    /// Whether the money comes only when the shopper deposits it.
    pub(crate) fn awaits_deposit(&self) -> bool {
        self.request.tenders.iter().any(|tender| policy::awaits_deposit(tender.method))
    }

    fn key_in_flight(&self) -> Option<&str> {
        match &self.standing {
            Standing::Capturing { key }
            | Standing::AwaitingAuthentication { key }
            | Standing::Authorized { key } => Some(key),
            Standing::Requested
            | Standing::Captured(_)
            | Standing::Failed
            | Standing::Voided
            | Standing::Expired => None,
        }
    }
}

fn refund_phase(capture: &Capture) -> Phase {
    if capture.refunded().is_zero() {
        Phase::Captured
    } else if capture.refunded() == capture.captured() {
        Phase::Refunded
    } else {
        Phase::PartiallyRefunded
    }
}

//! How each event changes a payment. Total: no event fails, none decides.

use std::collections::BTreeMap;

use super::{Attempt, Capture, Known, Receipt, Refund, RefundOutcome, Standing, State};
use crate::event::{
    CaptureDeclined, CaptureStarted, Event, RefundFailed, RefundStarted, Refunded, Requested, StrayCaptured,
};
use crate::value::{GatewayReference, RefundCause};

impl State {
    /// Folds one event.
    pub(crate) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Requested(body) => Self::Known(Box::new(Known::new(body))),
            Event::CaptureStarted(body) => self.with(|known| known.start_capture(body)),
            Event::AuthenticationRequired(body) => self.with(|known| {
                known.standing = Standing::AwaitingAuthentication { key: body.key.clone() };
            }),
            Event::CaptureDeclined(body) => self.with(|known| known.decline(body)),
            Event::Authorized(body) => {
                self.with(|known| known.standing = Standing::Authorized { key: body.key.clone() })
            }
            Event::Captured(body) => self.with(|known| {
                let reference = body.gateway_reference.clone();
                known.standing =
                    Standing::Captured(Capture::new(reference, RefundCause::Asked, &body.tenders));
            }),
            Event::CashReceiptIssued(body) => self.with(|known| known.receipt = Some(Receipt::new(body))),
            Event::CashReceiptCancelled(body) => self.with(|known| {
                if let Some(receipt) = &mut known.receipt {
                    receipt.cancel(body);
                }
            }),
            Event::CapturedLate(body) => self.with(|known| known.stray(body, RefundCause::CapturedLate)),
            Event::DuplicateCaptured(body) => {
                self.with(|known| known.stray(body, RefundCause::DuplicateCaptured))
            }
            Event::RefundStarted(body) => self.with(|known| known.start_refund(body)),
            Event::Refunded(body) => self.with(|known| known.refund(body)),
            Event::RefundFailed(body) => self.with(|known| known.fail_refund(body)),
            Event::Failed(_) => self.with(|known| known.standing = Standing::Failed),
            Event::Voided(_) => self.with(|known| known.standing = Standing::Voided),
            Event::Expired(_) => self.with(|known| known.standing = Standing::Expired),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Known)) -> Self {
        if let Self::Known(known) = &mut self {
            change(known);
        }
        self
    }
}

impl Known {
    fn new(request: &Requested) -> Self {
        Self {
            request: request.clone(),
            standing: Standing::Requested,
            attempts: BTreeMap::new(),
            strays: BTreeMap::new(),
            refunds: BTreeMap::new(),
            asked_receipts: BTreeMap::new(),
            receipt: None,
        }
    }

    fn start_capture(&mut self, body: &CaptureStarted) {
        self.attempts.insert(body.key.clone(), Attempt { number: body.attempt, declined: None });
        if let Some(ask) = &body.receipt {
            self.asked_receipts.insert(body.key.clone(), ask.clone());
        }
        self.standing = Standing::Capturing { key: body.key.clone() };
    }

    fn decline(&mut self, body: &CaptureDeclined) {
        let declined = Some(body.reason);
        self.attempts.insert(body.key.clone(), Attempt { number: body.attempt, declined });
        self.standing = Standing::Requested;
    }

    fn stray(&mut self, body: &StrayCaptured, cause: RefundCause) {
        let reference = body.gateway_reference.clone();
        self.strays.insert(reference.clone(), Capture::new(Some(reference), cause, &body.tenders));
    }

    fn start_refund(&mut self, body: &RefundStarted) {
        if let Some(capture) = self.capture_mut(&body.capture_reference) {
            capture.hold(&body.tenders);
        }
        self.refunds.insert(body.refund, Refund { started: body.clone(), outcome: RefundOutcome::InFlight });
    }

    fn refund(&mut self, body: &Refunded) {
        if let Some(capture) = self.capture_mut(&body.capture_reference) {
            capture.settle(&body.tenders);
        }
        if let Some(refund) = self.refunds.get_mut(&body.refund) {
            refund.outcome = RefundOutcome::Done { gateway_reference: body.gateway_reference.clone() };
        }
    }

    fn fail_refund(&mut self, body: &RefundFailed) {
        let Some(refund) = self.refunds.get_mut(&body.refund) else { return };
        refund.outcome = RefundOutcome::Failed { reason: body.reason };
        let tenders = refund.started.tenders.clone();
        if let Some(capture) = self.capture_mut(&body.capture_reference) {
            capture.release(&tenders);
        }
    }

    /// The capture of that reference: a stray one, or the payment's own.
    fn capture_mut(&mut self, reference: &GatewayReference) -> Option<&mut Capture> {
        if let Some(stray) = self.strays.get_mut(reference) {
            return Some(stray);
        }
        match &mut self.standing {
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
}

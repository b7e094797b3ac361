//! What a gateway tells unasked. It converges with the gateway's answer and with look-ups: what is told twice happens
//! once. Never here: whether the notice is genuine (its signature is checked at the edge).

use eventstore::{Context, Outcome};
use kernel::id::{PaymentId, RefundId};
use kernel::{Amount, Currency, Rejection, RejectionKind};
use payment::command::{RecordDecline, RecordRefund, RecordRefundFailure};
use payment::{Command, DeclineReason, Payment};

use super::payments::Taken;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::payment::RefundAnswer;
use crate::gateways::webhook::{CaptureBooked, Notice};

/// The gateway tells of another amount than was asked for: nothing of it is taken into the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the notice tells of {found} minor units, the gateway was asked for {expected}")]
pub struct AmountDiffers {
    expected: Amount,
    found: Amount,
}

impl Rejection for AmountDiffers {
    fn code(&self) -> &'static str {
        "notice_amount_differs"
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Invalid
    }
}

impl App {
    /// Takes a genuine notice of the payment gateway.
    pub async fn hear(&self, context: &Context, notice: Notice) -> Result<Outcome, ServiceError> {
        let Notice::CaptureBooked(booked) = notice;
        let state = self.log.read_latest::<Payment>(&booked.payment).await?.state;
        if let Some(currency) = state.currency() {
            check(&booked, currency, state.of_gateway())?;
        }
        let taken = Taken { key: booked.key, reference: booked.reference, captured_at: booked.captured_at };
        self.record_capture(context, booked.payment, taken).await
    }

    /// Takes genuine word that nothing was taken by an attempt.
    pub async fn hear_decline(
        &self,
        context: &Context,
        payment: PaymentId,
        (key, reason): (String, DeclineReason),
    ) -> Result<Outcome, ServiceError> {
        let command = Command::RecordDecline(RecordDecline { key, reason, at: context.at });
        Ok(self.log.execute::<Payment>(context, &payment, command).await?)
    }

    /// Takes genuine word of what became of a refund.
    pub async fn hear_refund(
        &self,
        context: &Context,
        payment: PaymentId,
        (refund, answer): (RefundId, RefundAnswer),
    ) -> Result<Outcome, ServiceError> {
        let at = context.at;
        let command = match answer {
            RefundAnswer::Refunded { reference: gateway_reference } => {
                Command::RecordRefund(RecordRefund { refund, gateway_reference, at })
            }
            RefundAnswer::Refused { reason } => {
                Command::RecordRefundFailure(RecordRefundFailure { refund, reason, at })
            }
        };
        Ok(self.log.execute::<Payment>(context, &payment, command).await?)
    }
}

fn check(booked: &CaptureBooked, currency: Currency, amount: Amount) -> Result<(), ServiceError> {
    if booked.currency != currency {
        return Err(Refusal::OtherCurrency { expected: currency, found: booked.currency }.into());
    }
    if booked.amount != amount {
        return Err(ServiceError::refused(AmountDiffers { expected: amount, found: booked.amount }));
    }
    Ok(())
}

//! Paying: the intent is in the log first, the gateway is called outside the append, the outcome is an event after.

use eventstore::{Context, Folded, Outcome, Seq};
use kernel::id::{PaymentId, RefundId};
use kernel::{Currency, Timestamp};
use payment::command::{
    RecordCapture, RecordDecline, RecordRefund, RecordRefundFailure, RequireAuthentication, StartCapture,
};
use payment::value::{DeclineReason, GatewayReference, Tender};
use payment::{Command, Payment, Phase, RefundOutcome, State, policy};

use super::cash_receipts::ReceiptWish;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::GatewayError;
use crate::gateways::payment::{Authentication, CaptureAnswer, CaptureRequest, RefundAnswer, RefundRequest};
use crate::ids;

/// What paying came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paying {
    /// The money is taken.
    Captured(Outcome),
    /// The time to pay was over; what was taken goes back by itself.
    TooLate(Outcome),
    /// Nothing was taken; another attempt may be made.
    Declined(DeclineReason, Outcome),
    /// The shopper has to deposit first.
    AwaitingDeposit(String, Outcome),
    /// The shopper has to show that it is them first.
    AwaitingAuthentication(Authentication, Outcome),
    /// The gateway gave no answer; it is asked again until it does.
    Unknown(Outcome),
}

/// What a shopper pays with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Means {
    /// What the gateway's client library named it.
    pub instrument: String,
    /// Where the shopper comes back to, should they be sent away to show that it is them.
    pub return_url: Option<String>,
    /// The cash receipt asked for, of what is paid in cash.
    pub receipt: Option<ReceiptWish>,
}

impl From<String> for Means {
    fn from(instrument: String) -> Self {
        Self { instrument, return_url: None, receipt: None }
    }
}

impl App {
    /// Pays a payment. Who was asked to show that it is them, and pays by other means, leaves what they were asked.
    pub async fn pay(
        &self,
        context: &Context,
        payment: PaymentId,
        means: impl Into<Means> + Send,
    ) -> Result<Paying, ServiceError> {
        let Means { instrument, return_url, receipt } = means.into();
        // What it is for never changes. An attempt that another process began a moment ago is met below, and refuses this one.
        let Folded { state, version } = self.log.read_known::<Payment>(&payment).await?;
        let key = capture_key(payment, context);
        if let Some(left) = awaits_authentication(&state).filter(|waiting| *waiting != key) {
            self.abandon(context, (payment, left), version).await?;
        }
        let receipt = match (&receipt, state.member()) {
            (Some(wish), Some(member)) => Some(self.seal_receipt(member, wish).await?),
            (Some(_), None) | (None, _) => None,
        };
        let start = Command::StartCapture(StartCapture { key: key.clone(), receipt, at: context.at });
        let started = self.log.execute::<Payment>(context, &payment, start).await?;
        let of_gateway = |tender: &&Tender| !policy::is_in_house(tender.method);
        let request = CaptureRequest {
            key: key.clone(),
            payment,
            amount: state.of_gateway().of(currency(&state)?),
            tenders: state.tenders().iter().filter(of_gateway).cloned().collect(),
            instrument,
            return_url,
            at: context.at,
        };
        match self.capture(&request).await {
            Ok(Some(answer)) => self.record(context, (payment, &key), answer, started).await,
            Ok(None) => Ok(Paying::Unknown(started)),
            Err(error) => {
                tracing::warn!(%payment, %error, "a capture's outcome is not known; the gateway is asked again");
                Ok(Paying::Unknown(started))
            }
        }
    }

    /// Asks the gateway for its part. Where it has none there is nobody to ask.
    async fn capture(&self, request: &CaptureRequest) -> Result<Option<CaptureAnswer>, GatewayError> {
        if request.amount.amount.is_zero() {
            return captured_in_house(&request.key, request.at).map(Some);
        }
        match self.gateway.capture(request).await {
            Err(GatewayError::Timeout) => self.gateway.find_capture(&request.key).await,
            answer => answer.map(Some),
        }
    }

    async fn record(
        &self,
        context: &Context,
        (payment, key): (PaymentId, &str),
        answer: CaptureAnswer,
        started: Outcome,
    ) -> Result<Paying, ServiceError> {
        Ok(match answer {
            CaptureAnswer::Captured { reference, captured_at } => {
                let taken = Taken { key: key.to_owned(), reference, captured_at };
                let outcome = self.record_capture(context, payment, taken).await?;
                if is_captured(&self.log.read::<Payment>(&payment).await?.state) {
                    Paying::Captured(outcome)
                } else {
                    Paying::TooLate(outcome)
                }
            }
            CaptureAnswer::Declined { reason } => {
                let decline = RecordDecline { key: key.to_owned(), reason, at: context.at };
                let context = context.step("decline");
                let command = Command::RecordDecline(decline);
                Paying::Declined(reason, self.log.execute::<Payment>(&context, &payment, command).await?)
            }
            CaptureAnswer::AwaitingDeposit { account } => Paying::AwaitingDeposit(account, started),
            CaptureAnswer::AuthenticationRequired { by } => {
                let require = RequireAuthentication { key: key.to_owned(), at: context.at };
                let (context, command) =
                    (context.step("authentication"), Command::RequireAuthentication(require));
                let outcome = self.log.execute::<Payment>(&context, &payment, command).await?;
                match self.log.read_latest::<Payment>(&payment).await?.state.phase() {
                    Phase::Captured | Phase::PartiallyRefunded | Phase::Refunded => Paying::Captured(outcome),
                    Phase::Failed | Phase::Voided | Phase::Expired => Paying::TooLate(outcome),
                    Phase::Absent
                    | Phase::Requested
                    | Phase::Capturing
                    | Phase::AwaitingDeposit
                    | Phase::AwaitingAuthentication
                    | Phase::Authorized => Paying::AwaitingAuthentication(by, outcome),
                }
            }
        })
    }

    /// Has the gateway take nothing any more by an attempt that waits for the shopper; what it has taken is written down.
    async fn abandon(
        &self,
        context: &Context,
        (payment, key): (PaymentId, &str),
        version: Seq,
    ) -> Result<(), ServiceError> {
        let left = CaptureAnswer::Declined { reason: DeclineReason::AuthenticationFailed };
        let answer = self.gateway.abandon_capture(key).await?.unwrap_or(left);
        self.record(&context.step("abandon"), (payment, key), answer, unchanged(version)).await.map(drop)
    }

    /// Records that the gateway took money, as told by its answer, by a look-up or by its webhook: all converge here.
    pub async fn record_capture(
        &self,
        context: &Context,
        payment: PaymentId,
        taken: Taken,
    ) -> Result<Outcome, ServiceError> {
        let name = format!("capture/{}", taken.reference);
        let refund =
            RefundId(ids::derived(&["stray-refund", &payment.to_string(), taken.reference.as_str()]));
        let record = RecordCapture {
            key: taken.key,
            gateway_reference: taken.reference,
            refund,
            captured_at: taken.captured_at,
            at: context.at,
        };
        // One name for one capture, whoever tells of it: the second to tell changes nothing.
        let context = Context { request: None, ..context.clone() };
        let context = Context { command_id: payment_command(payment, &name), ..context };
        Ok(self.log.execute::<Payment>(&context, &payment, Command::RecordCapture(record)).await?)
    }

    /// Asks the gateway what became of a capture in flight; nothing where none is. No answer: it is asked again later.
    pub async fn resolve_capture(
        &self,
        context: &Context,
        payment: PaymentId,
    ) -> Result<Option<Paying>, ServiceError> {
        let Folded { state, version } = self.log.read_latest::<Payment>(&payment).await?;
        let Some(key) = state.key_in_flight() else { return Ok(None) };
        let answer = if state.of_gateway().is_zero() {
            captured_in_house(key, context.at)
        } else {
            self.found_or_given_up(key).await
        };
        match answer {
            Ok(answer) => self.record(context, (payment, key), answer, unchanged(version)).await.map(Some),
            Err(error) => {
                tracing::warn!(%payment, %error, "a capture's outcome is still not known");
                Ok(Some(Paying::Unknown(unchanged(version))))
            }
        }
    }

    /// What became of a capture. One that the gateway knows nothing of is given up, so that nothing is taken by it later.
    async fn found_or_given_up(&self, key: &str) -> Result<CaptureAnswer, GatewayError> {
        if let Some(found) = self.gateway.find_capture(key).await? {
            return Ok(found);
        }
        let given_up = CaptureAnswer::Declined { reason: DeclineReason::GatewayError };
        Ok(self.gateway.abandon_capture(key).await?.unwrap_or(given_up))
    }

    /// What became of a payment whose shopper is back from where they were sent to pay or to show that it is them.
    pub async fn pay_on_return(&self, context: &Context, payment: PaymentId) -> Result<Paying, ServiceError> {
        let Folded { state, version } = self.log.read_latest::<Payment>(&payment).await?;
        let outcome = unchanged(version);
        match state.phase() {
            Phase::AwaitingAuthentication | Phase::AwaitingDeposit => {
                let known = self.resolve_capture(context, payment).await?;
                Ok(known.unwrap_or(Paying::Unknown(outcome)))
            }
            Phase::Captured | Phase::PartiallyRefunded | Phase::Refunded => Ok(Paying::Captured(outcome)),
            Phase::Failed | Phase::Voided | Phase::Expired => Ok(Paying::TooLate(outcome)),
            Phase::Requested => match state.last_decline() {
                Some(reason) => Ok(Paying::Declined(reason, outcome)),
                None => Err(Refusal::NotFound("attempt to pay").into()),
            },
            Phase::Absent | Phase::Capturing | Phase::Authorized => Ok(Paying::Unknown(outcome)),
        }
    }

    /// Has the gateway give its part of a started refund back. Whose outcome is known is not paid again.
    pub async fn pay_refund(
        &self,
        context: &Context,
        payment: PaymentId,
        refund: RefundId,
    ) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Payment>(&payment).await?.state;
        let known = state.refund(refund).ok_or(Refusal::NotFound("refund"))?;
        if known.outcome != RefundOutcome::InFlight {
            return Ok(());
        }
        let request = RefundRequest {
            key: known.started.key.clone(),
            payment,
            refund,
            capture: known.started.capture_reference.clone(),
            amount: known.of_gateway().of(currency(&state)?),
            at: context.at,
        };
        let at = context.at;
        let command = match self.refund(&request).await? {
            RefundAnswer::Refunded { reference: gateway_reference } => {
                Command::RecordRefund(RecordRefund { refund, gateway_reference, at })
            }
            RefundAnswer::Refused { reason } => {
                Command::RecordRefundFailure(RecordRefundFailure { refund, reason, at })
            }
        };
        self.log.execute::<Payment>(context, &payment, command).await?;
        Ok(())
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError> {
        if request.amount.amount.is_zero() {
            return Ok(RefundAnswer::Refunded { reference: in_house(&request.key)? });
        }
        match self.gateway.refund(request).await {
            Err(GatewayError::Timeout) => {
                self.gateway.find_refund(request).await?.ok_or(GatewayError::Timeout)
            }
            answer => answer,
        }
    }

    /// Whether a payment has its money.
    pub async fn is_captured(&self, payment: PaymentId) -> Result<bool, ServiceError> {
        Ok(is_captured(&self.log.read_latest::<Payment>(&payment).await?.state))
    }
}

fn is_captured(payment: &State) -> bool {
    matches!(payment.phase(), Phase::Captured | Phase::PartiallyRefunded | Phase::Refunded)
}

/// Money that the gateway took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The key of the attempt.
    pub key: String,
    /// The gateway's name for the capture.
    pub reference: GatewayReference,
    /// When it was taken.
    pub captured_at: Timestamp,
}

fn capture_key(payment: PaymentId, context: &Context) -> String {
    format!("capture-{payment}-{}", context.command_id)
}

fn payment_command(payment: PaymentId, name: &str) -> kernel::id::CommandId {
    kernel::id::CommandId(ids::derived(&["payment", &payment.to_string(), name]))
}

/// Nothing was written by this request so far.
const fn unchanged(version: Seq) -> Outcome {
    Outcome { position: version, replayed: true, versions: Vec::new() }
}

/// The key of the attempt that waits until the shopper has shown that it is them.
fn awaits_authentication(state: &State) -> Option<&str> {
    state.key_in_flight().filter(|_| state.phase() == Phase::AwaitingAuthentication)
}

fn currency(state: &State) -> Result<Currency, Refusal> {
    state.currency().ok_or(Refusal::NotFound("payment"))
}

fn captured_in_house(key: &str, captured_at: Timestamp) -> Result<CaptureAnswer, GatewayError> {
    Ok(CaptureAnswer::Captured { reference: in_house(key)?, captured_at })
}

/// What stands for a gateway's reference where no gateway was asked.
fn in_house(key: &str) -> Result<GatewayReference, GatewayError> {
    let reference = format!("in-house-{}", ids::derived(&["in-house", key]));
    GatewayReference::new(reference).map_err(|error| GatewayError::Unavailable(error.to_string()))
}

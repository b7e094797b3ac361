//! Calls to the outside as figures and spans: which call, how long it took, what came of it. Never here: what is asked or
//! answered.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use metrics::{counter, histogram};
use tracing::{Instrument, field};

use super::GatewayError;
use super::bank::{Bank, PayAnswer, PayRequest};
use super::payment::{CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer, RefundRequest};
use crate::telemetry::names;

/// A payment gateway whose calls are counted.
#[derive(Debug)]
pub struct MeasuredGateway<G>(pub Arc<G>);

#[async_trait]
impl<G: PaymentGateway> PaymentGateway for MeasuredGateway<G> {
    async fn capture(&self, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError> {
        measured("capture", self.0.capture(request)).await
    }

    async fn find_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        measured("find_capture", self.0.find_capture(key)).await
    }

    async fn abandon_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        measured("abandon_capture", self.0.abandon_capture(key)).await
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError> {
        measured("refund", self.0.refund(request)).await
    }

    async fn find_refund(&self, request: &RefundRequest) -> Result<Option<RefundAnswer>, GatewayError> {
        measured("find_refund", self.0.find_refund(request)).await
    }
}

/// A bank whose calls are counted.
#[derive(Debug)]
pub struct MeasuredBank<B>(pub B);

#[async_trait]
impl<B: Bank> Bank for MeasuredBank<B> {
    async fn pay(&self, request: &PayRequest) -> Result<PayAnswer, GatewayError> {
        measured("pay", self.0.pay(request)).await
    }

    async fn find(&self, key: &str) -> Result<Option<PayAnswer>, GatewayError> {
        measured("find_payout", self.0.find(key)).await
    }
}

async fn measured<A: Named>(
    call: &'static str,
    asked: impl Future<Output = Result<A, GatewayError>>,
) -> Result<A, GatewayError> {
    let span = tracing::info_span!("gateway", otel.kind = "client", call, outcome = field::Empty);
    let began = Instant::now();
    let answer = asked.instrument(span.clone()).await;
    let outcome = match &answer {
        Ok(answer) => answer.name(),
        Err(GatewayError::Timeout) => "timeout",
        Err(GatewayError::Unavailable(_)) => "unavailable",
    };
    span.record("outcome", outcome);
    counter!(names::GATEWAY_CALLS, "call" => call, "outcome" => outcome).increment(1);
    histogram!(names::GATEWAY_SECONDS, "call" => call).record(began.elapsed());
    answer
}

/// An answer's name.
trait Named {
    fn name(&self) -> &'static str;
}

impl Named for CaptureAnswer {
    fn name(&self) -> &'static str {
        match self {
            Self::Captured { .. } => "captured",
            Self::Declined { .. } => "declined",
            Self::AwaitingDeposit { .. } => "awaiting_deposit",
            Self::AuthenticationRequired { .. } => "authentication_required",
        }
    }
}

impl Named for RefundAnswer {
    fn name(&self) -> &'static str {
        match self {
            Self::Refunded { .. } => "refunded",
            Self::Refused { .. } => "refused",
        }
    }
}

impl Named for PayAnswer {
    fn name(&self) -> &'static str {
        match self {
            Self::Paid { .. } => "paid",
            Self::Refused { .. } => "refused",
        }
    }
}

impl<A: Named> Named for Option<A> {
    fn name(&self) -> &'static str {
        self.as_ref().map_or("unknown_key", Named::name)
    }
}

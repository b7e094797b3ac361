//! The sandbox gateway: a payment gateway inside the binary, whose every behaviour is chosen by the instrument.
//!
//! | instrument | a capture | its refunds |
//! |---|---|---|
//! | `ok` | is booked at once | are booked |
//! | `decline_insufficient_funds` | is declined: `insufficient_funds` | – |
//! | `decline_expired_card` | is declined: `card_expired` | – |
//! | `timeout_before` | times out, nothing booked and the key not known; asked again with the same key it is booked | are booked |
//! | `timeout_after` | is booked, then times out | are booked |
//! | `late` | times out, and every repetition with it, until it is booked by itself a while later | are booked |
//! | `webhook_twice` | is booked; its webhook comes twice | are booked |
//! | `virtual_account` | waits for [`SandboxGateway::deposit`], then is booked | are booked |
//! | `authentication` | waits for [`SandboxGateway::authenticate`], then is booked, or declined: `authentication_failed` | are booked |
//! | `refund_refuse` | is booked | are refused |
//! | `refund_timeout_after` | is booked | are booked, then time out |
//! | any other | is declined: `card_refused` | – |
//!
//! Each booking is told by a [webhook](super::webhook) where a base URL is configured. The same key gets the same
//! answer and is booked once, through any number of processes: the books are in PostgreSQL. A key used again for
//! another amount or payment gets none. Nobody is ever sent to a page: the address that `authentication` answers with leads
//! nowhere, and operators play the shopper. Until a `late` capture is booked, a look-up finds nothing, as at a gateway whose
//! queries lag behind. Never here: a clock. Instants come in requests, and a webhook is signed as of its booking.

mod captures;
mod clerk;
mod messenger;
mod refunds;
mod script;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::PaymentId;
use payment::value::GatewayReference;
use sqlx::PgPool;

use self::captures::Capture;
use self::clerk::Clerk;
use self::messenger::Messenger;
pub use self::messenger::WebhookTarget;
use self::script::Script;
use super::GatewayError;
use super::payment::{CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer, RefundRequest};

/// How a sandbox gateway behaves beside what instruments choose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long after it was asked a `late` capture is booked.
    pub late_after: Duration,
    /// Where webhooks go; `None` sends none.
    pub webhooks: Option<WebhookTarget>,
}

/// The payment gateway of an installation without one.
#[derive(Debug, Clone)]
pub struct SandboxGateway {
    pool: PgPool,
    clerk: Clerk,
    late_after: Duration,
    messenger: Option<Arc<Messenger>>,
}

impl SandboxGateway {
    /// A gateway over the books in this database. To be called within a runtime.
    pub fn new(pool: PgPool, settings: Settings) -> Self {
        let Settings { late_after, webhooks } = settings;
        let messenger = webhooks.map(|target| Arc::new(Messenger::new(pool.clone(), target)));
        let clerk = Clerk::of(pool.clone());
        Self { pool, clerk, late_after, messenger }
    }

    /// Takes up what a process left that ended: books late captures and sends the webhooks still owed. A webhook may
    /// come twice by this. To be called once at the start.
    pub async fn resume(&self) -> Result<(), GatewayError> {
        for late in captures::late(&self.pool).await? {
            self.book_late(&late).await?;
        }
        if let Some(messenger) = &self.messenger {
            for capture in captures::owing(&self.pool).await? {
                messenger.tell(&capture)?;
            }
        }
        Ok(())
    }

    /// Pays into the virtual account of a payment: the oldest that waits. Nothing waiting, it names what was deposited
    /// before; `None` where this payment never had an account here.
    pub async fn deposit(
        &self,
        payment: PaymentId,
        at: Timestamp,
    ) -> Result<Option<GatewayReference>, GatewayError> {
        if let Some(waiting) = captures::awaiting(&self.pool, payment, script::VIRTUAL_ACCOUNT).await? {
            self.book(&waiting, at).await?;
        }
        let deposited = captures::deposited(&self.pool, payment).await?;
        deposited.map(|capture| capture.reference()).transpose()
    }

    /// Lets the shopper of a payment show that it is them, or fail to: of its oldest capture that waits for it. Nothing
    /// waiting, it names what was authenticated before; `None` where nothing ever waited here.
    pub async fn authenticate(
        &self,
        payment: PaymentId,
        succeeds: bool,
        at: Timestamp,
    ) -> Result<Option<GatewayReference>, GatewayError> {
        if let Some(waiting) = captures::awaiting(&self.pool, payment, script::AUTHENTICATION).await? {
            if succeeds {
                self.book(&waiting, at).await?;
            } else {
                captures::refuse(&self.pool, &waiting.key).await?;
            }
        }
        let authenticated = captures::authenticated(&self.pool, payment).await?;
        authenticated.map(|capture| capture.reference()).transpose()
    }

    /// Books a capture that is not yet booked, and tells it; to no effect when another was faster.
    async fn book(&self, capture: &Capture, at: Timestamp) -> Result<(), GatewayError> {
        let notices = self.notices(capture.script());
        match captures::book(&self.pool, &capture.key, at, notices).await? {
            Some(booked) => self.tell(&booked),
            None => Ok(()),
        }
    }

    async fn book_late(&self, capture: &Capture) -> Result<(), GatewayError> {
        self.book(capture, capture.asked_at + self.late_after).await
    }

    /// Books a capture by itself after a while. A process that ends before leaves it to the next one's start.
    fn book_later(&self, capture: Capture) {
        let gateway = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(gateway.late_after).await;
            if let Err(error) = gateway.book_late(&capture).await {
                tracing::warn!(key = capture.key, %error, "a late capture of the sandbox was not booked");
            }
        });
    }

    fn tell(&self, booked: &Capture) -> Result<(), GatewayError> {
        self.messenger.as_ref().map_or(Ok(()), |messenger| messenger.tell(booked))
    }

    fn notices(&self, script: Script) -> i16 {
        if self.messenger.is_some() { script.notices() } else { 0 }
    }

    /// What a request that is the first with its key sets off.
    fn begin(&self, capture: Capture) -> Result<CaptureAnswer, GatewayError> {
        let script = capture.script();
        if capture.captured_at.is_some() {
            self.tell(&capture)?;
        }
        let answer = if script.loses_first_answer() { Err(GatewayError::Timeout) } else { said(&capture) };
        if script == Script::Late {
            self.book_later(capture);
        }
        answer
    }
}

#[async_trait]
impl PaymentGateway for SandboxGateway {
    async fn capture(&self, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError> {
        let script = Script::of(&request.instrument);
        let (capture, first) = captures::ask(&self.pool, &self.clerk, request, self.notices(script)).await?;
        if first {
            return self.begin(capture);
        }
        if capture.script() != Script::TimesOutBefore {
            return said(&capture);
        }
        self.book(&capture, request.at).await?;
        captures::find(&self.pool, &request.key).await?.as_ref().map_or(Err(GatewayError::Timeout), said)
    }

    async fn find_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        match captures::find(&self.pool, key).await? {
            Some(capture) => capture.answer(),
            None => Ok(None),
        }
    }

    async fn abandon_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        captures::refuse(&self.pool, key).await?;
        let stands = self.find_capture(key).await?;
        Ok(stands.filter(|answer| !matches!(answer, CaptureAnswer::Declined { .. })))
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError> {
        let refund = refunds::ask(&self.pool, request).await?;
        if refund.first && refund.script == Some(Script::RefundTimesOutAfter) {
            return Err(GatewayError::Timeout);
        }
        refund.answer
    }

    async fn find_refund(&self, request: &RefundRequest) -> Result<Option<RefundAnswer>, GatewayError> {
        refunds::find(&self.pool, &request.key).await
    }
}

/// What is said to whoever asks for a capture: nothing at all while it is in the balance.
fn said(capture: &Capture) -> Result<CaptureAnswer, GatewayError> {
    capture.answer()?.ok_or(GatewayError::Timeout)
}

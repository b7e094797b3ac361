//! Stripe as the payment gateway: payment intents (a capture), refunds, and what its webhooks tell.
//!
//! A capture takes two calls. The first opens an intent, which takes no money, and its name is remembered under our key
//! before the second confirms it. So whatever answer gets lost, there is a name to ask for, for as long as it takes: the
//! outcome never depends on how long Stripe keeps idempotency keys, or on a search that lags behind. A refund is looked up
//! among those of its intent before it is asked for. Never here: what a payment or an order makes of an answer.

mod api;
mod books;
mod decline;
mod event;
mod intent;
mod refund;

use async_trait::async_trait;
use payment::value::Tender;
use payment::{DeclineReason, Method};
use sqlx::PgPool;

use self::api::{Api, Fault, Refusal};
use self::books::Books;
pub use self::event::{SIGNATURE_HEADER, Told, read};
use self::intent::Intent;
use self::refund::{Refund, Refunds};
use super::GatewayError;
use super::payment::{CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer, RefundRequest};

/// Most pages of an intent's refunds that are looked through: as many refunds as a payment may have.
const MOST_PAGES: usize = 10;

/// Where Stripe's API is, and the key that opens it.
#[derive(Clone)]
pub struct Account {
    /// What comes before `/v1/…`, e.g. `https://api.stripe.com`.
    pub api_url: String,
    /// The secret key.
    pub secret_key: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

/// Stripe, asked over HTTP.
#[derive(Debug)]
pub struct StripeGateway {
    api: Api,
    books: Books,
}

/// What opening an intent came to.
enum Opened {
    Intent(String),
    Declined(CaptureAnswer),
}

impl StripeGateway {
    /// The gateway of an account; the names of its intents are remembered in this database.
    pub fn new(account: &Account, pool: PgPool) -> anyhow::Result<Self> {
        Ok(Self { api: Api::new(account)?, books: Books::new(pool) })
    }

    /// Opens an intent and remembers its name. Nothing is taken before it is confirmed, so no failure here leaves a doubt.
    async fn open(&self, request: &CaptureRequest) -> Result<Opened, GatewayError> {
        let form = intent::to_open(request);
        match self.api.post::<Intent>("/v1/payment_intents", &form, &request.key).await {
            Ok(intent) => Ok(Opened::Intent(self.books.remember(&request.key, intent.id.as_str()).await?)),
            Err(Fault::Refused(refusal)) if refusal.is_of_key() => Err(refusal.into()),
            Err(Fault::Refused(refusal)) => {
                Ok(Opened::Declined(CaptureAnswer::Declined { reason: refusal.reason() }))
            }
            Err(Fault::Unanswered | Fault::Undone(_)) => {
                Err(GatewayError::Unavailable("no intent could be opened at Stripe".to_owned()))
            }
        }
    }

    /// Has the money taken. Whatever is refused here is decided by how the intent stands then.
    async fn confirm(&self, intent: &str, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError> {
        let path = format!("/v1/payment_intents/{intent}/confirm");
        let (form, key) = (intent::to_confirm(request), request.key_of("confirm"));
        match self.api.post::<Intent>(&path, &form, &key).await {
            Ok(intent) => intent.answer()?.ok_or(GatewayError::Timeout),
            Err(Fault::Refused(refusal)) => {
                let stands = self.intent(intent).await?.answer()?;
                Ok(stands.unwrap_or(CaptureAnswer::Declined { reason: refusal.reason() }))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    async fn intent(&self, intent: &str) -> Result<Intent, GatewayError> {
        Ok(self.api.get::<Intent>(&format!("/v1/payment_intents/{intent}"), &intent::whole()).await?)
    }

    /// Looks through an intent's refunds for ours.
    async fn look_for(&self, request: &RefundRequest) -> Result<Option<Refund>, GatewayError> {
        let mut after: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let query = refund::page_of(&request.capture, after.as_deref());
            let page = match self.api.get::<Refunds>("/v1/refunds", &query).await {
                Err(Fault::Refused(_)) => return Ok(None),
                page => page?,
            };
            after = page.data.last().map(|refund| refund.id.to_string());
            let more = page.has_more;
            if let Some(found) = page.data.into_iter().find(|refund| refund.metadata.key == request.key) {
                return Ok(Some(found));
            }
            if !more {
                return Ok(None);
            }
        }
        Err(GatewayError::Unavailable("the intent has more refunds than a payment may have".to_owned()))
    }
}

#[async_trait]
impl PaymentGateway for StripeGateway {
    async fn capture(&self, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError> {
        if !request.tenders.iter().all(is_card) {
            tracing::warn!(key = request.key, "only cards are paid by Stripe; the capture is declined");
            return Ok(CaptureAnswer::Declined { reason: DeclineReason::GatewayError });
        }
        if let Some(intent) = self.books.find(&request.key).await? {
            // Asked again, Stripe would repeat what it said then, and not how things stand now.
            return match self.intent(&intent).await?.answer()? {
                Some(answer) => Ok(answer),
                None => self.confirm(&intent, request).await,
            };
        }
        match self.open(request).await? {
            Opened::Intent(intent) => self.confirm(&intent, request).await,
            Opened::Declined(answer) => Ok(answer),
        }
    }

    async fn find_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        match self.books.find(key).await? {
            Some(intent) => self.intent(&intent).await?.answer(),
            None => Ok(None),
        }
    }

    async fn abandon_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        let Some(intent) = self.books.find(key).await? else { return Ok(None) };
        let path = format!("/v1/payment_intents/{intent}/cancel");
        match self.api.post::<Intent>(&path, &[], &format!("{key}-cancel")).await {
            Ok(_) => Ok(None),
            Err(Fault::Refused(_)) => self.intent(&intent).await?.answer(),
            Err(fault) => Err(fault.into()),
        }
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError> {
        if let Some(known) = self.find_refund(request).await? {
            return Ok(known);
        }
        match self.api.post::<Refund>("/v1/refunds", &refund::to_ask(request), &request.key).await {
            Ok(refund) => refund.answer(),
            Err(Fault::Refused(refusal)) if refusal.is_of_key() => Err(refusal.into()),
            Err(Fault::Refused(refusal)) => Ok(RefundAnswer::Refused { reason: refusal.refund_reason() }),
            Err(fault) => Err(fault.into()),
        }
    }

    async fn find_refund(&self, request: &RefundRequest) -> Result<Option<RefundAnswer>, GatewayError> {
        self.look_for(request).await?.map(Refund::answer).transpose()
    }
}

fn is_card(tender: &Tender) -> bool {
    matches!(tender.method, Method::Card | Method::DebitCard)
}

impl From<Fault> for GatewayError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unanswered => Self::Timeout,
            Fault::Undone(why) => Self::Unavailable(why),
            Fault::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Refusal> for GatewayError {
    fn from(refusal: Refusal) -> Self {
        Self::Unavailable(format!("Stripe refuses the request: {refusal}"))
    }
}

#[cfg(test)]
mod tests;

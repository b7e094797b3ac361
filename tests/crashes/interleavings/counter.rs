//! A payment gateway that can be stopped behind its port: with the request on its way, with the answer on its way, with a
//! look-up on its way. What it does with a request is named by the instrument.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use jangteo::gateways::GatewayError;
use jangteo::gateways::payment::{
    Authentication, CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer, RefundRequest,
};
use jangteo::gateways::webhook::CaptureBooked;
use kernel::Money;
use payment::DeclineReason;
use payment::value::GatewayReference;

use super::explorer::{Gate, Point};

/// Books, and says so.
pub const ANSWERS: &str = "answers";
/// Books; the answer gets lost.
pub const LOSES_ANSWER: &str = "loses the answer";
/// The request gets lost.
pub const LOSES_REQUEST: &str = "loses the request";
/// Says nothing, and books by itself when it pleases; until then it knows of nothing.
pub const LATE: &str = "late";
/// Takes nothing, and says so.
pub const DECLINES: &str = "declines";
/// Sends the shopper away to show that it is them, and books when they have.
pub const ASKS: &str = "asks the shopper";

#[derive(Debug, Clone)]
struct Asked {
    request: CaptureRequest,
    booked: bool,
    given_up: bool,
}

#[derive(Debug, Default)]
struct Kept {
    asked: BTreeMap<String, Asked>,
    refunds: BTreeMap<String, Money>,
}

/// What the gateway has done, whoever asks.
#[derive(Debug, Clone, Default)]
pub struct Books(Arc<Mutex<Kept>>);

impl Books {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap()
    }

    /// Whether a request has come that is not booked yet.
    pub fn owes(&self, key: &str) -> bool {
        self.kept().asked.get(key).is_some_and(|asked| !asked.booked && !asked.given_up)
    }

    /// Books what was asked under a key.
    pub fn book(&self, key: &str) {
        self.kept().asked.get_mut(key).unwrap().booked = true;
    }

    /// What the webhook says of a key, once it is booked.
    pub fn notice(&self, key: &str) -> Option<CaptureBooked> {
        let kept = self.kept();
        let Asked { request, .. } = kept.asked.get(key).filter(|asked| asked.booked)?;
        Some(CaptureBooked {
            key: key.to_owned(),
            payment: request.payment,
            reference: reference(key),
            amount: request.amount.amount,
            currency: request.amount.currency,
            captured_at: request.at,
        })
    }

    /// Everything that a webhook says sooner or later.
    pub fn notices(&self) -> Vec<CaptureBooked> {
        let keys: Vec<String> = self.kept().asked.keys().cloned().collect();
        keys.iter().filter_map(|key| self.notice(key)).collect()
    }

    /// How often money was taken, how much, and how much of it went back, in minor units.
    pub fn totals(&self) -> (usize, i64, i64) {
        let kept = self.kept();
        let taken: Vec<i64> = kept
            .asked
            .values()
            .filter(|asked| asked.booked)
            .map(|asked| minor(asked.request.amount))
            .collect();
        (taken.len(), taken.iter().sum(), kept.refunds.values().copied().map(minor).sum())
    }

    fn ask(&self, request: &CaptureRequest) {
        let mut kept = self.kept();
        let asked = kept.asked.entry(request.key.clone());
        let asked =
            asked.or_insert_with(|| Asked { request: request.clone(), booked: false, given_up: false });
        asked.booked |= matches!(request.instrument.as_str(), ANSWERS | LOSES_ANSWER);
    }

    fn answer(&self, key: &str) -> Option<CaptureAnswer> {
        if let Some(CaptureBooked { reference, captured_at, .. }) = self.notice(key) {
            return Some(CaptureAnswer::Captured { reference, captured_at });
        }
        let kept = self.kept();
        let asked = kept.asked.get(key)?;
        match asked.request.instrument.as_str() {
            ASKS if !asked.given_up => {
                let by = Authentication::Page { url: "https://bank.example".to_owned() };
                Some(CaptureAnswer::AuthenticationRequired { by })
            }
            ASKS | DECLINES => Some(CaptureAnswer::Declined { reason: DeclineReason::CardRefused }),
            _ => None,
        }
    }

    fn waits_for_the_shopper(&self, key: &str) -> bool {
        self.kept().asked.get(key).is_some_and(|asked| asked.request.instrument == ASKS)
    }

    /// Takes nothing any more by what waits for the shopper.
    fn give_up(&self, key: &str) {
        if let Some(asked) = self.kept().asked.get_mut(key) {
            asked.given_up |= asked.request.instrument == ASKS && !asked.booked;
        }
    }
}

fn reference(key: &str) -> GatewayReference {
    GatewayReference::new(format!("of {key}")).unwrap()
}

fn minor(money: Money) -> i64 {
    money.amount.minor()
}

/// The gateway as one actor reaches it.
pub struct Counter {
    pub books: Books,
    pub gate: Gate,
}

#[async_trait]
impl PaymentGateway for Counter {
    async fn capture(&self, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError> {
        self.gate.pass(Point::Asks).await;
        if request.instrument != LOSES_REQUEST {
            self.books.ask(request);
        }
        self.gate.pass(Point::Hears).await;
        match request.instrument.as_str() {
            ANSWERS | DECLINES | ASKS => self.books.answer(&request.key).ok_or(GatewayError::Timeout),
            _ => Err(GatewayError::Timeout),
        }
    }

    async fn find_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        self.gate.pass(Point::LooksUp).await;
        Ok(self.books.answer(key))
    }

    async fn abandon_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError> {
        if self.books.waits_for_the_shopper(key) {
            self.gate.pass(Point::LooksUp).await;
        }
        self.books.give_up(key);
        Ok(self.books.answer(key))
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError> {
        self.books.kept().refunds.insert(request.key.clone(), request.amount);
        Ok(RefundAnswer::Refunded { reference: reference(&request.key) })
    }

    async fn find_refund(&self, request: &RefundRequest) -> Result<Option<RefundAnswer>, GatewayError> {
        let known = self.books.kept().refunds.contains_key(&request.key);
        Ok(known.then(|| RefundAnswer::Refunded { reference: reference(&request.key) }))
    }
}

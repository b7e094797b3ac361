//! What a payment's events mean: money that came and went at the gateway, posted by the domain's own rules, and the cash
//! receipts that go with it.
//!
//! Only what happened is posted: an intent (a refund that started) or a failure moves no money.

use eventstore::{ReadError, Recorded};
use kernel::{Amount, DecodeError, Timestamp};
use payment::value::Head;
use payment::{Event, RefundCause};
use settlement::ledger::{self, EntryError, Source};
use settlement::posting;

use super::receipt;
use crate::books::row::{Entry, Row};
use crate::checkpoint;

/// The rows of one commit.
pub(in crate::books) fn of_payment(recorded: &Recorded, events: &[Event]) -> Result<Vec<Row>, ReadError> {
    let position = checkpoint::position(recorded.seq);
    let receipts = (0..).zip(events).filter_map(|numbered| receipt::row(position, numbered));
    let moved = (0..).zip(events).filter_map(|(ordinal, event)| Some((ordinal, Moved::by(event)?)));
    moved.map(|(ordinal, moved)| row(recorded, ordinal, &moved)).chain(receipts.map(Ok)).collect()
}

/// What a posting is asked with.
type Posting = fn(Amount, Source) -> Result<ledger::Entry, EntryError>;

/// Money that moved, and how that is posted.
struct Moved<'a> {
    head: &'a Head,
    amount: Amount,
    at: Timestamp,
    posting: Posting,
}

impl<'a> Moved<'a> {
    fn by(event: &'a Event) -> Option<Self> {
        match event {
            Event::Captured(event) => Some(Self {
                head: &event.head,
                amount: event.amount,
                at: event.at,
                posting: posting::capture,
            }),
            Event::CapturedLate(event) | Event::DuplicateCaptured(event) => {
                let posting = posting::stray_capture;
                Some(Self { head: &event.head, amount: event.amount, at: event.at, posting })
            }
            Event::Refunded(event) => {
                let posting = of_refund(event.cause);
                Some(Self { head: &event.head, amount: event.amount, at: event.at, posting })
            }
            Event::Requested(_)
            | Event::CaptureStarted(_)
            | Event::AuthenticationRequired(_)
            | Event::CaptureDeclined(_)
            | Event::Authorized(_)
            | Event::CashReceiptIssued(_)
            | Event::CashReceiptCancelled(_)
            | Event::RefundStarted(_)
            | Event::RefundFailed(_)
            | Event::Failed(_)
            | Event::Voided(_)
            | Event::Expired(_) => None,
        }
    }
}

/// Only a refund that somebody asked for is of money that an order was paid with.
fn of_refund(cause: RefundCause) -> Posting {
    match cause {
        RefundCause::Asked => posting::refund,
        RefundCause::CapturedLate | RefundCause::DuplicateCaptured => posting::stray_refund,
    }
}

/// The entry cites its own commit: nothing but the payment's event caused it.
fn row(recorded: &Recorded, ordinal: i32, moved: &Moved<'_>) -> Result<Row, ReadError> {
    let source = Source { currency: moved.head.currency, cites: recorded.seq.0 };
    let entry =
        (moved.posting)(moved.amount, source).map_err(|error| unpostable(recorded, ordinal, error))?;
    Ok(Row::Entry(Entry {
        position: checkpoint::position(recorded.seq),
        ordinal,
        kind: entry.kind(),
        cites: entry.cites(),
        currency: entry.currency(),
        mall: Some(moved.head.mall.clone()),
        statement: None,
        payment: Some(moved.head.payment),
        at: moved.at,
        lines: entry.lines().to_vec(),
    }))
}

/// An amount that makes no entry can't be in the log; should it be, the books stop there.
fn unpostable(recorded: &Recorded, ordinal: i32, error: EntryError) -> ReadError {
    let event = usize::try_from(ordinal).ok().and_then(|ordinal| recorded.events.get(ordinal));
    let (name, version) = event.map(|event| (event.name.clone(), event.version)).unwrap_or_default();
    let source = DecodeError::Body { name, version, source: serde::de::Error::custom(error) };
    ReadError::Event { seq: recorded.seq, stream: recorded.stream.clone(), source }
}

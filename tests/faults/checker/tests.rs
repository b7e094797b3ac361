//! The checker finds what is wrong, in evidence that was made up.

use chrono::{DateTime, TimeDelta};
use eventstore::{Context, Decoded, Meta, Recorded, Seq, StoredEvent, StreamName};
use kernel::Actor;
use kernel::id::{CommandId, CommitId, CorrelationId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::journal::{Acknowledged, Told};

/// A shopper, an order, a payment, a product, a merchant: who they are doesn't matter here.
const SOMEBODY: &str = "00000000-0000-0000-0000-00000000000a";
const STOCK: &str = "product.stock.a";
const PAYMENT: &str = "payment.payment.a";
const SAGA: &str = "saga.payment_expiry.a";

/// A history that is made up.
#[derive(Default)]
struct Story(Evidence);

impl Story {
    /// One more commit of one event, under a command of its own.
    fn then(self, stream: &str, name: &str, data: &Value) -> Self {
        let command = Uuid::from_u128(u128::try_from(self.0.log.len()).unwrap());
        self.under(command, stream, name, data)
    }

    /// The same under a given command.
    fn under(mut self, command: Uuid, stream: &str, name: &str, data: &Value) -> Self {
        let data = serde_json::value::to_raw_value(data).unwrap();
        let event = StoredEvent { name: name.to_owned(), version: 1, data };
        self.0.log.push(self.commit(command, stream, event));
        self
    }

    fn commit(&self, command: Uuid, stream: &str, event: StoredEvent) -> Recorded {
        let [context, aggregate, id] = stream.split('.').collect::<Vec<_>>()[..] else { panic!("{stream}") };
        let context_of_command = Context {
            command_id: CommandId(command),
            correlation_id: CorrelationId(command),
            causation: None,
            actor: Actor::Guest,
            at: DateTime::UNIX_EPOCH,
            request: None,
        };
        Recorded {
            seq: Seq(u64::try_from(self.0.log.len()).unwrap() + 1),
            stream: StreamName::new(context, aggregate, id),
            commit_id: CommitId(Uuid::nil()),
            after: None,
            events: vec![event],
            meta: Meta::from(&context_of_command),
            further: Vec::new(),
            decoded: Decoded::default(),
        }
    }

    fn acknowledged(mut self, acknowledged: Acknowledged) -> Self {
        self.0.journal.acknowledged.push(acknowledged);
        self
    }

    fn books(mut self, captures: &[(&str, i64)], refunds: &[(&str, i64)]) -> Self {
        let booked = |of: &[(&str, i64)]| {
            let booked =
                of.iter().map(|(capture, minor)| Booked { capture: (*capture).to_owned(), minor: *minor });
            booked.collect()
        };
        self.0.books = Books { captures: booked(captures), refunds: booked(refunds) };
        self
    }

    /// The laws that are broken, each as often as it is.
    fn broken(&self) -> Vec<Law> {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        findings(&self.0, now).into_iter().map(|finding| finding.law).collect()
    }
}

/// A stock's event, with the levels after it.
fn stock(quantity: u32, on_hand: u32, reserved: u32) -> Value {
    json!({
        "sku": SOMEBODY, "product": SOMEBODY, "merchant": SOMEBODY, "order": SOMEBODY, "quantity": quantity,
        "on_hand": on_hand, "reserved": reserved, "available": on_hand.saturating_sub(reserved), "damaged": 0,
        "at": "2026-01-01T00:00:00Z",
    })
}

/// Money that moved under a reference.
fn money(minor: i64, reference: &str) -> Value {
    let tenders = json!([{"tender": 1, "method": "card", "amount_minor": minor}]);
    json!({
        "payment": SOMEBODY, "order": SOMEBODY, "mall": "main", "currency": "KRW", "member": SOMEBODY,
        "gateway_reference": reference, "key": "k", "amount_minor": minor, "tenders": tenders,
        "captured_at": "2026-01-01T00:00:00Z", "at": "2026-01-01T00:00:00Z",
    })
}

/// Money that went back from a capture.
fn refund(minor: i64, capture: &str, refund: u128) -> Value {
    let mut body = money(minor, "refund");
    body["capture_reference"] = json!(capture);
    body["refund"] = json!(Uuid::from_u128(refund));
    body["claim"] = Value::Null;
    body["cause"] = json!("asked");
    body["total_refunded_minor"] = json!(minor);
    body["fully"] = json!(false);
    body
}

fn told(position: u64, stream: Option<&str>, command_id: Option<u128>) -> Acknowledged {
    let (stream, command_id) = (stream.map(str::to_owned), command_id.map(Uuid::from_u128));
    Acknowledged { position, stream, command_id }
}

/// A sound history: stock that came and was promised, money that came and went back.
fn sound() -> Story {
    Story::default()
        .then(STOCK, "received", &stock(3, 3, 0))
        .then(STOCK, "reserved", &stock(2, 3, 2))
        .then(PAYMENT, "captured", &money(100, "g-1"))
        .then(PAYMENT, "refunded", &refund(40, "g-1", 1))
        .books(&[("g-1", 100)], &[("g-1", 40)])
}

#[test]
fn a_sound_history_has_no_findings() {
    let told = [told(3, Some(PAYMENT), None), told(1, None, Some(0))];
    assert_eq!(told.into_iter().fold(sound(), Story::acknowledged).broken(), []);
}

#[test]
fn what_was_acknowledged_and_is_not_there_is_found() {
    let absent = |told| assert_eq!(sound().acknowledged(told).broken(), [Law::AcknowledgedButAbsent]);
    absent(told(5, Some(PAYMENT), None));
    absent(told(1, Some(PAYMENT), None));
    absent(told(1, None, Some(7)));
    let mut story = sound();
    story.0.journal.told = vec![Told::Placed { order: Uuid::nil() }, Told::Captured { payment: Uuid::nil() }];
    assert_eq!(story.broken(), [Law::AcknowledgedButAbsent; 2]);
}

#[test]
fn what_took_effect_twice_is_found() {
    let once = Uuid::from_u128(50);
    let twice = sound().under(once, STOCK, "received", &stock(1, 4, 2)).under(
        once,
        STOCK,
        "received",
        &stock(1, 5, 2),
    );
    assert_eq!(twice.broken(), [Law::Doubled]);
    let captured_twice = sound()
        .then(PAYMENT, "captured", &money(100, "g-2"))
        .books(&[("g-1", 100), ("g-2", 100)], &[("g-1", 40)]);
    assert_eq!(captured_twice.broken(), [Law::Doubled]);
    let kept = sound()
        .then(PAYMENT, "duplicate_captured", &money(100, "g-2"))
        .books(&[("g-1", 100), ("g-2", 100)], &[("g-1", 40)]);
    assert_eq!(kept.broken(), [Law::Doubled]);
}

#[test]
fn a_duplicate_that_went_back_is_no_finding() {
    let back = sound()
        .then(PAYMENT, "duplicate_captured", &money(100, "g-2"))
        .then(PAYMENT, "refunded", &refund(100, "g-2", 2))
        .books(&[("g-1", 100), ("g-2", 100)], &[("g-1", 40), ("g-2", 100)]);
    assert_eq!(back.broken(), []);
}

#[test]
fn a_piece_that_was_promised_twice_is_found() {
    assert_eq!(sound().then(STOCK, "reserved", &stock(2, 3, 4)).broken(), [Law::Oversold]);
    assert_eq!(sound().then(STOCK, "reserved", &stock(1, 3, 2)).broken(), [Law::Oversold]);
    assert_eq!(sound().then(STOCK, "released", &stock(3, 3, 0)).broken(), [Law::Oversold]);
}

#[test]
fn money_that_went_back_twice_or_beyond_its_capture_is_found() {
    let again =
        sound().then(PAYMENT, "refunded", &refund(40, "g-1", 1)).books(&[("g-1", 100)], &[("g-1", 80)]);
    assert_eq!(again.broken(), [Law::RefundedTwice]);
    let beyond =
        sound().then(PAYMENT, "refunded", &refund(70, "g-1", 2)).books(&[("g-1", 100)], &[("g-1", 110)]);
    assert_eq!(beyond.broken(), [Law::RefundedTwice, Law::RefundedTwice]);
}

#[test]
fn money_that_only_one_side_knows_of_is_found() {
    assert_eq!(sound().books(&[("g-1", 100), ("g-2", 1)], &[("g-1", 40)]).broken(), [Law::Unbalanced]);
    assert_eq!(sound().books(&[("g-1", 100)], &[("g-1", 39)]).broken(), [Law::Unbalanced]);
    assert_eq!(sound().books(&[("g-1", 100)], &[]).broken(), [Law::Unbalanced]);
}

#[test]
fn a_repetition_that_is_refused_for_what_its_first_try_did_is_found() {
    let refused = |code: &str| {
        let mut story = sound();
        story.0.journal.refused.insert(("dispatch", code.to_owned()), 1);
        story.broken()
    };
    assert_eq!(refused("already_dispatched"), [Law::Forgotten]);
    assert_eq!(refused("shipment_cancelled"), []);
}

#[test]
fn a_timer_that_never_fired_is_found_and_one_to_come_is_not() {
    let waits = |due: TimeDelta| {
        let start = DateTime::UNIX_EPOCH;
        let timer = json!({"effect": "start_timer", "timer": "resolve", "at": start + due});
        let heard = json!({"kind": "capture_started"});
        let step = json!({"source": "1", "input": "event", "event": heard, "at": start, "effects": [timer]});
        sound().then(SAGA, "stepped", &step)
    };
    assert_eq!(waits(TimeDelta::hours(1)).broken(), [Law::WithoutEnd]);
    assert_eq!(waits(TimeDelta::days(2)).broken(), []);
}

#[test]
fn what_is_parked_needs_a_reason() {
    let park = |reason: &str| sound().then(SAGA, "parked", &json!({"command": "1/0", "error": reason}));
    assert_eq!(park("").broken(), [Law::WithoutEnd]);
    assert_eq!(park("the bank is away").broken(), []);
    assert_eq!(parked(&park("the bank is away").0.log).len(), 1);
}

#[test]
fn a_payment_that_nobody_ends_is_found() {
    let tenders = json!([{"tender": 1, "method": "card", "amount_minor": 100, "instalments": 1}]);
    let mut body = money(100, "none");
    body["tenders"] = tenders;
    body["expires_at"] = json!("2026-01-01T00:30:00Z");
    assert_eq!(Story::default().then(PAYMENT, "requested", &body).broken(), [Law::WithoutEnd]);
}

//! What Stripe says, in our words. Whether it says so is for the tests that talk to a stand-in.

use http::StatusCode;
use kernel::id::{PaymentId, RefundId};
use kernel::{Amount, Currency};
use payment::value::GatewayReference;
use payment::{DeclineReason, RefundFailureReason};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::payment::Authentication;
use super::super::webhook::CaptureBooked;
use super::*;

fn intent(more: &Value) -> Result<Option<CaptureAnswer>, GatewayError> {
    let mut whole = json!({
        "id": "pi_1", "object": "payment_intent", "amount": 12_345, "currency": "krw", "created": 1_700_000_000,
        "status": "requires_confirmation", "client_secret": "pi_1_secret_2", "metadata": {},
    });
    whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value::<Intent>(whole).unwrap().answer()
}

const fn declined(reason: DeclineReason) -> CaptureAnswer {
    CaptureAnswer::Declined { reason }
}

#[test]
fn the_state_of_an_intent_is_the_answer() {
    let captured =
        intent(&json!({"status": "succeeded", "latest_charge": {"id": "ch_1", "created": 1_700_000_009}}));
    let reference = GatewayReference::new("pi_1").unwrap();
    let at = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    assert_eq!(
        captured,
        Ok(Some(CaptureAnswer::Captured { reference: reference.clone(), captured_at: at(1_700_000_009) }))
    );
    let named = intent(&json!({"status": "succeeded", "latest_charge": "ch_1"}));
    assert_eq!(named, Ok(Some(CaptureAnswer::Captured { reference, captured_at: at(1_700_000_000) })));
    assert_eq!(intent(&json!({})), Ok(None));
    assert_eq!(intent(&json!({"status": "requires_payment_method"})), Ok(None));
    assert_eq!(
        intent(&json!({"status": "canceled"})),
        Ok(Some(declined(DeclineReason::AuthenticationFailed)))
    );
    for unknown in ["processing", "requires_capture", "something_new"] {
        assert_eq!(intent(&json!({"status": unknown})), Err(GatewayError::Timeout), "{unknown}");
    }
}

#[test]
fn a_shopper_is_sent_to_a_page_or_asked_by_the_library() {
    let page = json!({"type": "redirect_to_url", "redirect_to_url": {"url": "https://bank.example/3ds", "return_url": "x"}});
    let sent = intent(&json!({"status": "requires_action", "next_action": page}));
    let by = Authentication::Page { url: "https://bank.example/3ds".to_owned() };
    assert_eq!(sent, Ok(Some(CaptureAnswer::AuthenticationRequired { by })));
    let library = json!({"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}});
    let asked = intent(&json!({"status": "requires_action", "next_action": library}));
    let by = Authentication::Library { secret: "pi_1_secret_2".to_owned() };
    assert!(!format!("{by:?}").contains("secret_2"), "it is shown to nobody else");
    assert_eq!(asked, Ok(Some(CaptureAnswer::AuthenticationRequired { by })));
}

#[test]
fn a_decline_is_told_in_our_words() {
    for (code, decline_code, reason) in [
        ("card_declined", Some("insufficient_funds"), DeclineReason::InsufficientFunds),
        ("card_declined", Some("card_velocity_exceeded"), DeclineReason::LimitExceeded),
        ("card_declined", Some("generic_decline"), DeclineReason::CardRefused),
        ("card_declined", Some("stolen_card"), DeclineReason::FraudSuspected),
        ("card_declined", Some("try_again_later"), DeclineReason::GatewayError),
        ("card_declined", None, DeclineReason::CardRefused),
        ("expired_card", None, DeclineReason::CardExpired),
        ("payment_intent_authentication_failure", None, DeclineReason::AuthenticationFailed),
        ("unheard_of", None, DeclineReason::CardRefused),
    ] {
        let error = json!({"code": code, "decline_code": decline_code, "message": "for developers"});
        let refused = intent(&json!({"status": "requires_payment_method", "last_payment_error": error}));
        assert_eq!(refused, Ok(Some(declined(reason))), "{code} {decline_code:?}");
    }
}

#[test]
fn what_is_neither_done_nor_refused_for_sure_is_not_known() {
    let read =
        |status: u16, body: &str| api::read::<Value>(StatusCode::from_u16(status).unwrap(), body.as_bytes());
    assert!(read(200, "{}").is_ok());
    for (status, body) in [(200, "<html>"), (409, "{}"), (500, "{}"), (502, "<html>"), (302, "")] {
        assert!(matches!(read(status, body), Err(Fault::Unanswered)), "{status}");
    }
    for status in [401, 403, 429] {
        assert!(matches!(read(status, "{}"), Err(Fault::Undone(_))), "{status}");
    }
    let body = r#"{"error": {"type": "card_error", "code": "card_declined", "decline_code": "expired_card", "message": "m"}}"#;
    for status in [400, 402, 404] {
        let Err(Fault::Refused(refusal)) = read(status, body) else { panic!("{status} is a refusal") };
        assert_eq!(
            (refusal.reason(), refusal.to_string()),
            (DeclineReason::CardExpired, "expired_card".to_owned())
        );
        assert!(matches!(read(status, "<html>"), Err(Fault::Refused(_))), "{status}");
    }
}

#[test]
fn a_refund_has_an_outcome_when_stripe_says_so() {
    let answer = |more: Value| {
        let mut whole = json!({"id": "re_1", "object": "refund", "amount": 5, "metadata": {}});
        whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value::<Refund>(whole).unwrap().answer()
    };
    let reference = GatewayReference::new("re_1").unwrap();
    assert_eq!(answer(json!({"status": "succeeded"})), Ok(RefundAnswer::Refunded { reference }));
    for pending in ["pending", "requires_action", "something_new"] {
        assert_eq!(answer(json!({"status": pending})), Err(GatewayError::Timeout), "{pending}");
    }
    let refused = |reason| Ok(RefundAnswer::Refused { reason });
    let closed = json!({"status": "failed", "failure_reason": "expired_or_canceled_card"});
    assert_eq!(answer(closed), refused(RefundFailureReason::AccountClosed));
    let unsaid = json!({"status": "failed", "failure_reason": "unknown"});
    assert_eq!(answer(unsaid), refused(RefundFailureReason::Refused));
    assert_eq!(answer(json!({"status": "canceled"})), refused(RefundFailureReason::Refused));
}

fn told(kind: &str, object: &Value) -> Told {
    let event = json!({"id": "evt_1", "type": kind, "created": 1_700_000_001, "data": {"object": object}});
    read(event.to_string().as_bytes()).unwrap()
}

#[test]
fn an_event_tells_what_is_ours() {
    let (payment, refund) = (PaymentId(Uuid::from_u128(7)), RefundId(Uuid::from_u128(8)));
    let names = json!({"jangteo_key": "k", "jangteo_payment": payment, "jangteo_refund": refund});
    let intent = |status: &str, names: &Value| {
        json!({"id": "pi_1", "amount": 500, "amount_received": 500, "currency": "brl", "created": 1, "status": status,
               "last_payment_error": {"code": "expired_card"}, "metadata": names})
    };
    let booked = CaptureBooked {
        key: "k".to_owned(),
        payment,
        reference: GatewayReference::new("pi_1").unwrap(),
        amount: Amount::from_minor(500),
        currency: Currency::Brl,
        captured_at: chrono::DateTime::from_timestamp(1_700_000_001, 0).unwrap(),
    };
    assert_eq!(told("payment_intent.succeeded", &intent("succeeded", &names)), Told::Captured(booked));
    let declined = Told::Declined { payment, key: "k".to_owned(), reason: DeclineReason::CardExpired };
    assert_eq!(told("payment_intent.payment_failed", &intent("requires_payment_method", &names)), declined);
    let back = |status: &str, names: &Value| json!({"id": "re_1", "status": status, "metadata": names});
    let answer = RefundAnswer::Refunded { reference: GatewayReference::new("re_1").unwrap() };
    assert_eq!(
        told("refund.updated", &back("succeeded", &names)),
        Told::Refunded { payment, refund, answer }
    );
    assert_eq!(told("refund.updated", &back("pending", &names)), Told::Nothing);
    assert_eq!(told("customer.created", &json!({"id": "cus_1"})), Told::Nothing);
    for others in [json!({}), json!({"jangteo_key": "k"}), json!({"order": "42"})] {
        assert_eq!(
            told("payment_intent.succeeded", &intent("succeeded", &others)),
            Told::Nothing,
            "{others}"
        );
        assert_eq!(told("refund.updated", &back("succeeded", &others)), Told::Nothing, "{others}");
    }
}

#[test]
fn an_event_that_is_none_is_not_read() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"type": "payment_intent.succeeded", "created": 1, "data": {"object": {"id": "pi_1"}}}"#,
    ] {
        assert!(read(body.as_bytes()).is_err(), "{body}");
    }
}

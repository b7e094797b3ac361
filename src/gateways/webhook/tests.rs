//! The signature, against a value made elsewhere and against everything that must not pass.

use super::*;

const SECRET: &[u8] = b"a secret";
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

fn at(seconds: i64) -> Timestamp {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap()
}

fn check(header: &str, body: &[u8], now: i64) -> Result<(), SignatureError> {
    verify(SECRET, header, body, at(now), TOLERANCE)
}

#[test]
fn it_signs_as_openssl_does() {
    // printf '1700000000.{}' | openssl dgst -sha256 -hmac 'a secret'
    let code = "f4c7f7db2c2d22e9144ae6536d7918d29e7c70122e5704b842c2a7d02bee924f";
    assert_eq!(sign(SECRET, b"{}", at(1_700_000_000)), format!("t=1700000000,v1={code}"));
}

#[test]
fn what_is_signed_is_believed_within_the_tolerance_only() {
    let header = sign(SECRET, b"{}", at(1_000));
    assert_eq!(check(&header, b"{}", 1_000), Ok(()));
    assert_eq!(check(&header, b"{}", 1_300), Ok(()));
    assert_eq!(check(&header, b"{}", 700), Ok(()));
    assert_eq!(check(&header, b"{}", 1_301), Err(SignatureError::Stale));
    assert_eq!(check(&header, b"{}", 699), Err(SignatureError::Stale));
}

#[test]
fn neither_another_body_nor_another_secret_nor_another_instant_passes() {
    let header = sign(SECRET, b"{}", at(1_000));
    assert_eq!(check(&header, b"{} ", 1_000), Err(SignatureError::Mismatch));
    assert_eq!(check(&sign(b"another", b"{}", at(1_000)), b"{}", 1_000), Err(SignatureError::Mismatch));
    assert_eq!(check(&header.replace("t=1000", "t=1001"), b"{}", 1_000), Err(SignatureError::Mismatch));
    assert_eq!(check(&header[..header.len() - 2], b"{}", 1_000), Err(SignatureError::Mismatch));
}

#[test]
fn one_code_of_several_is_enough_while_a_secret_is_changed() {
    let (old, new) = (sign(b"old", b"{}", at(1_000)), sign(SECRET, b"{}", at(1_000)));
    let code = new.split_once("v1=").unwrap().1;
    assert_eq!(check(&format!("{old},v1={code},v0=zz"), b"{}", 1_000), Ok(()));
}

#[test]
fn a_malformed_header_is_named_so() {
    for header in
        ["", "t=1000", "v1=00", "t=x,v1=00", "t=1000,v1=zz", "t=1000;v1=00", "t=99999999999999999999,v1=00"]
    {
        assert_eq!(check(header, b"{}", 1_000), Err(SignatureError::Malformed), "{header}");
    }
}

#[test]
fn a_notice_is_flat_json() {
    let notice = Notice::CaptureBooked(CaptureBooked {
        key: "k".to_owned(),
        payment: PaymentId(uuid::Uuid::from_u128(7)),
        reference: GatewayReference::new("capture_1").unwrap(),
        amount: Amount::from_minor(12_000),
        currency: Currency::Krw,
        captured_at: at(0),
    });
    let json = serde_json::json!({
        "event": "capture.booked", "key": "k", "payment": "00000000-0000-0000-0000-000000000007",
        "reference": "capture_1", "amount_minor": 12_000, "currency": "KRW", "captured_at": "1970-01-01T00:00:00Z",
    });
    assert_eq!(serde_json::to_value(&notice).unwrap(), json);
    assert_eq!(serde_json::from_value::<Notice>(json.clone()).unwrap(), notice);
    let mut more = json;
    more["surprise"] = 1.into();
    assert!(serde_json::from_value::<Notice>(more).is_err());
}

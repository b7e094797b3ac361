//! Short ways to write commands of payments. Amounts are won.

use chrono::{TimeDelta, TimeZone, Utc};
use kernel::id::{MemberId, OrderId, PaymentId, RefundId};
use kernel::{Amount, Currency, MallId, Sealed, Text, Timestamp};
use payment::{
    Command, Expire, Method, ReceiptAsk, ReceiptPurpose, RecordCapture, RecordRefund, RecordRefundFailure,
    RefundFailureReason, Request, StartCapture, StartRefund, Tender, TenderNo,
};
use uuid::Uuid;

/// So many hours after the period began.
pub(crate) fn hour(hours: i64) -> Timestamp {
    Utc.with_ymd_and_hms(2026, 10, 31, 15, 0, 0).unwrap() + TimeDelta::hours(hours)
}

pub(crate) fn mall(number: u8) -> MallId {
    MallId::new(["seoul", "lisboa"][usize::from(number) % 2]).unwrap()
}

pub(crate) fn currency(number: u8) -> Currency {
    [Currency::Krw, Currency::Eur][usize::from(number) % 2]
}

pub(crate) fn payment_id(number: u8) -> PaymentId {
    PaymentId(Uuid::from_u128(0x1000 + u128::from(number)))
}

fn refund_id(payment: u8, number: u8) -> RefundId {
    RefundId(Uuid::from_u128(0x6000 + u128::from(payment) * 0x100 + u128::from(number)))
}

/// The payment's number says its mall.
pub(crate) fn request(number: u8, minor: i64) -> Command {
    let amount = Amount::from_minor(minor);
    let tender = Tender { tender: TenderNo(1), method: Method::Card, amount, instalments: 1 };
    Command::Request(Request {
        payment: payment_id(number),
        order: OrderId(Uuid::from_u128(0x2000 + u128::from(number))),
        mall: mall(number),
        currency: currency(number),
        member: MemberId(Uuid::from_u128(0x7000)),
        amount,
        tenders: if minor == 0 { vec![] } else { vec![tender] },
        expires_at: hour(1),
        at: hour(0),
    })
}

pub(crate) fn start() -> Command {
    Command::StartCapture(StartCapture { key: "capture".to_owned(), receipt: None, at: hour(0) })
}

/// The payment's number says its mall; it is paid into an account, all of it.
pub(crate) fn request_cash(number: u8, minor: i64) -> Command {
    let Command::Request(mut request) = request(number, minor) else { unreachable!() };
    request.tenders.iter_mut().for_each(|tender| tender.method = Method::VirtualAccount);
    Command::Request(request)
}

/// The shopper wants a cash receipt.
pub(crate) fn start_with_receipt() -> Command {
    let receipt_identifier = Sealed("c2VhbGVk".to_owned());
    let receipt = Some(ReceiptAsk { purpose: ReceiptPurpose::IncomeDeduction, receipt_identifier });
    Command::StartCapture(StartCapture { key: "capture".to_owned(), receipt, at: hour(0) })
}

/// The gateway's yes under a reference; the second one is a duplicate.
pub(crate) fn captured(payment: u8, reference: u8) -> Command {
    Command::RecordCapture(RecordCapture {
        key: "capture".to_owned(),
        gateway_reference: Text::new(format!("capture-{reference}")).unwrap(),
        refund: refund_id(payment, 0xF0 + reference),
        captured_at: hour(2),
        at: hour(2),
    })
}

pub(crate) fn expire() -> Command {
    Command::Expire(Expire { at: hour(1) })
}

pub(crate) fn start_refund(payment: u8, refund: u8, minor: i64) -> Command {
    Command::StartRefund(StartRefund {
        refund: refund_id(payment, refund),
        amount: Amount::from_minor(minor),
        reason_claim: None,
        stray: None,
        key: format!("refund-{refund}"),
        at: hour(3),
    })
}

pub(crate) fn refunded(payment: u8, refund: u8) -> Command {
    Command::RecordRefund(RecordRefund {
        refund: refund_id(payment, refund),
        gateway_reference: Text::new(format!("refund-{refund}")).unwrap(),
        at: hour(4),
    })
}

/// The refund of the duplicate or late capture under that reference.
pub(crate) fn stray_refunded(payment: u8, reference: u8) -> Command {
    refunded(payment, 0xF0 + reference)
}

pub(crate) fn refund_failed(payment: u8, refund: u8) -> Command {
    let reason = RefundFailureReason::Refused;
    Command::RecordRefundFailure(RecordRefundFailure {
        refund: refund_id(payment, refund),
        reason,
        at: hour(4),
    })
}

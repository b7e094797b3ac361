//! Fixed values and short ways to write commands. Amounts are won.

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, RefundId};
use kernel::{Amount, Currency, MallId, Sealed, Text, Timestamp};
use payment::value::{GatewayReference, Head};
use payment::{
    Command, DeclineReason, Expire, Method, ReceiptAsk, ReceiptPurpose, RecordCapture, RecordDecline,
    RecordRefund, RecordRefundFailure, RefundFailureReason, Request, RequireAuthentication, StartCapture,
    StartRefund, Tender, TenderAmount, TenderNo, Void, VoidReason,
};
use uuid::Uuid;

pub(crate) const CARD: u16 = 2;
pub(crate) const POINTS: u16 = 1;

pub(crate) fn minute(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

pub(crate) fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

pub(crate) fn reference(name: &str) -> GatewayReference {
    Text::new(name).unwrap()
}

pub(crate) fn refund_id(number: u128) -> RefundId {
    RefundId(Uuid::from_u128(0x5000 + number))
}

pub(crate) fn claim_id() -> ClaimId {
    ClaimId(Uuid::from_u128(0x6000))
}

pub(crate) fn member_id() -> MemberId {
    MemberId(Uuid::from_u128(0x7000))
}

pub(crate) fn head() -> Head {
    Head {
        payment: PaymentId(Uuid::from_u128(0x1000)),
        order: OrderId(Uuid::from_u128(0x2000)),
        mall: MallId::new("seoul").unwrap(),
        currency: Currency::Krw,
    }
}

pub(crate) fn tender(number: u16, method: Method, minor: i64) -> Tender {
    Tender { tender: TenderNo(number), method, amount: won(minor), instalments: 1 }
}

pub(crate) fn part(number: u16, method: Method, minor: i64) -> TenderAmount {
    TenderAmount { tender: TenderNo(number), method, amount: won(minor) }
}

/// 30,000 by card and 5,000 by points.
pub(crate) fn card_and_points() -> Vec<Tender> {
    vec![tender(POINTS, Method::Points, 5_000), tender(CARD, Method::Card, 30_000)]
}

pub(crate) fn request_body(tenders: Vec<Tender>) -> Request {
    let head = head();
    Request {
        payment: head.payment,
        order: head.order,
        mall: head.mall,
        currency: head.currency,
        member: member_id(),
        amount: tenders.iter().map(|tender| tender.amount).sum(),
        tenders,
        expires_at: minute(30),
        at: minute(0),
    }
}

pub(crate) fn request() -> Command {
    request_of(card_and_points())
}

pub(crate) fn request_of(tenders: Vec<Tender>) -> Command {
    Command::Request(request_body(tenders))
}

pub(crate) fn start(key: &str) -> Command {
    Command::StartCapture(StartCapture { key: key.to_owned(), receipt: None, at: minute(1) })
}

pub(crate) fn receipt_ask() -> ReceiptAsk {
    ReceiptAsk { purpose: ReceiptPurpose::IncomeDeduction, receipt_identifier: Sealed("AQ==".to_owned()) }
}

pub(crate) fn start_with_receipt(key: &str) -> Command {
    Command::StartCapture(StartCapture { key: key.to_owned(), receipt: Some(receipt_ask()), at: minute(1) })
}

pub(crate) fn captured_as(key: &str, gateway_reference: &str, refund: u128) -> Command {
    Command::RecordCapture(RecordCapture {
        key: key.to_owned(),
        gateway_reference: reference(gateway_reference),
        refund: refund_id(refund),
        captured_at: minute(2),
        at: minute(3),
    })
}

pub(crate) fn authenticate(key: &str) -> Command {
    Command::RequireAuthentication(RequireAuthentication { key: key.to_owned(), at: minute(2) })
}

pub(crate) fn decline(key: &str) -> Command {
    let reason = DeclineReason::InsufficientFunds;
    Command::RecordDecline(RecordDecline { key: key.to_owned(), reason, at: minute(3) })
}

pub(crate) fn expire() -> Command {
    Command::Expire(Expire { at: minute(30) })
}

pub(crate) fn void() -> Command {
    Command::Void(Void { reason: VoidReason::OrderCancelled, at: minute(4) })
}

pub(crate) fn refund_body(refund: u128, minor: i64) -> StartRefund {
    StartRefund {
        refund: refund_id(refund),
        amount: won(minor),
        reason_claim: Some(claim_id()),
        stray: None,
        key: format!("refund-{refund}"),
        at: minute(5),
    }
}

pub(crate) fn start_refund(refund: u128, minor: i64) -> Command {
    Command::StartRefund(refund_body(refund, minor))
}

pub(crate) fn refunded(refund: u128) -> Command {
    refunded_as(refund, "gr-1")
}

pub(crate) fn refunded_as(refund: u128, gateway_reference: &str) -> Command {
    Command::RecordRefund(RecordRefund {
        refund: refund_id(refund),
        gateway_reference: reference(gateway_reference),
        at: minute(6),
    })
}

pub(crate) fn refund_failed(refund: u128) -> Command {
    let reason = RefundFailureReason::Refused;
    Command::RecordRefundFailure(RecordRefundFailure { refund: refund_id(refund), reason, at: minute(6) })
}

/// Requested, started and captured: card 30,000 and points 5,000.
pub(crate) fn captured() -> Vec<Command> {
    vec![request(), start("k-1"), captured_as("k-1", "g-1", 900)]
}

pub(crate) fn with(mut history: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    history.extend(more);
    history
}

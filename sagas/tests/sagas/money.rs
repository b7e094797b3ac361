//! The samples of money: the order's payment, its captures and refunds.

use eventstore::Recorded;
use kernel::id::{ClaimId, RefundId};
use kernel::{Amount, Currency, Text};
use payment::{
    Command, DeclineReason, Expire, Method, RecordCapture, RecordDecline, RecordRefund, RecordRefundFailure,
    RefundFailureReason, Request, StartCapture, StartRefund, Tender, TenderNo,
};
use uuid::Uuid;

use crate::given::{minute, story};
use crate::market::{CLAIM, MEMBER, ORDER, PAYMENT, mall};

pub(crate) const REFUND: RefundId = RefundId(Uuid::from_u128(0x06));

/// What the payment says: requested at minute 0 for 6,500 by this method, then these.
pub(crate) fn payment_story(
    method: Method,
    commands: impl IntoIterator<Item = (i64, Command)>,
) -> Vec<Recorded> {
    let amount = Amount::from_minor(6_500);
    let request = Request {
        payment: PAYMENT,
        order: ORDER,
        mall: mall(),
        currency: Currency::Krw,
        member: MEMBER,
        amount,
        tenders: vec![Tender { tender: TenderNo(1), method, amount, instalments: 1 }],
        expires_at: minute(30),
        at: minute(0),
    };
    story::<payment::Payment>(&PAYMENT, std::iter::once((0, Command::Request(request))).chain(commands))
}

/// What a payment of nothing says.
pub(crate) fn free_payment() -> Vec<Recorded> {
    let request = Request {
        payment: PAYMENT,
        order: ORDER,
        mall: mall(),
        currency: Currency::Krw,
        member: MEMBER,
        amount: Amount::ZERO,
        tenders: Vec::new(),
        expires_at: minute(30),
        at: minute(0),
    };
    story::<payment::Payment>(&PAYMENT, [(0, Command::Request(request))])
}

pub(crate) fn start(key: &str) -> Command {
    Command::StartCapture(StartCapture { key: key.to_owned(), receipt: None, at: minute(1) })
}

pub(crate) fn decline(key: &str) -> Command {
    let reason = DeclineReason::CardRefused;
    Command::RecordDecline(RecordDecline { key: key.to_owned(), reason, at: minute(2) })
}

pub(crate) fn capture(key: &str) -> Command {
    Command::RecordCapture(RecordCapture {
        key: key.to_owned(),
        gateway_reference: Text::new("capture").unwrap(),
        refund: RefundId(Uuid::from_u128(0x07)),
        captured_at: minute(2),
        at: minute(2),
    })
}

pub(crate) fn expire() -> Command {
    Command::Expire(Expire { at: minute(30) })
}

/// Captured at minute 2; at minute 5 the claim asks for 1,000.
pub(crate) fn refunding(outcome: Command) -> Vec<Recorded> {
    refunding_for(Some(CLAIM), outcome)
}

/// The same for a claim or for none.
pub(crate) fn refunding_for(claim: Option<ClaimId>, outcome: Command) -> Vec<Recorded> {
    let refund = StartRefund {
        refund: REFUND,
        amount: Amount::from_minor(1_000),
        reason_claim: claim,
        stray: None,
        key: "refund".to_owned(),
        at: minute(5),
    };
    let commands = [(1, start("a")), (2, capture("a")), (5, Command::StartRefund(refund)), (6, outcome)];
    payment_story(Method::Card, commands)
}

pub(crate) fn refunded() -> Command {
    let gateway_reference = Text::new("refund").unwrap();
    Command::RecordRefund(RecordRefund { refund: REFUND, gateway_reference, at: minute(6) })
}

pub(crate) fn refund_failed() -> Command {
    let reason = RefundFailureReason::AccountClosed;
    Command::RecordRefundFailure(RecordRefundFailure { refund: REFUND, reason, at: minute(6) })
}

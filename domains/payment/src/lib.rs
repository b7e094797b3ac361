//! The payment context (결제): one [`Payment`] takes an order's money and gives it back, tender by tender.
//!
//! ```text
//!            Request          StartCapture                  RecordCapture
//!   Absent ──────────▶ Requested ──────────▶ Capturing │ ─────────────────▶ Authorized ─▶ Captured
//!              │         ▲  │  │             AwaitingDeposit                                 │ RecordRefund
//!              │         │  │  │             AwaitingAuthentication                          │
//!              │         └──┼──┼── RecordDecline ─┘ (the tenth: Failed)                      ▼
//!              │            │  └ Expire ─▶ Expired ◀─ Expire ─ Awaiting…           PartiallyRefunded ─▶ Refunded
//!              │            └ Void ─▶ Voided ◀─ Void ─ Capturing, Awaiting…
//!              └ a zero total ─▶ Captured at once
//!
//!   Who asks for a cash receipt (현금영수증) of what they pay in cash has it issued with the capture, and cancelled by as
//!   much as goes back.
//!
//!   Money that comes for a Failed, Voided or Expired payment (CapturedLate), or a second time
//!   (DuplicateCaptured), is a stray capture: its refund starts in the same decision, the phase stays.
//!
//!   one refund:  StartRefund ─▶ in flight ─ RecordRefund ─▶ done
//!                                  └ RecordRefundFailure ─▶ failed (its amount can be refunded again)
//! ```
//!
//! Capturing, `AwaitingDeposit` (a virtual account, 가상계좌, or a bank slip) and `AwaitingAuthentication` (the shopper has
//! to show that it is them, 본인 인증: `RequireAuthentication`) are what Requested means while a capture is under way. Never here: a call to a gateway (the intent is an event, the call happens outside, the
//! outcome is a command), a clock, card numbers, or what an order or a claim means.

pub mod command;
pub mod event;
pub mod state;

pub mod decide;

pub mod policy;
pub mod rejection;
pub mod value;

pub use command::{
    Command, Expire, RecordCapture, RecordDecline, RecordRefund, RecordRefundFailure, Request,
    RequireAuthentication, StartCapture, StartRefund, Void,
};
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Phase, Refund, RefundOutcome, State};
pub use value::{
    DeclineReason, Method, ReceiptAsk, ReceiptPurpose, RefundCause, RefundFailureReason, Tender,
    TenderAmount, TenderNo, VoidReason,
};

use kernel::Decider;
use kernel::id::PaymentId;

/// The aggregate: one payment of one order.
#[derive(Debug, Clone, Copy)]
pub struct Payment;

impl Decider for Payment {
    const CONTEXT: &'static str = "payment";
    const AGGREGATE: &'static str = "payment";

    type Id = PaymentId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(state: State, event: &Event) -> State {
        state.evolve(event)
    }
}

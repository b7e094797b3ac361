//! The words of the tests: one order with two groups, the commands of a claim, and `given(..).when(..).then(..)`.

use claim::command::{
    Accept, Approve, Collect, Hold, Inspect, RecordPickupDispatch, RecordRefund, RecordRefundFailure, Reject,
    Request, RequestCancel, RequestPickup, RequestReturn, Resume, StartRefund, Withdraw,
};
use claim::value::{
    ClaimLine, FreeOver, GroupFacts, HoldReason, InspectedLine, Inspection, InspectionFailure, Party, Reason,
    Refusal,
};
use claim::{Claim, Command, Event, Rejection, State};
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, RefundId, ShipmentId, SkuId};
use kernel::{Amount, Currency, Decider, DomainEvent, MallId, Price, Quantity, Timestamp};
use uuid::Uuid;

pub(crate) type Outcome = Result<Vec<Event>, Rejection>;

/// A claim with a history.
pub(crate) struct Given(State);

/// The state after these commands, each of which must be taken.
pub(crate) fn given(commands: impl IntoIterator<Item = Command>) -> Given {
    Given(commands.into_iter().fold(State::default(), |state, command| {
        let events = Claim::decide(&state, command).expect("a given command is taken");
        events.iter().fold(state, Claim::evolve)
    }))
}

impl Given {
    pub(crate) fn when(&self, command: Command) -> Then {
        Then(Claim::decide(&self.0, command))
    }

    pub(crate) fn state(&self) -> &State {
        &self.0
    }

    pub(crate) fn phase(&self) -> &'static str {
        self.0.phase().map_or("absent", claim::state::Phase::name)
    }
}

/// What came of a command.
pub(crate) struct Then(pub(crate) Outcome);

impl Then {
    #[track_caller]
    pub(crate) fn then(self, names: &[&str]) -> Vec<Event> {
        let events = self.0.expect("the command is taken");
        assert_eq!(events.iter().map(DomainEvent::name).collect::<Vec<_>>(), names);
        events
    }

    #[track_caller]
    pub(crate) fn refused(self, rejection: &Rejection) {
        assert_eq!(self.0.as_ref(), Err(rejection));
    }

    #[track_caller]
    pub(crate) fn refused_as(self, code: &str) {
        let rejection = self.0.expect_err("the command is refused");
        assert_eq!(kernel::Rejection::code(&rejection), code, "{rejection}");
    }
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000 + second, 0).expect("a time")
}

const fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) const MERCHANT: MerchantId = MerchantId(uuid(0x11));
pub(crate) const OTHER_MERCHANT: MerchantId = MerchantId(uuid(0x12));

pub(crate) fn quantity(pieces: u32) -> Quantity {
    Quantity::new(pieces).expect("a quantity")
}

pub(crate) fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).expect("a price")
}

/// Two of the three pieces of line 1, paid 10,000 for all three, in group 1.
pub(crate) fn line() -> ClaimLine {
    ClaimLine {
        line: 1,
        group: 1,
        sku: SkuId(uuid(0x21)),
        merchant: MERCHANT,
        quantity: quantity(2),
        ordered: 3,
        first_piece: 0,
        paid: won(10_000),
        shipping: won(3_000),
    }
}

/// Group 1: paid 3,000 for delivery, a piece remains, the way back costs 2,500.
pub(crate) fn group() -> GroupFacts {
    GroupFacts {
        group: 1,
        merchant: MERCHANT,
        fee: won(3_000),
        owed: Amount::ZERO,
        free_over: None,
        goods_before: won(10_000),
        goods_claimed: won(6_667),
        ends: false,
        return_fee: price(2_500),
    }
}

/// Group 1, delivered free over 8,000 instead of for 3,000.
pub(crate) fn free_group() -> GroupFacts {
    let free_over = Some(FreeOver { threshold: price(8_000), fee: price(3_000) });
    GroupFacts { fee: Amount::ZERO, free_over, ..group() }
}

/// The shopper changed their mind about two pieces of line 1.
pub(crate) fn request() -> Request {
    Request {
        claim: ClaimId(uuid(1)),
        order: OrderId(uuid(2)),
        payment: PaymentId(uuid(3)),
        mall: MallId::new("main").expect("a mall"),
        currency: Currency::Krw,
        member: MemberId(uuid(4)),
        requested_by: Party::Shopper,
        reason: Reason::ChangedMind,
        lines: vec![line()],
        groups: vec![group()],
        at: at(0),
    }
}

pub(crate) fn cancel_of(request: Request, accepted: bool) -> Command {
    Command::RequestCancel(RequestCancel { request, accepted, lost: false })
}

/// A cancel that the merchant must approve.
pub(crate) fn cancel() -> Command {
    cancel_of(request(), true)
}

pub(crate) fn return_of(request: Request) -> Command {
    Command::RequestReturn(RequestReturn { request })
}

pub(crate) fn goods_back() -> Command {
    return_of(request())
}

pub(crate) fn approve(by: Party) -> Command {
    Command::Approve(Approve { by, at: at(1) })
}

pub(crate) fn accept(by: Party) -> Command {
    Command::Accept(Accept { by, at: at(1) })
}

pub(crate) fn pickup(shipment: u128) -> Command {
    Command::RequestPickup(RequestPickup { shipment: ShipmentId(uuid(shipment)), at: at(2) })
}

pub(crate) fn dispatched(shipment: u128) -> Command {
    let shipment = ShipmentId(uuid(shipment));
    Command::RecordPickupDispatch(RecordPickupDispatch { shipment, at: at(3) })
}

pub(crate) fn collect() -> Command {
    Command::Collect(Collect { at: at(3) })
}

pub(crate) fn pass_with(resellable: u32, damaged: u32) -> Command {
    let lines = vec![InspectedLine { line: 1, resellable, damaged }];
    Command::Inspect(Inspect { result: Inspection::Pass { lines }, at: at(4) })
}

pub(crate) fn pass() -> Command {
    pass_with(1, 1)
}

pub(crate) fn fail() -> Command {
    let result = Inspection::Fail { reason: InspectionFailure::Used };
    Command::Inspect(Inspect { result, at: at(4) })
}

pub(crate) fn refund_id(refund: u128) -> RefundId {
    RefundId(uuid(refund))
}

pub(crate) fn start_refund(refund: u128) -> Command {
    start_refund_by(refund, vec![group()])
}

/// By these facts of the order.
pub(crate) fn start_refund_by(refund: u128, groups: Vec<GroupFacts>) -> Command {
    Command::StartRefund(StartRefund { refund: refund_id(refund), groups, at: at(5) })
}

pub(crate) fn record_refund(refund: u128) -> Command {
    Command::RecordRefund(RecordRefund { refund: refund_id(refund), at: at(6) })
}

pub(crate) fn fail_refund(refund: u128) -> Command {
    Command::RecordRefundFailure(RecordRefundFailure { refund: refund_id(refund), at: at(6) })
}

pub(crate) fn reject(refusal: Refusal) -> Command {
    Command::Reject(Reject { refusal, by: Party::Merchant, at: at(7) })
}

/// A cancel turns out to have come too late.
pub(crate) fn reject_by_itself() -> Command {
    Command::Reject(Reject { refusal: Refusal::AlreadyDispatched, by: Party::System, at: at(7) })
}

/// The same when every hold has run out.
pub(crate) fn reject_late(refusal: Refusal) -> Command {
    Command::Reject(Reject { refusal, by: Party::Merchant, at: at(100_001) })
}

pub(crate) fn withdraw(by: Party) -> Command {
    Command::Withdraw(Withdraw { by, at: at(7) })
}

pub(crate) fn hold(reason: HoldReason) -> Command {
    Command::Hold(Hold { reason, due: at(100_000), at: at(8) })
}

pub(crate) fn resume() -> Command {
    Command::Resume(Resume { at: at(9) })
}

/// A cancel, step by step to its end.
pub(crate) fn cancel_journey() -> Vec<Command> {
    vec![cancel(), approve(Party::Merchant), start_refund(1), record_refund(1)]
}

/// A return, step by step to its end.
pub(crate) fn return_journey() -> Vec<Command> {
    vec![
        goods_back(),
        accept(Party::Merchant),
        pickup(1),
        collect(),
        pass(),
        start_refund(1),
        record_refund(1),
    ]
}

/// A return whose goods fail the inspection.
pub(crate) fn failed_journey() -> Vec<Command> {
    let mut journey = return_until(4);
    journey.extend([fail(), reject(Refusal::InspectionFailed)]);
    journey
}

/// The first steps of [`return_journey`].
pub(crate) fn return_until(steps: usize) -> Vec<Command> {
    return_journey().into_iter().take(steps).collect()
}

/// The first steps of [`cancel_journey`].
pub(crate) fn cancel_until(steps: usize) -> Vec<Command> {
    cancel_journey().into_iter().take(steps).collect()
}

//! One story that all the tests tell: four orders, of which the first meets nearly everything that can happen to one.
//!
//! Order 1 is paid; line 3 is cancelled by a claim; lines 1 and 2 travel with shipment 1; one piece of line 1 comes
//! back after a claim that was withdrawn and one that was held; the rest is confirmed. Order 2 expires. Order 3, of
//! another shopper, is cancelled after a declined card. Order 4 waits for its money.

use claim::command as claims;
use claim::value::{GroupFacts, HoldReason, InspectedLine, Inspection, Party, Reason};
use claim::{Claim, Command as ClaimCommand};
use eventstore::Seq;
use kernel::id::ClaimId;
use kernel::{Amount, Currency};
use order::command as orders;
use order::value::{CancelReason, ClaimKind, ClaimOutcome, ClaimablePieces, ConfirmedBy};
use order::{Command as OrderCommand, Order};
use payment::{Command as PaymentCommand, DeclineReason, Payment};
use projections::Projection;
use shipping::Shipment;
use shipping::shipment::{self, Command as ShipmentCommand, DelayReason, Purpose, ScanStatus};

use crate::house::House;
use crate::words::{
    at, claim_id, mall, member, merchant, of, order_id, payment_id, pieces, place, price, refund_id,
    request_payment, request_shipment, seller, shipment_id, shopper, sku, system, text,
};

/// A house in which the story was told while a projection followed.
pub(crate) async fn told_to<P: Projection>(test: &str) -> House {
    let house = House::new(test).await;
    let following = house.follow::<P>();
    house.tell_story().await;
    house.seen::<P>().await;
    following.abort();
    house
}

impl House {
    /// Tells the whole story.
    pub(crate) async fn tell_story(&self) {
        self.order_and_pay(1, 1, 0).await;
        self.cancel_line_three().await;
        self.send_lines_one_and_two().await;
        self.withdraw_a_return().await;
        self.return_a_piece().await;
        self.confirm_the_rest().await;
        self.take_confirmed_pieces_back().await;
        self.let_order_two_expire().await;
        self.fail_order_three().await;
        self.order_and_request(4, 1, 30).await;
    }

    /// The same and the story of coupons.
    pub(crate) async fn tell_everything(&self) {
        self.tell_story().await;
        self.tell_of_coupons().await;
    }

    /// Three returns: 10 is taken back, 11 waits for the merchant, 12 is to be picked up.
    pub(crate) async fn ask_for_returns(&self) {
        for number in [10, 11, 12] {
            let minute = i64::try_from(number).unwrap();
            let request = request(number, (1, 3), 30_000, minute);
            self.claim(number, ClaimCommand::RequestReturn(claims::RequestReturn { request })).await;
        }
        let withdraw = claims::Withdraw { by: Party::Shopper, at: at(20) };
        self.claim(10, ClaimCommand::Withdraw(withdraw)).await;
        self.hold(11).await;
        self.claim(12, ClaimCommand::Accept(claims::Accept { by: Party::Merchant, at: at(20) })).await;
        let pickup = claims::RequestPickup { shipment: shipment_id(12), at: at(21) };
        self.claim(12, ClaimCommand::RequestPickup(pickup)).await;
    }

    async fn order(&self, number: u128, command: OrderCommand) -> Seq {
        self.tell::<Order>(system(), &order_id(number), command).await
    }

    async fn payment(&self, number: u128, command: PaymentCommand) -> Seq {
        self.tell::<Payment>(system(), &payment_id(number), command).await
    }

    async fn shipment(&self, number: u128, command: ShipmentCommand) -> Seq {
        self.tell::<Shipment>(seller(1), &shipment_id(number), command).await
    }

    async fn claim(&self, number: u128, command: ClaimCommand) -> Seq {
        self.tell::<Claim>(shopper(1), &claim_id(number), command).await
    }

    /// The payment is asked for before the order is placed: a projection must not mind.
    async fn order_and_request(&self, number: u128, by: u128, minute: i64) {
        self.payment(number, request_payment(number, by, minute)).await;
        let command = OrderCommand::Place(place(number, by, minute));
        self.tell::<Order>(shopper(by), &order_id(number), command).await;
    }

    pub(crate) async fn order_and_pay(&self, number: u128, by: u128, minute: i64) {
        self.order_and_request(number, by, minute).await;
        let key = "first".to_owned();
        self.payment(
            number,
            PaymentCommand::StartCapture(payment::StartCapture { key, receipt: None, at: at(minute) }),
        )
        .await;
        let capture = payment::RecordCapture {
            key: "first".to_owned(),
            gateway_reference: text("gateway-1"),
            refund: refund_id(100),
            captured_at: at(minute),
            at: at(minute),
        };
        self.payment(number, PaymentCommand::RecordCapture(capture)).await;
        let paid = orders::MarkPaid { payment: payment_id(number), at: at(minute + 1) };
        self.order(number, OrderCommand::MarkPaid(paid)).await;
    }

    async fn open(&self, claim: ClaimId, kind: ClaimKind, lines: &[(u16, u32)], minute: i64) {
        let pieces = ClaimablePieces::Unconfirmed;
        let open = orders::OpenClaim { claim, kind, pieces, lines: of(lines), at: at(minute) };
        self.order(1, OrderCommand::OpenClaim(open)).await;
    }

    async fn open_confirmed(&self, claim: ClaimId, lines: &[(u16, u32)], minute: i64) {
        let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
        let open = orders::OpenClaim { claim, kind, pieces, lines: of(lines), at: at(minute) };
        self.order(1, OrderCommand::OpenClaim(open)).await;
    }

    /// Refunds a claim, through the payment, and tells the order.
    async fn refund(&self, (number, groups): (u128, Vec<GroupFacts>), amount: i64, minute: i64) {
        let (refund, at) = (refund_id(number), at(minute));
        self.claim(number, ClaimCommand::StartRefund(claims::StartRefund { refund, groups, at })).await;
        let start = payment::StartRefund {
            refund,
            amount: Amount::from_minor(amount),
            reason_claim: Some(claim_id(number)),
            stray: None,
            key: format!("refund-{number}"),
            at,
        };
        self.payment(1, PaymentCommand::StartRefund(start)).await;
        let gateway_reference = text(&format!("gateway-refund-{number}"));
        let done = payment::RecordRefund { refund, gateway_reference, at };
        self.payment(1, PaymentCommand::RecordRefund(done)).await;
        self.claim(number, ClaimCommand::RecordRefund(claims::RecordRefund { refund, at })).await;
        let complete = orders::CompleteClaim { claim: claim_id(number), at };
        self.order(1, OrderCommand::CompleteClaim(complete)).await;
    }

    async fn cancel_line_three(&self) {
        self.open(claim_id(1), ClaimKind::Cancel, &[(3, 1)], 2).await;
        let request = request(1, (3, 1), 7_000, 2);
        let groups = request.groups.clone();
        self.claim(
            1,
            ClaimCommand::RequestCancel(claims::RequestCancel { request, accepted: false, lost: false }),
        )
        .await;
        self.refund((1, groups), 7_000, 3).await;
    }

    async fn send_lines_one_and_two(&self) {
        let lines = &[(1, 3), (2, 2)];
        self.shipment(1, request_shipment(1, 1, Purpose::Outbound, lines)).await;
        let late = shipment::ExplainDelay {
            reason_code: DelayReason::HighDemand,
            text: text("Everybody wants tangerines."),
            at: at(150),
        };
        self.shipment(1, ShipmentCommand::ExplainDelay(late)).await;
        self.shipment(1, ShipmentCommand::Accept(shipment::Accept { at: at(200) })).await;
        let (shipment, at_prepare) = (shipment_id(1), at(200));
        let prepare = orders::Prepare { shipment, lines: of(lines), at: at_prepare };
        self.order(1, OrderCommand::Prepare(prepare)).await;
        self.dispatch(1, "1234").await;
        let ship = orders::Ship { shipment, lines: of(lines), at: at(300) };
        self.order(1, OrderCommand::Ship(ship)).await;
        self.scan(1, "out", ScanStatus::OutForDelivery, 500).await;
        self.scan(1, "picked", ScanStatus::PickedUp, 400).await;
        self.scan(1, "door", ScanStatus::Delivered, 600).await;
        let deliver = orders::Deliver { shipment, lines: of(lines), at: at(600) };
        self.order(1, OrderCommand::Deliver(deliver)).await;
        // Asked for and called off: nobody needs a second parcel.
        self.shipment(2, request_shipment(2, 1, Purpose::Outbound, &[(2, 1)])).await;
        let cancel = shipment::Cancel { reason: shipment::CancelReason::Replanned, at: at(601) };
        self.shipment(2, ShipmentCommand::Cancel(cancel)).await;
    }

    async fn dispatch(&self, number: u128, tracking_number: &str) {
        let dispatch = shipment::Dispatch {
            carrier: text("hanjin"),
            tracking_number: text(tracking_number),
            at: at(300),
        };
        self.shipment(number, ShipmentCommand::Dispatch(dispatch)).await;
    }

    async fn scan(&self, number: u128, scan: &str, status: ScanStatus, minute: i64) {
        let track = shipment::Track { scan: text(scan), status, occurred_at: at(minute), at: at(minute + 1) };
        self.shipment(number, ShipmentCommand::Track(track)).await;
    }

    async fn withdraw_a_return(&self) {
        self.open(claim_id(2), ClaimKind::Return, &[(2, 1)], 700).await;
        let request = request(2, (2, 2), 10_000, 700);
        self.claim(2, ClaimCommand::RequestReturn(claims::RequestReturn { request })).await;
        self.hold(2).await;
        let withdraw = claims::Withdraw { by: Party::Shopper, at: at(702) };
        self.claim(2, ClaimCommand::Withdraw(withdraw)).await;
        let close = orders::CloseClaim { claim: claim_id(2), outcome: ClaimOutcome::Withdrawn, at: at(702) };
        self.order(1, OrderCommand::CloseClaim(close)).await;
    }

    async fn hold(&self, number: u128) {
        let hold = claims::Hold { reason: HoldReason::MerchantUnclear, due: at(9_000), at: at(701) };
        self.claim(number, ClaimCommand::Hold(hold)).await;
    }

    async fn return_a_piece(&self) {
        self.open(claim_id(3), ClaimKind::Return, &[(1, 1)], 710).await;
        let request = request(3, (1, 3), 30_000, 710);
        let groups = request.groups.clone();
        self.claim(3, ClaimCommand::RequestReturn(claims::RequestReturn { request })).await;
        self.hold(3).await;
        self.claim(3, ClaimCommand::Resume(claims::Resume { at: at(711) })).await;
        let accept = claims::Accept { by: Party::Merchant, at: at(712) };
        self.claim(3, ClaimCommand::Accept(accept)).await;
        let purpose = Purpose::ReturnPickup { claim: claim_id(3) };
        self.shipment(3, request_shipment(3, 1, purpose, &[(1, 1)])).await;
        let pickup = claims::RequestPickup { shipment: shipment_id(3), at: at(713) };
        self.claim(3, ClaimCommand::RequestPickup(pickup)).await;
        self.dispatch(3, "1234").await;
        self.scan(3, "back", ScanStatus::Delivered, 720).await;
        self.claim(3, ClaimCommand::Collect(claims::Collect { at: at(720) })).await;
        let lines = vec![InspectedLine { line: 1, resellable: 1, damaged: 0 }];
        let inspect = claims::Inspect { result: Inspection::Pass { lines }, at: at(721) };
        self.claim(3, ClaimCommand::Inspect(inspect)).await;
        self.refund((3, groups), 7_000, 722).await;
    }

    async fn confirm_the_rest(&self) {
        let hold = orders::HoldConfirmation { until: Some(at(9_000)), at: at(800) };
        self.order(1, OrderCommand::HoldConfirmation(hold)).await;
        self.order(1, OrderCommand::ReleaseHold(orders::ReleaseHold { at: at(801) })).await;
        let confirm = orders::Confirm { lines: None, by: ConfirmedBy::Shopper, at: at(802) };
        self.tell::<Order>(shopper(1), &order_id(1), OrderCommand::Confirm(confirm)).await;
    }

    /// Of three returns of confirmed pieces one is done, one comes to nothing, one goes on.
    async fn take_confirmed_pieces_back(&self) {
        for (number, lines) in [(20, [(1, 1)]), (21, [(2, 1)]), (22, [(2, 1)])] {
            self.open_confirmed(claim_id(number), &lines, 810).await;
        }
        let complete = orders::CompleteClaim { claim: claim_id(20), at: at(811) };
        self.order(1, OrderCommand::CompleteClaim(complete)).await;
        let close = orders::CloseClaim { claim: claim_id(21), outcome: ClaimOutcome::Refused, at: at(811) };
        self.order(1, OrderCommand::CloseClaim(close)).await;
    }

    async fn let_order_two_expire(&self) {
        self.order_and_request(2, 1, 10).await;
        self.payment(2, PaymentCommand::Expire(payment::Expire { at: at(60) })).await;
        self.order(2, OrderCommand::Expire(orders::Expire { at: at(60) })).await;
    }

    async fn fail_order_three(&self) {
        self.order_and_request(3, 2, 20).await;
        let key = "first".to_owned();
        self.payment(
            3,
            PaymentCommand::StartCapture(payment::StartCapture {
                key: key.clone(),
                receipt: None,
                at: at(21),
            }),
        )
        .await;
        let decline = payment::RecordDecline { key, reason: DeclineReason::CardExpired, at: at(22) };
        self.payment(3, PaymentCommand::RecordDecline(decline)).await;
        let cancel = orders::Cancel { reason: CancelReason::Shopper, at: at(23) };
        self.order(3, OrderCommand::Cancel(cancel)).await;
    }
}

/// What a claim on one piece of a line of order 1 asks; `paid` for the whole line.
fn request(number: u128, line: (u16, u32), paid: i64, minute: i64) -> claims::Request {
    let (line, ordered) = line;
    let group = if line == 3 { 2 } else { 1 };
    let merchant = merchant(u128::from(group));
    let fee = if group == 1 { price(2_500) } else { price(0) };
    claims::Request {
        claim: claim_id(number),
        order: order_id(1),
        payment: payment_id(1),
        mall: mall(),
        currency: Currency::Krw,
        member: member(1),
        requested_by: Party::Shopper,
        reason: Reason::ChangedMind,
        lines: vec![claim::value::ClaimLine {
            line,
            group,
            sku: sku(line),
            merchant,
            quantity: pieces(1),
            ordered,
            first_piece: 0,
            paid: Amount::from_minor(paid),
            shipping: fee.amount(),
        }],
        groups: vec![GroupFacts {
            group,
            merchant,
            fee: fee.amount(),
            owed: Amount::ZERO,
            free_over: None,
            goods_before: Amount::from_minor(paid),
            goods_claimed: Amount::from_minor(paid),
            ends: group == 2,
            return_fee: price(3_000),
        }],
        at: at(minute),
    }
}

//! The samples: one order of three lines, its payment and its shipments. Two lines are of the same SKU.

use std::collections::BTreeSet;

use eventstore::Recorded;
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, ShipmentId, SkuId};
use kernel::{Amount, Currency, MallId, Price, Quantity, Sealed, Text, Timestamp};
use order::command::{Cancel, Deliver, Expire, MarkPaid, OpenClaim, Place, Prepare, Ship};
use order::value::{
    CancelReason, ClaimKind, ClaimablePieces, DeliveryGroup, GroupNo, LineNo, LineQuantity, OrderLine, Source,
};
use sagas::pieces::{self, Pieces};
use sagas::{Command, Effect};
use shipping::shipment::{self, Purpose, ScanStatus, ShipmentLine};
use uuid::Uuid;

use crate::given::{minute, story};

pub(crate) const ORDER: OrderId = OrderId(Uuid::from_u128(0x01));
pub(crate) const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(0x02));
pub(crate) const CLAIM: ClaimId = ClaimId(Uuid::from_u128(0x03));
pub(crate) const MEMBER: MemberId = MemberId(Uuid::from_u128(0x04));
pub(crate) const MERCHANT: MerchantId = MerchantId(Uuid::from_u128(0x05));
pub(crate) const SKU_A: SkuId = SkuId(Uuid::from_u128(0x0a));
pub(crate) const SKU_B: SkuId = SkuId(Uuid::from_u128(0x0b));

pub(crate) fn mall() -> MallId {
    MallId::new("seoul").unwrap()
}

pub(crate) fn pieces(count: u32) -> Quantity {
    Quantity::new(count).unwrap()
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

/// The line's number, its SKU and its pieces.
const LINES: [(u16, SkuId, u32); 3] = [(1, SKU_A, 2), (2, SKU_B, 1), (3, SKU_A, 1)];

fn line((number, sku, count): (u16, SkuId, u32)) -> OrderLine {
    OrderLine {
        line: LineNo(number),
        group: GroupNo(1),
        merchant: MERCHANT,
        product: ProductId(Uuid::from_u128(0x0c)),
        sku,
        name: Text::new("Tangerines").unwrap(),
        options: Vec::new(),
        category: "food.fruit".into(),
        taxable: false,
        quantity: pieces(count),
        unit_price: price(1_000),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: Source::Direct,
    }
}

pub(crate) fn place() -> order::Command {
    let fee = price(2_500);
    let group = DeliveryGroup {
        group: GroupNo(1),
        merchant: MERCHANT,
        fee,
        free_over: None,
        surcharge: Price::ZERO,
        waived_fee: Price::ZERO,
        return_fee: price(3_000),
    };
    order::Command::Place(Place {
        order: ORDER,
        mall: mall(),
        currency: Currency::Krw,
        member: MEMBER,
        recipient: Some(Sealed("c2VhbGVk".into())),
        gift: None,
        memo: None,
        lines: LINES.map(line).to_vec(),
        groups: vec![group],
        coupons: Vec::new(),
        payment: PAYMENT,
        total: Amount::from_minor(6_500),
        limited: BTreeSet::new(),
        vat_rate: None,
        payment_due: minute(30),
        confirm_after_days: 7,
        at: minute(0),
    })
}

/// What the order says: placed at minute 0, then these.
pub(crate) fn order_story(commands: impl IntoIterator<Item = (i64, order::Command)>) -> Vec<Recorded> {
    story::<order::Order>(&ORDER, std::iter::once((0, place())).chain(commands))
}

pub(crate) fn mark_paid(at: Timestamp) -> order::Command {
    order::Command::MarkPaid(MarkPaid { payment: PAYMENT, at })
}

pub(crate) fn expire(at: Timestamp) -> order::Command {
    order::Command::Expire(Expire { at })
}

pub(crate) fn cancel(reason: CancelReason, at: Timestamp) -> order::Command {
    order::Command::Cancel(Cancel { reason, at })
}

pub(crate) fn shipment_id(number: u128) -> ShipmentId {
    ShipmentId(Uuid::from_u128(0x5000 + number))
}

pub(crate) fn of(lines: &[(u16, u32)]) -> Vec<LineQuantity> {
    let line = |&(line, count): &(u16, u32)| LineQuantity { line: LineNo(line), quantity: pieces(count) };
    lines.iter().map(line).collect()
}

pub(crate) fn prepare(shipment: u128, lines: &[(u16, u32)], at: Timestamp) -> order::Command {
    order::Command::Prepare(Prepare { shipment: shipment_id(shipment), lines: of(lines), at })
}

pub(crate) fn ship(shipment: u128, lines: &[(u16, u32)], at: Timestamp) -> order::Command {
    order::Command::Ship(Ship { shipment: shipment_id(shipment), lines: of(lines), at })
}

pub(crate) fn deliver(shipment: u128, lines: &[(u16, u32)], at: Timestamp) -> order::Command {
    order::Command::Deliver(Deliver { shipment: shipment_id(shipment), lines: of(lines), at })
}

pub(crate) fn open_claim(kind: ClaimKind, lines: &[(u16, u32)], at: Timestamp) -> order::Command {
    order::Command::OpenClaim(OpenClaim {
        claim: CLAIM,
        kind,
        pieces: ClaimablePieces::Unconfirmed,
        lines: of(lines),
        at,
    })
}

pub(crate) fn request_shipment(number: u128, purpose: Purpose, lines: &[(u16, u32)]) -> shipment::Command {
    let sku = |line| if line == 2 { SKU_B } else { SKU_A };
    let line = |&(line, count): &(u16, u32)| ShipmentLine { line, sku: sku(line), quantity: pieces(count) };
    shipment::Command::Request(shipment::Request {
        shipment: shipment_id(number),
        order: ORDER,
        group: 1,
        merchant: MERCHANT,
        mall: mall(),
        purpose,
        lines: lines.iter().map(line).collect(),
        recipient: Sealed("c2VhbGVk".into()),
        dispatch_due: minute(1_000),
        at: minute(2),
    })
}

/// What a shipment says: requested at minute 2, accepted 3, dispatched 4, delivered 5.
pub(crate) fn shipment_story(number: u128, purpose: Purpose, lines: &[(u16, u32)]) -> Vec<Recorded> {
    let dispatch = shipment::Dispatch {
        carrier: Text::new("post").unwrap(),
        tracking_number: Text::new("1").unwrap(),
        at: minute(4),
    };
    let track = shipment::Track {
        scan: Text::new("1").unwrap(),
        status: ScanStatus::Delivered,
        occurred_at: minute(5),
        at: minute(5),
    };
    let commands = [
        (2, request_shipment(number, purpose, lines)),
        (3, shipment::Command::Accept(shipment::Accept { at: minute(3) })),
        (4, shipment::Command::Dispatch(dispatch)),
        (5, shipment::Command::Track(track)),
    ];
    story::<shipment::Shipment>(&shipment_id(number), commands)
}

/// A command to the order.
pub(crate) fn to_order<T>(command: order::Command) -> Effect<T> {
    Effect::issue(Command::Order { order: ORDER, command })
}

/// A stock's command to give back what it kept for the order.
pub(crate) fn released(sku: SkuId, count: u32, at: Timestamp) -> Command {
    pieces::release(ORDER, Pieces { sku, quantity: pieces(count) }, at)
}

/// A stock's command to let go of what left.
pub(crate) fn committed(sku: SkuId, count: u32, at: Timestamp) -> Command {
    pieces::commit(ORDER, Pieces { sku, quantity: pieces(count) }, at)
}

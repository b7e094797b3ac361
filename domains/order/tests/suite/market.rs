//! A small market: one order of two merchants, and short ways to say what is asked of it.

use std::collections::BTreeSet;

use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, ShipmentId, SkuId};
use kernel::{Amount, Currency, MallId, Price, Quantity, Sealed, Text, Timestamp};
use order::command::{
    Cancel, CloseClaim, Command, CompleteClaim, Confirm, Deliver, Expire, HoldConfirmation, Lose, MarkPaid,
    OpenClaim, Place, Prepare, ReleaseHold, Ship, StartClaimRefund,
};
use order::value::{
    CancelReason, ClaimFee, ClaimKind, ClaimOutcome, ClaimablePieces, ConfirmedBy, DeliveryGroup, GroupNo,
    LineNo, LineQuantity, OrderLine, Source,
};
use uuid::Uuid;

pub(crate) fn at(minute: i64) -> Timestamp {
    chrono::DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

pub(crate) fn merchant(number: u128) -> MerchantId {
    MerchantId(Uuid::from_u128(0x3e0 + number))
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

pub(crate) fn shipment(number: u128) -> ShipmentId {
    ShipmentId(Uuid::from_u128(0x500 + number))
}

pub(crate) fn claim(number: u128) -> ClaimId {
    ClaimId(Uuid::from_u128(0xc00 + number))
}

pub(crate) fn payment(number: u128) -> PaymentId {
    PaymentId(Uuid::from_u128(0x900 + number))
}

pub(crate) fn line(number: u16, group: u16, pieces: u32, unit_price: i64) -> OrderLine {
    OrderLine {
        line: LineNo(number),
        group: GroupNo(group),
        merchant: merchant(u128::from(group)),
        product: ProductId(Uuid::from_u128(0xa00 + u128::from(number))),
        sku: SkuId(Uuid::from_u128(0xb00 + u128::from(number))),
        name: Text::new("Tangerines").unwrap(),
        options: vec![Text::new("Box: 5 kg").unwrap()],
        category: "food.fruit".into(),
        taxable: false,
        quantity: Quantity::new(pieces).unwrap(),
        unit_price: price(unit_price),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: Source::Exhibition { id: Text::new("winter").unwrap() },
    }
}

pub(crate) fn group(number: u16, fee: i64) -> DeliveryGroup {
    DeliveryGroup {
        group: GroupNo(number),
        merchant: merchant(u128::from(number)),
        fee: price(fee),
        surcharge: Price::ZERO,
        free_over: None,
        waived_fee: Price::ZERO,
        return_fee: price(3_000),
    }
}

/// An order of these lines and groups whose total is right.
pub(crate) fn place_of(lines: Vec<OrderLine>, groups: Vec<DeliveryGroup>) -> Place {
    let fees: Amount = groups.iter().map(|group| group.fee.amount()).sum();
    let total = lines.iter().map(OrderLine::paid).sum::<Amount>() + fees;
    Place {
        order: OrderId(Uuid::from_u128(1)),
        mall: MallId::new("seoul").unwrap(),
        currency: Currency::Krw,
        member: MemberId(Uuid::from_u128(2)),
        recipient: Some(Sealed("c2VhbGVk".into())),
        gift: None,
        memo: None,
        lines,
        groups,
        coupons: Vec::new(),
        limited: BTreeSet::new(),
        vat_rate: None,
        payment: payment(0),
        total,
        payment_due: at(30),
        confirm_after_days: 7,
        at: at(0),
    }
}

/// Line 1: three pieces at 10,000 with 1,000 and 500 off; line 2: two at 5,000; line 3: one at 7,000, elsewhere.
pub(crate) fn place() -> Place {
    let discounted =
        OrderLine { discount_merchant: won(1_000), discount_platform: won(500), ..line(1, 1, 3, 10_000) };
    let lines = vec![discounted, line(2, 1, 2, 5_000), line(3, 2, 1, 7_000)];
    place_of(lines, vec![group(1, 2_500), group(2, 0)])
}

pub(crate) fn placed() -> Vec<Command> {
    vec![Command::Place(place())]
}

pub(crate) fn paid() -> Vec<Command> {
    vec![Command::Place(place()), mark_paid(0, 1)]
}

/// Everything delivered with shipments 1 and 2.
pub(crate) fn delivered() -> Vec<Command> {
    and(paid(), [deliver(1, &[(1, 3), (2, 2)]), deliver(2, &[(3, 1)])])
}

pub(crate) fn and(past: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    past.into_iter().chain(more).collect()
}

pub(crate) fn of(lines: &[(u16, u32)]) -> Vec<LineQuantity> {
    let quantity = |pieces| Quantity::new(pieces).unwrap();
    lines
        .iter()
        .map(|(line, pieces)| LineQuantity { line: LineNo(*line), quantity: quantity(*pieces) })
        .collect()
}

pub(crate) fn mark_paid(by: u128, minute: i64) -> Command {
    Command::MarkPaid(MarkPaid { payment: payment(by), at: at(minute) })
}

pub(crate) fn expire(minute: i64) -> Command {
    Command::Expire(Expire { at: at(minute) })
}

pub(crate) fn cancel() -> Command {
    Command::Cancel(Cancel { reason: CancelReason::Shopper, at: at(2) })
}

pub(crate) fn prepare(number: u128, lines: &[(u16, u32)]) -> Command {
    Command::Prepare(Prepare { shipment: shipment(number), lines: of(lines), at: at(60) })
}

pub(crate) fn ship(number: u128, lines: &[(u16, u32)]) -> Command {
    Command::Ship(Ship { shipment: shipment(number), lines: of(lines), at: at(61) })
}

pub(crate) fn lose(number: u128, lines: &[(u16, u32)]) -> Command {
    Command::Lose(Lose { shipment: shipment(number), lines: of(lines), at: at(65) })
}

pub(crate) fn deliver(number: u128, lines: &[(u16, u32)]) -> Command {
    Command::Deliver(Deliver { shipment: shipment(number), lines: of(lines), at: at(62) })
}

pub(crate) fn confirm(lines: &[(u16, u32)], minute: i64) -> Command {
    Command::Confirm(Confirm { lines: Some(of(lines)), by: ConfirmedBy::Shopper, at: at(minute) })
}

pub(crate) fn confirm_all(by: ConfirmedBy, minute: i64) -> Command {
    Command::Confirm(Confirm { lines: None, by, at: at(minute) })
}

pub(crate) fn hold(until: Option<i64>) -> Command {
    Command::HoldConfirmation(HoldConfirmation { until: until.map(at), at: at(70) })
}

pub(crate) fn release() -> Command {
    Command::ReleaseHold(ReleaseHold { at: at(71) })
}

pub(crate) fn open(number: u128, kind: ClaimKind, lines: &[(u16, u32)]) -> Command {
    let pieces = ClaimablePieces::Unconfirmed;
    Command::OpenClaim(OpenClaim { claim: claim(number), kind, pieces, lines: of(lines), at: at(80) })
}

/// A return of confirmed pieces (직권 반품).
pub(crate) fn force(number: u128, lines: &[(u16, u32)]) -> Command {
    let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
    Command::OpenClaim(OpenClaim { claim: claim(number), kind, pieces, lines: of(lines), at: at(100) })
}

pub(crate) fn close(number: u128) -> Command {
    Command::CloseClaim(CloseClaim { claim: claim(number), outcome: ClaimOutcome::Withdrawn, at: at(81) })
}

/// The claim's refund starts, keeping and giving back so much of group 1's delivery fee.
pub(crate) fn refund(number: u128, deducted: i64, given_back: i64) -> Command {
    let fee =
        ClaimFee { group: GroupNo(1), deducted: won(deducted), given_back: won(given_back), owed: won(0) };
    let fees = if deducted == 0 && given_back == 0 { vec![] } else { vec![fee] };
    Command::StartClaimRefund(StartClaimRefund { claim: claim(number), fees, at: at(81) })
}

pub(crate) fn complete(number: u128) -> Command {
    Command::CompleteClaim(CompleteClaim { claim: claim(number), at: at(82) })
}

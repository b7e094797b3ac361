//! Short ways to say what is asked of orders, payments, shipments and claims. Amounts are won.

use std::collections::BTreeSet;

use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, RefundId, ShipmentId, SkuId};
use kernel::{Actor, Amount, Currency, MallId, Price, Quantity, Sealed, Text, Timestamp};
use order::command::Place;
use order::value::{DeliveryGroup, GroupNo, LineNo, LineQuantity, OrderLine, Source};
use payment::{Method, Tender, TenderNo};
use shipping::shipment::{Purpose, ShipmentLine};
use uuid::Uuid;

/// Nothing in an option may confuse how it travels to PostgreSQL.
pub(crate) const OPTION: &str = r#"Box: {5 kg}, "no \ waste""#;

pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

pub(crate) const fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(0x100 + number))
}

pub(crate) const fn merchant(number: u128) -> MerchantId {
    MerchantId(Uuid::from_u128(0x200 + number))
}

/// Orders differ in their first digits, as real ones do in time.
pub(crate) const fn order_id(number: u128) -> OrderId {
    OrderId(Uuid::from_u128((number << 120) + 0x300))
}

pub(crate) const fn payment_id(number: u128) -> PaymentId {
    PaymentId(Uuid::from_u128(0x400 + number))
}

pub(crate) const fn shipment_id(number: u128) -> ShipmentId {
    ShipmentId(Uuid::from_u128(0x500 + number))
}

pub(crate) const fn claim_id(number: u128) -> ClaimId {
    ClaimId(Uuid::from_u128(0x600 + number))
}

pub(crate) const fn refund_id(number: u128) -> RefundId {
    RefundId(Uuid::from_u128(0x700 + number))
}

pub(crate) fn sku(line: u16) -> SkuId {
    SkuId(Uuid::from_u128(0x800 + u128::from(line)))
}

pub(crate) fn mall() -> MallId {
    MallId::new("seoul").unwrap()
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn pieces(number: u32) -> Quantity {
    Quantity::new(number).unwrap()
}

pub(crate) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

pub(crate) fn shopper(number: u128) -> Actor {
    Actor::Shopper { member: member(number) }
}

pub(crate) fn seller(number: u128) -> Actor {
    Actor::Merchant { merchant: merchant(number) }
}

pub(crate) fn system() -> Actor {
    Actor::system("test")
}

fn line(number: u16, group: u16, quantity: u32, unit_price: i64) -> OrderLine {
    OrderLine {
        line: LineNo(number),
        group: GroupNo(group),
        merchant: merchant(u128::from(group)),
        product: ProductId(Uuid::from_u128(0x900 + u128::from(number))),
        sku: sku(number),
        name: text("제주 감귤"),
        options: vec![text(OPTION)],
        category: "food.fruit".into(),
        taxable: false,
        quantity: pieces(quantity),
        unit_price: price(unit_price),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: Source::Exhibition { id: text("winter") },
    }
}

fn group(number: u16, fee: i64) -> DeliveryGroup {
    DeliveryGroup {
        group: GroupNo(number),
        merchant: merchant(u128::from(number)),
        fee: price(fee),
        free_over: Some(price(50_000)),
        surcharge: Price::ZERO,
        waived_fee: Price::ZERO,
        return_fee: price(3_000),
    }
}

/// Line 1: three pieces at 10,000; line 2: two at 5,000; both of merchant 1, who charges 2,500 for delivery.
/// Line 3: one at 7,000 of merchant 2. 49,500 in all, due 30 minutes later.
pub(crate) fn place(order: u128, shopper: u128, minute: i64) -> Place {
    Place {
        order: order_id(order),
        mall: mall(),
        currency: Currency::Krw,
        member: member(shopper),
        recipient: Some(Sealed("c2VhbGVk".into())),
        gift: None,
        memo: None,
        lines: vec![line(1, 1, 3, 10_000), line(2, 1, 2, 5_000), line(3, 2, 1, 7_000)],
        groups: vec![group(1, 2_500), group(2, 0)],
        coupons: Vec::new(),
        payment: payment_id(order),
        total: Amount::from_minor(49_500),
        limited: BTreeSet::new(),
        vat_rate: None,
        payment_due: at(minute + 30),
        confirm_after_days: 7,
        at: at(minute),
    }
}

pub(crate) fn of(lines: &[(u16, u32)]) -> Vec<LineQuantity> {
    lines.iter().map(|(line, count)| LineQuantity { line: LineNo(*line), quantity: pieces(*count) }).collect()
}

pub(crate) fn request_payment(order: u128, shopper: u128, minute: i64) -> payment::Command {
    let amount = Amount::from_minor(49_500);
    payment::Command::Request(payment::Request {
        payment: payment_id(order),
        order: order_id(order),
        mall: mall(),
        currency: Currency::Krw,
        member: member(shopper),
        amount,
        tenders: vec![Tender { tender: TenderNo(1), method: Method::Card, amount, instalments: 1 }],
        expires_at: at(minute + 30),
        at: at(minute),
    })
}

/// A shipment of lines of one merchant's group of order 1.
pub(crate) fn request_shipment(
    number: u128,
    group: u16,
    purpose: Purpose,
    lines: &[(u16, u32)],
) -> shipping::shipment::Command {
    let line =
        |(line, count): &(u16, u32)| ShipmentLine { line: *line, sku: sku(*line), quantity: pieces(*count) };
    shipping::shipment::Command::Request(shipping::shipment::Request {
        shipment: shipment_id(number),
        order: order_id(1),
        group,
        merchant: merchant(u128::from(group)),
        mall: mall(),
        purpose,
        lines: lines.iter().map(line).collect(),
        recipient: Sealed("c2VhbGVk".into()),
        dispatch_due: at(2_000),
        at: at(100 + i64::try_from(number).unwrap()),
    })
}

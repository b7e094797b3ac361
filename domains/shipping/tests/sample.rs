//! Fixed values and short ways to write commands.

use kernel::id::{ClaimId, MerchantId, OrderId, ShipmentId, SkuId};
use kernel::{MallId, Price, Quantity, Sealed, Text, Timestamp};
use shipping::delivery_policy::{self, FeeRule, RemoteSurcharges};
use shipping::shipment::value::Head;
use shipping::shipment::{
    Accept, Cancel, CancelReason, Command, DelayReason, Dispatch, ExplainDelay, Purpose, Request, ScanStatus,
    ShipmentLine, Track,
};
use uuid::Uuid;

pub(crate) fn minute(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn merchant_id(number: u128) -> MerchantId {
    MerchantId(Uuid::from_u128(0x3000 + number))
}

pub(crate) fn mall(name: &str) -> MallId {
    MallId::new(name).unwrap()
}

pub(crate) fn set_body(fee: FeeRule) -> delivery_policy::Set {
    delivery_policy::Set {
        merchant: merchant_id(1),
        mall: mall("seoul"),
        fee,
        return_fee: price(2_500),
        remote_surcharges: RemoteSurcharges::default(),
        dispatch_days: 2,
        at: minute(0),
    }
}

pub(crate) fn set(fee: FeeRule) -> delivery_policy::Command {
    delivery_policy::Command::Set(set_body(fee))
}

pub(crate) fn free_over(threshold: i64) -> FeeRule {
    FeeRule::FreeOver { fee: price(3_000), threshold: price(threshold) }
}

pub(crate) fn line(number: u16, pieces: u32) -> ShipmentLine {
    ShipmentLine {
        line: number,
        sku: SkuId(Uuid::from_u128(0x4000 + u128::from(number))),
        quantity: Quantity::new(pieces).unwrap(),
    }
}

pub(crate) fn head() -> Head {
    Head {
        shipment: ShipmentId(Uuid::from_u128(0x1000)),
        order: OrderId(Uuid::from_u128(0x2000)),
        group: 1,
        merchant: merchant_id(1),
        mall: mall("seoul"),
        purpose: Purpose::Outbound,
        lines: vec![line(1, 2), line(2, 1)],
    }
}

pub(crate) fn return_pickup() -> Purpose {
    Purpose::ReturnPickup { claim: ClaimId(Uuid::from_u128(0x6000)) }
}

pub(crate) fn request_body() -> Request {
    let head = head();
    Request {
        shipment: head.shipment,
        order: head.order,
        group: head.group,
        merchant: head.merchant,
        mall: head.mall,
        purpose: head.purpose,
        lines: head.lines,
        recipient: Sealed("c2VhbGVk".to_owned()),
        dispatch_due: minute(1_000),
        at: minute(0),
    }
}

pub(crate) fn request() -> Command {
    Command::Request(request_body())
}

pub(crate) fn accept() -> Command {
    Command::Accept(Accept { at: minute(1) })
}

pub(crate) fn dispatch(tracking_number: &str) -> Command {
    Command::Dispatch(Dispatch {
        carrier: Text::new("cj").unwrap(),
        tracking_number: Text::new(tracking_number).unwrap(),
        at: minute(2),
    })
}

pub(crate) fn explain(text: &str) -> Command {
    Command::ExplainDelay(ExplainDelay {
        reason_code: DelayReason::HighDemand,
        text: Text::new(text).unwrap(),
        at: minute(3),
    })
}

pub(crate) fn cancel() -> Command {
    Command::Cancel(Cancel { reason: CancelReason::OrderCancelled, at: minute(4) })
}

/// A scan that happened at that minute, and was learned ten minutes after.
pub(crate) fn scan(name: &str, status: ScanStatus, at: i64) -> Command {
    let scan = Text::new(name).unwrap();
    Command::Track(Track { scan, status, occurred_at: minute(at), at: minute(at + 10) })
}

/// Requested and dispatched.
pub(crate) fn dispatched() -> Vec<Command> {
    vec![request(), dispatch("1234")]
}

pub(crate) fn with(mut history: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    history.extend(more);
    history
}

pub(crate) fn remote(jeju: i64, island: i64) -> RemoteSurcharges {
    RemoteSurcharges { jeju: price(jeju), island: price(island) }
}

//! The rules of shipments that may change, each with a name and a reason.

use super::value::{ScanStatus, Status};

/// Most lines of one shipment.
pub const MAX_LINES: usize = 100;
/// Most scans of one shipment.
pub const MAX_SCANS: usize = 500;
/// Of these, kept free for scans that move the shipment on (there are six places to move to), so that a chatty
/// carrier can't keep a parcel from being delivered.
pub const SCANS_KEPT_FOR_MOVES: usize = 6;
/// Most explanations of one late dispatch.
pub const MAX_EXPLANATIONS: usize = 20;

/// How far along the way a dispatched shipment is; a scan only ever raises it. Delivered stands last: what was
/// handed over stays so, and what was thought lost or sent back may still arrive.
pub const fn progress(status: Status) -> u8 {
    match status {
        Status::Absent | Status::Requested | Status::Accepted | Status::Cancelled => 0,
        Status::Dispatched => 1,
        Status::InTransit => 2,
        Status::OutForDelivery => 3,
        Status::DeliveryFailed => 4,
        Status::Lost => 5,
        Status::ReturnedToSender => 6,
        Status::Delivered => 7,
    }
}

/// Where a scan says that the shipment is; none for a mere note.
pub const fn place(scan: ScanStatus) -> Option<Status> {
    match scan {
        ScanStatus::PickedUp | ScanStatus::InTransit => Some(Status::InTransit),
        ScanStatus::OutForDelivery => Some(Status::OutForDelivery),
        ScanStatus::Delivered => Some(Status::Delivered),
        ScanStatus::Delayed => None,
        ScanStatus::DeliveryFailed => Some(Status::DeliveryFailed),
        ScanStatus::Lost => Some(Status::Lost),
        ScanStatus::ReturnedToSender => Some(Status::ReturnedToSender),
    }
}

//! What an application service or a test may read of a shipment. Never here: a change, a decision.

use kernel::id::{MerchantId, OrderId, ShipmentId};
use kernel::{MallId, Sealed, Timestamp};

use super::{Explanation, Known, Parcel, Standing, State};
use crate::shipment::value::{Head, Purpose, ShipmentLine, Status};

impl State {
    /// Where the shipment stands.
    pub fn status(&self) -> Status {
        self.get().map_or(Status::Absent, Known::status)
    }

    /// The shipment's id.
    pub fn shipment(&self) -> Option<ShipmentId> {
        self.head().map(|head| head.shipment)
    }

    /// The order it belongs to.
    pub fn order(&self) -> Option<OrderId> {
        self.head().map(|head| head.order)
    }

    /// The delivery group within the order.
    pub fn group(&self) -> Option<u16> {
        self.head().map(|head| head.group)
    }

    /// Who sends it, or gets it back.
    pub fn merchant(&self) -> Option<MerchantId> {
        self.head().map(|head| head.merchant)
    }

    /// The mall of the order.
    pub fn mall(&self) -> Option<&MallId> {
        self.head().map(|head| &head.mall)
    }

    /// Why the goods travel.
    pub fn purpose(&self) -> Option<Purpose> {
        self.head().map(|head| head.purpose)
    }

    /// What is in it.
    pub fn lines(&self) -> &[ShipmentLine] {
        self.head().map_or(&[], |head| &head.lines)
    }

    /// Name, phone and address, sealed.
    pub fn recipient(&self) -> Option<&Sealed> {
        self.get().map(|known| &known.request.recipient)
    }

    /// When it has to be dispatched.
    pub fn dispatch_due(&self) -> Option<Timestamp> {
        self.get().map(|known| known.request.dispatch_due)
    }

    /// The parcel, once dispatched.
    pub fn parcel(&self) -> Option<&Parcel> {
        match &self.get()?.standing {
            Standing::Dispatched(parcel) => Some(parcel),
            Standing::Requested | Standing::Accepted | Standing::Cancelled => None,
        }
    }

    /// Why the dispatch is late, as last explained.
    pub fn explanation(&self) -> Option<&Explanation> {
        self.get().and_then(|known| known.explanation.as_ref())
    }

    fn head(&self) -> Option<&Head> {
        self.get().map(|known| &known.request.head)
    }

    fn get(&self) -> Option<&Known> {
        self.known().ok()
    }
}

impl Known {
    /// Where the shipment stands.
    pub fn status(&self) -> Status {
        match &self.standing {
            Standing::Requested => Status::Requested,
            Standing::Accepted => Status::Accepted,
            Standing::Dispatched(parcel) => parcel.status,
            Standing::Cancelled => Status::Cancelled,
        }
    }
}

impl Parcel {
    /// How many scans are kept.
    pub fn scans(&self) -> usize {
        self.scans.len()
    }
}

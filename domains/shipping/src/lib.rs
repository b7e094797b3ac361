//! The shipping context (배송): what a merchant charges for delivery, and where each parcel is.
//!
//! [`DeliveryPolicy`], one per merchant and mall: `default ──Set──▶ set ──Set──▶ …`; a change never touches a placed order.
//!
//! [`Shipment`], one parcel of one delivery group (배송 묶음), outbound or a return pick-up (회수):
//!
//! ```text
//!   Absent ─Request─▶ Requested ─Accept─▶ Accepted ─Dispatch─▶ Dispatched ─Track─▶ the carrier's scans:
//!                         │    (발주확인)     │      (송장 등록)
//!                         └───── Cancel ─────┴─▶ Cancelled      Dispatch from Requested accepts by itself
//!
//!   InTransit < OutForDelivery < DeliveryFailed < Lost < ReturnedToSender < Delivered
//! ```
//!
//! A scan moves a shipment only to the right; what comes late, twice or out of order is kept as history. So the same
//! scans end in the same place, in whatever order they come. `Delayed` is a note, not a place. For a return
//! pick-up, Delivered means arrived at the merchant. Never here: a call to a carrier, a plain address, a clock, stock.

pub mod delivery_policy;
pub mod remote_area;
pub mod shipment;

pub use delivery_policy::DeliveryPolicy;
pub use remote_area::{RemoteArea, RemoteAreas, RemoteAreasError, RemoteRange};
pub use shipment::Shipment;

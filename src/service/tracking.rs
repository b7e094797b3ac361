//! Scans: what carriers tell of parcels, by number, and what a merchant tells of those it delivers itself.
//!
//! Never here: what a scan moves; the shipment says that, and keeps late and repeated ones from moving it back.

use std::time::Duration;

use chrono::TimeDelta;
use eventstore::{Context, Outcome, Seq};
use kernel::id::{CommandId, ShipmentId};
use kernel::{Rejection, RejectionKind, Text, Timestamp};
use projections::Projection;
use projections::checkpoint;
use projections::deliveries::{self, Deliveries, ShipmentView};
use shipping::shipment::command::Track;
use shipping::shipment::value::{ScanId, ScanStatus};
use shipping::shipment::{Command, Shipment};

use super::ownership::Own;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::ids;

/// How far a scan's time may lie ahead of ours: clocks differ.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(10);
/// How long a merchant may wait before it tells of its own delivery: from then on the shopper's days to return count.
const OWN_SCAN_AGE_MAX: TimeDelta = TimeDelta::days(1);
/// Carriers use their numbers again; parcels that left within these days of the last one travel with it.
const SAME_JOURNEY: TimeDelta = TimeDelta::days(30);
/// How long a parcel just dispatched is waited for before a carrier hears that there is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was seen of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The id that the teller gave it; the same id is the same scan.
    pub scan: ScanId,
    /// What it says.
    pub status: ScanStatus,
    /// When it was seen.
    pub occurred_at: Timestamp,
}

/// Why a scan isn't believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanRefusal {
    /// Nobody has seen it yet.
    #[error("a scan tells of the past: its time lies ahead")]
    Ahead,
    /// A merchant tells too late.
    #[error("tell of your own delivery within a day")]
    TooOld,
}

impl Rejection for ScanRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Ahead => "scan_ahead",
            Self::TooOld => "scan_too_old",
        }
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Invalid
    }
}

impl App {
    /// Records what a merchant saw of a shipment that it delivers itself.
    pub async fn track_own_shipment(
        &self,
        context: &Context,
        own: Own<ShipmentId>,
        scan: Scan,
    ) -> Result<Outcome, ServiceError> {
        self.owned::<Shipment>(&own).await?;
        if let Some(outcome) = self.log.replay::<Shipment>(context, &own.id).await? {
            return Ok(outcome);
        }
        check_ahead(&scan, context.at)?;
        if context.at - scan.occurred_at > OWN_SCAN_AGE_MAX {
            return Err(ServiceError::refused(ScanRefusal::TooOld));
        }
        self.act::<Shipment>(context, &own, track(scan, context.at)).await
    }

    /// Records what a carrier saw, for every parcel that travels under that number; the position of the last.
    pub async fn track_parcels(
        &self,
        context: &Context,
        carrier: &Text<40>,
        tracking_number: &Text<60>,
        scan: &Scan,
    ) -> Result<Seq, ServiceError> {
        check_ahead(scan, context.at)?;
        let mut last = Seq(0);
        for shipment in self.parcels(carrier, tracking_number).await? {
            // One name for one scan of one parcel, however often it is told.
            let name = ids::derived(&["scan", &shipment.to_string(), scan.scan.as_str()]);
            let context = Context { command_id: CommandId(name), request: None, ..context.clone() };
            let track = track(scan.clone(), context.at);
            let outcome = self.log.execute::<Shipment>(&context, &shipment, track).await?;
            last = last.max(outcome.position);
        }
        Ok(last)
    }

    /// The parcels under way with that number. One just dispatched may not have reached the read model yet.
    async fn parcels(
        &self,
        carrier: &Text<40>,
        tracking_number: &Text<60>,
    ) -> Result<Vec<ShipmentId>, ServiceError> {
        let (carrier, number) = (carrier.as_str(), tracking_number.as_str());
        let mut found = deliveries::by_tracking(&self.pool, carrier, number).await?;
        if found.is_empty() {
            let head = self.log.head().await?;
            checkpoint::wait_for(&self.pool, Deliveries::NAME, head, PATIENCE).await?;
            found = deliveries::by_tracking(&self.pool, carrier, number).await?;
        }
        let last = found.first().and_then(left_at).ok_or(Refusal::NotFound("parcel"))?;
        let travels_with =
            |parcel: &&ShipmentView| left_at(parcel).is_some_and(|at| last - at <= SAME_JOURNEY);
        Ok(found.iter().filter(travels_with).map(|parcel| ShipmentId(parcel.shipment)).collect())
    }
}

fn check_ahead(scan: &Scan, now: Timestamp) -> Result<(), ServiceError> {
    if scan.occurred_at > now + AHEAD_MAX {
        return Err(ServiceError::refused(ScanRefusal::Ahead));
    }
    Ok(())
}

fn track(scan: Scan, at: Timestamp) -> Command {
    let Scan { scan, status, occurred_at } = scan;
    Command::Track(Track { scan, status, occurred_at, at })
}

const fn left_at(parcel: &ShipmentView) -> Option<Timestamp> {
    parcel.dispatched_at
}

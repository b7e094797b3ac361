//! How each event changes a shipment. Total: no event fails, none decides.

use std::collections::BTreeSet;

use super::{Explanation, Known, Parcel, Standing, State};
use crate::shipment::event::{DispatchDelayed, Dispatched, Event, Requested, ScanRecorded};
use crate::shipment::value::Status;

impl State {
    /// Folds one event.
    pub(crate) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Requested(body) => Self::Known(Box::new(Known::new(body))),
            Event::Accepted(_) => self.with(|known| known.standing = Standing::Accepted),
            Event::Dispatched(body) => {
                self.with(|known| known.standing = Standing::Dispatched(Parcel::new(body)))
            }
            Event::ScanRecorded(body) => self.with(|known| known.scan(body)),
            Event::Delivered(_) => self.with(|known| known.stand(Status::Delivered)),
            Event::Lost(_) => self.with(|known| known.stand(Status::Lost)),
            Event::ReturnedToSender(_) => self.with(|known| known.stand(Status::ReturnedToSender)),
            Event::DispatchDelayed(body) => self.with(|known| known.explain(body)),
            Event::Cancelled(_) => self.with(|known| known.standing = Standing::Cancelled),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Known)) -> Self {
        if let Self::Known(known) = &mut self {
            change(known);
        }
        self
    }
}

impl Known {
    fn new(request: &Requested) -> Self {
        Self { request: request.clone(), standing: Standing::Requested, explanation: None, explanations: 0 }
    }

    fn scan(&mut self, body: &ScanRecorded) {
        if let Standing::Dispatched(parcel) = &mut self.standing {
            parcel.scans.insert(body.scan.clone());
            parcel.status = body.shipment_status;
            parcel.last_seen_at = parcel.last_seen_at.max(Some(body.occurred_at));
        }
    }

    fn stand(&mut self, status: Status) {
        if let Standing::Dispatched(parcel) = &mut self.standing {
            parcel.status = status;
        }
    }

    fn explain(&mut self, body: &DispatchDelayed) {
        self.explanation = Some(Explanation { reason_code: body.reason_code, text: body.text.clone() });
        self.explanations = self.explanations.saturating_add(1);
    }
}

impl Parcel {
    fn new(body: &Dispatched) -> Self {
        Self {
            carrier: body.carrier.clone(),
            tracking_number: body.tracking_number.clone(),
            status: Status::Dispatched,
            scans: BTreeSet::new(),
            last_seen_at: None,
        }
    }
}

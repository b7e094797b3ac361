//! A delivery group as it stands: what of it is still to be sent, and what its shipments hold of that.
//!
//! The order is read before its shipments. So a piece that leaves in between is counted on both sides, and none is
//! missed. Never here: what is done about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use claim::Claim;
use claim::state::Phase;
use eventstore::{Seq, StreamName};
use kernel::Quantity;
use kernel::id::{ClaimId, OrderId, ShipmentId};
use order::Order;
use order::state::{ClaimStatus, Stage};
use order::value::{ClaimKind, GroupNo};
use shipping::shipment::value::{ShipmentLine, Status};
use shipping::shipment::{self, Shipment};

use super::{MAX_TRIES, nth_shipment_id};
use crate::app::App;
use crate::service::ServiceError;

/// Pieces by the number of their line.
type Pieces = BTreeMap<u16, u32>;

/// A delivery group, its order, and the shipments that were ever planned for it.
pub(super) struct Group {
    /// The order, as it was just before the shipments.
    pub(super) order: Arc<order::State>,
    pub(super) number: GroupNo,
    waiting: Vec<Waiting>,
    left: Pieces,
    /// What approved cancels hold, each with the position of its approval.
    called_off: Vec<(Seq, Pieces)>,
}

/// A shipment that can still be called off.
struct Waiting {
    shipment: ShipmentId,
    accepted: bool,
    pieces: Pieces,
}

impl App {
    /// A delivery group as it stands now.
    pub(super) async fn group(&self, order: OrderId, number: GroupNo) -> Result<Group, ServiceError> {
        let state = self.log.read_latest::<Order>(&order).await?.state;
        let mut group = Group::without_shipments(state, number);
        for plan in group.plans() {
            for number_of_try in 0..MAX_TRIES {
                let id = nth_shipment_id(order, number.0, plan, number_of_try);
                let shipment = self.log.read_latest::<Shipment>(&id).await?.state;
                if shipment.status() == Status::Absent {
                    break;
                }
                group.count(id, &shipment);
            }
        }
        // One that the merchant hasn't seen is called off first.
        group.waiting.sort_by_key(|waiting| waiting.accepted);
        for claim in group.open_cancels() {
            self.count_called_off(&mut group, claim).await?;
        }
        Ok(group)
    }

    /// A cancel that was approved has its shipments called off, or will have; one that waits for its answer will look for
    /// them when it has it.
    async fn count_called_off(&self, group: &mut Group, claim: ClaimId) -> Result<(), ServiceError> {
        let phase = self.log.read_latest::<Claim>(&claim).await?.state.phase();
        if matches!(phase, Some(Phase::Approved | Phase::Refunding { .. } | Phase::Completed { .. })) {
            let lines = group.order.claims().get(&claim).map_or(&[][..], |claim| claim.lines.as_slice());
            let mut pieces = Pieces::new();
            for line in lines.iter().filter(|line| line.group == group.number) {
                add(&mut pieces, line.line.0, line.quantity.get());
            }
            group.called_off.push((self.approval_of(claim).await?, pieces));
        }
        Ok(())
    }

    /// Where a cancel was approved.
    async fn approval_of(&self, claim: ClaimId) -> Result<Seq, ServiceError> {
        let commits = self.log.store().load_latest(&StreamName::of::<Claim>(&claim), Seq(0)).await?;
        for commit in &commits {
            let events = commit.events_of::<Claim>()?.unwrap_or_default();
            if events.iter().any(|event| matches!(event, claim::Event::Approved(_))) {
                return Ok(commit.seq);
            }
        }
        Ok(Seq(0))
    }
}

impl Group {
    /// A group whose shipments, if it has any, are left out.
    pub(super) fn without_shipments(order: Arc<order::State>, number: GroupNo) -> Self {
        let (waiting, left, called_off) = Default::default();
        Self { order, number, waiting, left, called_off }
    }

    /// Whether anything of it was ever to be cancelled.
    pub(super) fn has_cancels(&self) -> bool {
        self.cancels(|_| true).next().is_some()
    }

    /// What shipments were planned for: the order, and each of its cancels on this group.
    fn plans(&self) -> Vec<Option<ClaimId>> {
        std::iter::once(None).chain(self.cancels(|_| true).map(Some)).collect()
    }

    fn open_cancels(&self) -> Vec<ClaimId> {
        self.cancels(|status| matches!(status, ClaimStatus::Open | ClaimStatus::Refunding)).collect()
    }

    fn cancels(&self, which: impl Fn(ClaimStatus) -> bool) -> impl Iterator<Item = ClaimId> {
        let of_group = move |claim: &order::state::Claim| {
            claim.kind == ClaimKind::Cancel
                && which(claim.status)
                && claim.lines.iter().any(|line| line.group == self.number)
        };
        self.order.claims().iter().filter(move |(_, claim)| of_group(claim)).map(|(id, _)| *id)
    }

    fn count(&mut self, id: ShipmentId, shipment: &shipment::State) {
        let pieces: Pieces = shipment.lines().iter().map(|line| (line.line, line.quantity.get())).collect();
        match shipment.status() {
            Status::Requested | Status::Accepted => {
                let accepted = shipment.status() == Status::Accepted;
                self.waiting.push(Waiting { shipment: id, accepted, pieces });
            }
            Status::Absent | Status::Cancelled => {}
            Status::Dispatched
            | Status::InTransit
            | Status::OutForDelivery
            | Status::DeliveryFailed
            | Status::Lost
            | Status::ReturnedToSender
            | Status::Delivered => {
                let known = self.order.shipments().get(&id).is_some_and(|seen| seen.stage >= Stage::Shipped);
                for (line, count) in pieces.into_iter().filter(|_| !known) {
                    add(&mut self.left, line, count);
                }
            }
        }
    }

    /// The pieces that no claim holds and no shipment has.
    pub(super) fn unplanned(&self) -> Vec<ShipmentLine> {
        let of_group = self.order.lines().filter(|(placed, _)| placed.group == self.number);
        let pieces = of_group.filter_map(|(placed, line)| {
            let free = line.free();
            let free = free.ordered.saturating_add(free.preparing);
            let quantity = Quantity::new(free.saturating_sub(self.planned(placed.line.0))).ok()?;
            Some(ShipmentLine { line: placed.line.0, sku: placed.sku, quantity })
        });
        pieces.collect()
    }

    /// Whether a shipment waits, and with one of its lines more pieces would be sent than might be when it was planned.
    /// Cancels that were approved later look for it themselves.
    pub(super) fn is_too_much(&self, shipment: ShipmentId, planned: Seq) -> bool {
        let held = self.waiting.iter().find(|waiting| waiting.shipment == shipment);
        let over = |line: &u16| self.planned(*line) > self.sendable_by(*line, planned);
        held.is_some_and(|held| held.pieces.keys().any(over))
    }

    /// Whether pieces of one of these lines left that may not be sent.
    pub(super) fn has_left(&self, lines: &[u16]) -> bool {
        lines.iter().any(|line| of(&self.left, *line) > self.sendable(*line))
    }

    /// The shipments to call off so that of none of these lines more is sent than may be.
    pub(super) fn to_call_off(&self, lines: &[u16]) -> Vec<ShipmentId> {
        let over = |line: u16| self.planned(line).saturating_sub(self.sendable(line));
        let mut over: Pieces = lines.iter().map(|line| (*line, over(*line))).collect();
        let mut found = Vec::new();
        for waiting in &self.waiting {
            if waiting.pieces.keys().any(|line| of(&over, *line) > 0) {
                found.push(waiting.shipment);
                for (line, count) in &waiting.pieces {
                    over.entry(*line).and_modify(|over| *over = over.saturating_sub(*count));
                }
            }
        }
        found
    }

    /// The pieces of a line that are in a shipment, as far as the order doesn't know that they left.
    fn planned(&self, line: u16) -> u32 {
        let waiting = self.waiting.iter().map(|waiting| of(&waiting.pieces, line));
        waiting.fold(of(&self.left, line), u32::saturating_add)
    }

    /// The pieces of a line that haven't left and that no approved cancel holds.
    fn sendable(&self, line: u16) -> u32 {
        self.sendable_by(line, Seq(u64::MAX))
    }

    /// The same, but for cancels that were not approved by then.
    fn sendable_by(&self, line: u16, position: Seq) -> u32 {
        let approved = self.called_off.iter().filter(|(approval, _)| *approval < position);
        let called_off = approved.fold(0_u32, |sum, (_, pieces)| sum.saturating_add(of(pieces, line)));
        let placed = self.order.lines().find(|(placed, _)| placed.line.0 == line);
        placed.map_or(0, |(_, pieces)| {
            let buckets = pieces.buckets();
            buckets.ordered.saturating_add(buckets.preparing).saturating_sub(called_off)
        })
    }
}

fn of(pieces: &Pieces, line: u16) -> u32 {
    pieces.get(&line).copied().unwrap_or_default()
}

fn add(pieces: &mut Pieces, line: u16, count: u32) {
    let sum = pieces.entry(line).or_default();
    *sum = sum.saturating_add(count);
}

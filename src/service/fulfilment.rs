//! Getting goods to the shopper and back: which shipments an order needs, calling them off, having returns fetched.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use claim::Claim;
use eventstore::{Batch, Context};
use kernel::id::{ClaimId, OrderId, ShipmentId};
use kernel::{Quantity, Sealed};
use order::Order;
use order::value::GroupNo;
use shipping::DeliveryPolicy;
use shipping::delivery_policy::PolicyId;
use shipping::shipment::value::{CancelReason, Purpose, ShipmentLine, Status};
use shipping::shipment::{self, Shipment};

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::ids;

/// The shipment of a delivery group, as first planned or as planned anew after a claim.
pub fn shipment_id(order: OrderId, group: u16, replanned_for: Option<ClaimId>) -> ShipmentId {
    let plan = replanned_for.map_or_else(|| "first".to_owned(), |claim| claim.to_string());
    ShipmentId(ids::derived(&["shipment", &order.to_string(), &group.to_string(), &plan]))
}

/// The n-th pick-up of a return.
pub fn pickup_id(claim: ClaimId, number: usize) -> ShipmentId {
    ShipmentId(ids::derived(&["pickup", &claim.to_string(), &number.to_string()]))
}

impl App {
    /// Asks each merchant of a paid order to send what is still to be sent; after a claim, of its groups only.
    pub async fn request_shipments(
        &self,
        context: &Context,
        order: OrderId,
        replanned_for: Option<ClaimId>,
    ) -> Result<(), ServiceError> {
        let groups = match replanned_for {
            Some(claim) => Some(self.groups_of(claim).await?),
            None => None,
        };
        let state = self.log.read_latest::<Order>(&order).await?.state;
        for group in state.groups() {
            if groups.as_ref().is_none_or(|groups| groups.contains(&group.group.0)) {
                self.request_shipment(context, &state, group.group, replanned_for).await?;
            }
        }
        Ok(())
    }

    async fn groups_of(&self, claim: ClaimId) -> Result<Vec<u16>, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        Ok(state.lines().iter().map(|line| line.group).collect())
    }

    async fn request_shipment(
        &self,
        context: &Context,
        state: &order::State,
        group: GroupNo,
        replanned_for: Option<ClaimId>,
    ) -> Result<(), ServiceError> {
        let lines = still_to_send(state, group);
        let (Some(placed), Some(group)) = (state.placed(), state.group(group)) else { return Ok(()) };
        if lines.is_empty() {
            return Ok(());
        }
        let policy = PolicyId { merchant: group.merchant, mall: placed.mall.clone() };
        let policy = self.log.read::<DeliveryPolicy>(&policy).await?.state;
        let shipment = shipment_id(placed.order, group.group.0, replanned_for);
        let request = shipment::command::Request {
            shipment,
            order: placed.order,
            group: group.group.0,
            merchant: group.merchant,
            mall: placed.mall.clone(),
            purpose: Purpose::Outbound,
            lines,
            recipient: placed.recipient.clone(),
            dispatch_due: context.at + TimeDelta::days(i64::from(policy.dispatch_days())),
            at: context.at,
        };
        let batch = Batch::new().create::<Shipment>(&shipment, shipment::Command::Request(request));
        self.log.commit(context, batch).await?;
        Ok(())
    }

    /// Calls off the shipments that hold a cancelled claim's pieces; refused when they have left.
    pub async fn stop_shipments(&self, context: &Context, claim: ClaimId) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let order = state.order().ok_or(Refusal::NotFound("claim"))?;
        let mut groups: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
        for line in state.lines() {
            groups.entry(line.group).or_default().push(line.line);
        }
        for (group, lines) in groups {
            self.stop_group(context, order, group, &lines).await?;
        }
        Ok(())
    }

    async fn stop_group(
        &self,
        context: &Context,
        order: OrderId,
        group: u16,
        lines: &[u16],
    ) -> Result<(), ServiceError> {
        let claims = self.log.read::<Order>(&order).await?.state.claims().keys().copied().collect::<Vec<_>>();
        let plans = std::iter::once(None).chain(claims.into_iter().map(Some));
        let mut has_left = false;
        for plan in plans {
            let id = shipment_id(order, group, plan);
            let shipment = self.log.read_latest::<Shipment>(&id).await?.state;
            let holds = shipment.lines().iter().any(|line| lines.contains(&line.line));
            match shipment.status() {
                Status::Requested | Status::Accepted if holds => {
                    let cancel =
                        shipment::command::Cancel { reason: CancelReason::OrderCancelled, at: context.at };
                    let command = shipment::Command::Cancel(cancel);
                    self.log.execute::<Shipment>(context, &id, command).await?;
                    return Ok(());
                }
                Status::Absent | Status::Cancelled | Status::Requested | Status::Accepted => {}
                Status::Dispatched
                | Status::InTransit
                | Status::OutForDelivery
                | Status::DeliveryFailed
                | Status::Lost
                | Status::ReturnedToSender
                | Status::Delivered => has_left |= holds,
            }
        }
        if has_left { Err(Refusal::AlreadyDispatched.into()) } else { Ok(()) }
    }

    /// Has a return's goods fetched (회수).
    pub async fn request_pickup(&self, context: &Context, claim: ClaimId) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let case = state.case().ok_or(Refusal::NotFound("claim"))?;
        let placed = self.log.read::<Order>(&case.subject().order).await?.state;
        let recipient = placed.placed().map(|placed| placed.recipient.clone());
        let shipment = pickup_id(claim, case.pickups().len());
        let request = pickup(case, shipment, recipient, context).ok_or(Refusal::NotFound("claim"))?;
        let note = claim::command::RequestPickup { shipment, at: context.at };
        let batch = Batch::new()
            .create::<Shipment>(&shipment, shipment::Command::Request(request))
            .with::<Claim>(&claim, claim::Command::RequestPickup(note));
        self.log.commit(context, batch).await?;
        Ok(())
    }
}

/// The days a pick-up may take to be fetched.
const PICKUP_DAYS: i64 = 3;

fn pickup(
    case: &claim::state::Case,
    shipment: ShipmentId,
    recipient: Option<Sealed>,
    context: &Context,
) -> Option<shipment::command::Request> {
    let subject = case.subject();
    let first = case.lines().first()?;
    let piece = |line: &claim::value::ClaimLine| ShipmentLine {
        line: line.line,
        sku: line.sku,
        quantity: line.quantity,
    };
    Some(shipment::command::Request {
        shipment,
        order: subject.order,
        group: first.group,
        merchant: first.merchant,
        mall: subject.mall.clone(),
        purpose: Purpose::ReturnPickup { claim: subject.claim },
        lines: case.lines().iter().map(piece).collect(),
        recipient: recipient?,
        dispatch_due: context.at + TimeDelta::days(PICKUP_DAYS),
        at: context.at,
    })
}

/// The pieces of a group that have not left and that no claim holds.
fn still_to_send(state: &order::State, group: GroupNo) -> Vec<ShipmentLine> {
    let of_group = state.lines().filter(|(placed, _)| placed.group == group);
    let pieces = of_group.filter_map(|(placed, line)| {
        let free = line.free();
        let quantity = Quantity::new(free.ordered.saturating_add(free.preparing)).ok()?;
        Some(ShipmentLine { line: placed.line.0, sku: placed.sku, quantity })
    });
    pieces.collect()
}

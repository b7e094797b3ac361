//! Getting goods to the shopper and back: which shipments an order needs, calling them off, having returns fetched.

mod group;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use claim::Claim;
use claim::state::Phase;
use eventstore::{Batch, CommandError, Context, Outcome, Seq, StreamName};
use kernel::id::{ClaimId, OrderId, ShipmentId};
use kernel::{Rejection as _, Sealed};
use order::Order;
use order::value::GroupNo;
use shipping::DeliveryPolicy;
use shipping::delivery_policy::PolicyId;
use shipping::shipment::value::{CancelReason, Purpose, ShipmentLine, Status};
use shipping::shipment::{self, Shipment};

use self::group::Group;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::ids;

/// How often a group's shipment is planned anew because the order changed meanwhile.
const MAX_TRIES: u32 = 16;

/// The shipment of a delivery group, as first planned or as planned anew after a claim.
pub fn shipment_id(order: OrderId, group: u16, replanned_for: Option<ClaimId>) -> ShipmentId {
    let plan = replanned_for.map_or_else(|| "first".to_owned(), |claim| claim.to_string());
    ShipmentId(ids::derived(&["shipment", &order.to_string(), &group.to_string(), &plan]))
}

/// A plan's shipment of a group; from the second try on, because the former one came too late to be right.
fn nth_shipment_id(order: OrderId, group: u16, plan: Option<ClaimId>, number: u32) -> ShipmentId {
    let first = shipment_id(order, group, plan);
    let again = || ShipmentId(ids::derived(&["shipment", &first.to_string(), &number.to_string()]));
    if number == 0 { first } else { again() }
}

/// A shipment's beginning and end, if it has one.
struct Course {
    planned: Seq,
    called_off: Option<CancelReason>,
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
        // Where an order goes never changes. A cancel that isn't known here is seen after the request.
        let known = self.log.read::<Order>(&order).await?.state;
        let state = if replanned_for.is_none() && known.recipient().is_some() {
            known
        } else {
            self.log.read_latest::<Order>(&order).await?.state
        };
        let wanted = |group: &GroupNo| groups.as_ref().is_none_or(|groups| groups.contains(&group.0));
        for number in state.groups().iter().map(|group| group.group).filter(wanted) {
            let is_done = replanned_for.is_none()
                && self
                    .request_only(context, order, &Group::without_shipments(state.clone(), number))
                    .await?;
            if !is_done {
                self.request_group(context, order, number, replanned_for).await?;
            }
        }
        Ok(())
    }

    /// Requests the only shipment that a group has as long as nothing of it is cancelled. Says whether that was all: not
    /// where a cancel came in between, or something else stands in the shipment's place.
    async fn request_only(
        &self,
        context: &Context,
        order: OrderId,
        group: &Group,
    ) -> Result<bool, ServiceError> {
        if group.has_cancels() {
            return Ok(false);
        }
        let shipment = shipment_id(order, group.number.0, None);
        match self.request_unplanned(context, order, shipment, group).await {
            Err(ServiceError::Command(CommandError::Rejected(reason)))
                if reason.code() == shipment::Rejection::AlreadyRequested.code() =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
            Ok(_) => {
                let now = self.log.read_latest::<Order>(&order).await?.state;
                Ok(!Group::without_shipments(now, group.number).has_cancels())
            }
        }
    }

    async fn groups_of(&self, claim: ClaimId) -> Result<BTreeSet<u16>, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        Ok(state.lines().iter().map(|line| line.group).collect())
    }

    /// Plans what no shipment of a group has yet, and looks again: a cancel approved meanwhile has looked for shipments
    /// before this one was there, and another plan may have been as fast.
    async fn request_group(
        &self,
        context: &Context,
        order: OrderId,
        group: GroupNo,
        plan: Option<ClaimId>,
    ) -> Result<(), ServiceError> {
        for number in 0..MAX_TRIES {
            let shipment = nth_shipment_id(order, group.0, plan, number);
            let context = if number == 0 { context.clone() } else { context.step(&format!("try/{number}")) };
            if !self.request_shipment(&context, order, group, shipment).await? {
                return Ok(());
            }
            let Course { planned, called_off } = self.course(shipment).await?;
            match called_off {
                Some(CancelReason::Replanned) => {}
                None if self.group(order, group).await?.is_too_much(shipment, planned) => {
                    if !self.call_off_unless_left(&context.step("too much"), shipment).await? {
                        return Ok(());
                    }
                }
                // A cancel that called it off plans anew what is left.
                Some(_) | None => return Ok(()),
            }
        }
        Err(CommandError::Contended { attempts: MAX_TRIES }.into())
    }

    /// Where a shipment was planned, and why it was called off, if it was. Run again, a plan comes to the same by this,
    /// however much happened meanwhile.
    async fn course(&self, shipment: ShipmentId) -> Result<Course, ServiceError> {
        let stream = StreamName::of::<Shipment>(&shipment);
        let commits = self.log.store().load_latest(&stream, Seq(0)).await?;
        let mut course =
            Course { planned: commits.first().map_or(Seq(0), |first| first.seq), called_off: None };
        for commit in &commits {
            for event in commit.events_of::<Shipment>()?.unwrap_or_default().iter() {
                if let shipment::Event::Cancelled(cancelled) = event {
                    course.called_off = Some(cancelled.reason);
                }
            }
        }
        Ok(course)
    }

    /// Says whether there is such a shipment now; there is none where nothing is left to be planned, nor for a
    /// gift that its recipient hasn't accepted.
    async fn request_shipment(
        &self,
        context: &Context,
        order: OrderId,
        number: GroupNo,
        shipment: ShipmentId,
    ) -> Result<bool, ServiceError> {
        if self.log.read_latest::<Shipment>(&shipment).await?.state.status() != Status::Absent {
            return Ok(true);
        }
        self.request_unplanned(context, order, shipment, &self.group(order, number).await?).await
    }

    /// Requests a shipment of what no shipment of its group has; says whether there was anything, and somebody to send it
    /// to.
    async fn request_unplanned(
        &self,
        context: &Context,
        order: OrderId,
        shipment: ShipmentId,
        group: &Group,
    ) -> Result<bool, ServiceError> {
        let (number, lines) = (group.number, group.unplanned());
        let (Some(placed), Some(group), Some(recipient)) =
            (group.order.placed(), group.order.group(number), group.order.recipient())
        else {
            return Ok(false);
        };
        if lines.is_empty() {
            return Ok(false);
        }
        let policy = PolicyId { merchant: group.merchant, mall: placed.mall.clone() };
        let policy = self.log.read::<DeliveryPolicy>(&policy).await?.state;
        let request = shipment::command::Request {
            shipment,
            order,
            group: number.0,
            merchant: group.merchant,
            mall: placed.mall.clone(),
            purpose: Purpose::Outbound,
            lines,
            recipient: recipient.clone(),
            dispatch_due: context.at + TimeDelta::days(i64::from(policy.dispatch_days())),
            at: context.at,
        };
        let batch = Batch::new().create::<Shipment>(&shipment, shipment::Command::Request(request));
        self.log.commit(context, batch).await?;
        Ok(true)
    }

    /// Calls off a shipment that was planned too early, and says whether it could. One that has left meanwhile stands:
    /// the cancel that wanted its pieces hears that from it.
    async fn call_off_unless_left(
        &self,
        context: &Context,
        shipment: ShipmentId,
    ) -> Result<bool, ServiceError> {
        match self.call_off(context, shipment, CancelReason::Replanned).await {
            Err(ServiceError::Command(CommandError::Rejected(reason)))
                if reason.code() == shipment::Rejection::AlreadyDispatched.code() =>
            {
                Ok(false)
            }
            called_off => called_off.map(|()| true),
        }
    }

    async fn call_off(
        &self,
        context: &Context,
        shipment: ShipmentId,
        reason: CancelReason,
    ) -> Result<(), ServiceError> {
        let cancel = shipment::command::Cancel { reason, at: context.at };
        self.log.execute::<Shipment>(context, &shipment, shipment::Command::Cancel(cancel)).await?;
        Ok(())
    }

    /// Calls off the shipments that hold an approved cancel's pieces; refused when they have left, and then none is
    /// called off. A cancel that is past its approval has had them called off: what its pieces' lines have in shipments
    /// now was planned since.
    pub async fn stop_shipments(&self, context: &Context, claim: ClaimId) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let order = state.order().ok_or(Refusal::NotFound("claim"))?;
        if state.phase() != Some(Phase::Approved) {
            return Ok(());
        }
        let mut lines: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
        for line in state.lines() {
            lines.entry(line.group).or_default().push(line.line);
        }
        let mut shipments = Vec::new();
        for (number, lines) in lines {
            let group = self.group(order, GroupNo(number)).await?;
            if group.has_left(&lines) {
                return Err(Refusal::AlreadyDispatched.into());
            }
            shipments.extend(group.to_call_off(&lines));
        }
        for shipment in shipments {
            let context = context.step(&shipment.to_string());
            self.call_off(&context, shipment, CancelReason::OrderCancelled).await?;
        }
        Ok(())
    }

    /// Has a return's goods fetched once more, where the former pick-up came to nothing.
    pub async fn request_another_pickup(
        &self,
        context: &Context,
        claim: ClaimId,
    ) -> Result<Outcome, ServiceError> {
        if let Some(outcome) = self.log.replay::<Claim>(context, &claim).await? {
            return Ok(outcome);
        }
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let is_over = match state.phase() {
            Some(Phase::PickupRequested { shipment }) => {
                came_to_nothing(self.log.read_latest::<Shipment>(&shipment).await?.state.status())
            }
            // The first is on its way to be asked for.
            Some(Phase::Accepted) => false,
            Some(_) | None => true,
        };
        if !is_over {
            return Err(Refusal::PickupUnderWay.into());
        }
        self.request_pickup(context, claim).await
    }

    /// Has a return's goods fetched (회수).
    pub async fn request_pickup(&self, context: &Context, claim: ClaimId) -> Result<Outcome, ServiceError> {
        let state = self.log.read_latest::<Claim>(&claim).await?.state;
        let case = state.case().ok_or(Refusal::NotFound("claim"))?;
        let placed = self.log.read::<Order>(&case.subject().order).await?.state;
        let recipient = placed.recipient().cloned();
        let shipment = pickup_id(claim, case.pickups().len());
        let request = pickup(case, shipment, recipient, context).ok_or(Refusal::NotFound("claim"))?;
        let note = claim::command::RequestPickup { shipment, at: context.at };
        let batch = Batch::new()
            .create::<Shipment>(&shipment, shipment::Command::Request(request))
            .with::<Claim>(&claim, claim::Command::RequestPickup(note));
        Ok(self.log.commit(context, batch).await?)
    }
}

/// The days a pick-up may take to be fetched.
const PICKUP_DAYS: i64 = 3;

const fn came_to_nothing(pickup: Status) -> bool {
    matches!(pickup, Status::Lost | Status::ReturnedToSender | Status::DeliveryFailed | Status::Cancelled)
}

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

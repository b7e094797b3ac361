//! Requesting a claim: the order reserves its pieces and the claim is opened, in one append.

use claim::Claim;
use claim::value::{ClaimLine, FreeOver, GroupFacts, Party, Reason};
use eventstore::{Batch, Context, Outcome};
use kernel::id::{ClaimId, MerchantId, OrderId};
use kernel::{Decider, Price, Timestamp};
use order::Order;
use order::event::{ClaimOpened, ClaimedLine, PlacedGroup};
use order::value::{ClaimKind, ClaimablePieces, LineNo, LineQuantity};

use super::{Refusal, ServiceError};
use crate::app::App;

/// How often a request is made anew because the order changed meanwhile.
const MAX_ATTEMPTS: u32 = 16;

/// A wish to claim.
#[derive(Debug, Clone)]
pub struct ClaimAsk {
    /// The claim's id, made at the edge.
    pub claim: ClaimId,
    /// The order.
    pub order: OrderId,
    /// Cancel or return.
    pub kind: ClaimKind,
    /// Which side of the purchase confirmation its pieces are from.
    pub pieces: ClaimablePieces,
    /// Which pieces.
    pub lines: Vec<LineQuantity>,
    /// Why.
    pub reason: Reason,
    /// Who asks.
    pub by: Party,
    /// Where a merchant asks: whose lines alone may be named.
    pub merchant: Option<MerchantId>,
}

impl App {
    /// Requests a claim. Amounts come from the order as it is at that very version; its fees are an estimate, see
    /// [`start_refund`](Self::start_refund).
    pub async fn request_claim(&self, context: &Context, ask: &ClaimAsk) -> Result<Outcome, ServiceError> {
        for _ in 0..MAX_ATTEMPTS {
            if let Some(outcome) = self.log.replay::<Claim>(context, &ask.claim).await? {
                return Ok(outcome);
            }
            match self.log.commit(context, self.claim_batch(context, ask).await?).await {
                Err(eventstore::CommandError::VersionMismatch { .. }) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(eventstore::CommandError::Contended { attempts: MAX_ATTEMPTS }.into())
    }

    async fn claim_batch(&self, context: &Context, ask: &ClaimAsk) -> Result<Batch, ServiceError> {
        let order = self.log.read_latest::<Order>(&ask.order).await?;
        let open = order::Command::OpenClaim(order::command::OpenClaim {
            claim: ask.claim,
            kind: ask.kind,
            pieces: ask.pieces,
            lines: ask.lines.clone(),
            at: context.at,
        });
        let events = Order::decide(&order.state, open.clone()).map_err(ServiceError::refused)?;
        let opened = events.iter().find_map(opened).ok_or(Refusal::NotFound("claim"))?;
        if ask.merchant.is_some_and(|merchant| opened.lines.iter().any(|line| line.merchant != merchant)) {
            return Err(Refusal::NotFound("order line").into());
        }
        let after = events.iter().fold((*order.state).clone(), Order::evolve);
        let request = request(context.at, ask, opened, &after)?;
        Ok(Batch::new()
            .at_version::<Order>(&ask.order, order.version, open)
            .create::<Claim>(&ask.claim, command(ask.kind, request, (opened, &order.state))))
    }
}

fn opened(event: &order::Event) -> Option<&ClaimOpened> {
    if let order::Event::ClaimOpened(opened) = event { Some(opened) } else { None }
}

pub(super) fn command(
    kind: ClaimKind,
    request: claim::command::Request,
    (opened, before): (&ClaimOpened, &order::State),
) -> claim::Command {
    let lost = opened.lines.iter().all(|line| are_lost(opened, line.line, before));
    // Of what was lost on its way, no merchant prepares anything.
    let accepted = !lost && opened.lines.iter().any(|line| line.from.preparing > 0);
    match kind {
        ClaimKind::Cancel => {
            claim::Command::RequestCancel(claim::command::RequestCancel { request, accepted, lost })
        }
        ClaimKind::Return | ClaimKind::Exchange => {
            claim::Command::RequestReturn(claim::command::RequestReturn { request })
        }
    }
}

/// Whether all claimed pieces of a line had left and were lost.
fn are_lost(opened: &ClaimOpened, number: LineNo, before: &order::State) -> bool {
    let claimed = opened.lines.iter().filter(|line| line.line == number);
    let (claimed, preparing) = claimed.fold((0_u32, 0_u32), |(all, preparing), line| {
        (all.saturating_add(line.quantity.get()), preparing.saturating_add(line.from.preparing))
    });
    let free_lost =
        before.line(number).map_or(0, |(_, line)| line.lost().saturating_sub(line.held().preparing));
    claimed == preparing && claimed <= free_lost
}

/// The claim as its own context is asked for it, from the order that it took its pieces from.
pub(super) fn request(
    at: Timestamp,
    ask: &ClaimAsk,
    opened: &ClaimOpened,
    order: &order::State,
) -> Result<claim::command::Request, Refusal> {
    let placed = order.placed().ok_or(Refusal::NotFound("order"))?;
    Ok(claim::command::Request {
        claim: ask.claim,
        order: ask.order,
        payment: placed.payment,
        mall: placed.mall.clone(),
        currency: placed.currency,
        member: placed.member,
        requested_by: ask.by,
        reason: ask.reason,
        lines: opened.lines.iter().map(line).collect(),
        groups: facts(order, ask.claim),
        at,
    })
}

fn line(line: &ClaimedLine) -> ClaimLine {
    ClaimLine {
        line: line.line.0,
        group: line.group.0,
        sku: line.sku,
        merchant: line.merchant,
        quantity: line.quantity,
        ordered: line.ordered,
        first_piece: line.first_piece,
        paid: line.paid,
        shipping: line.shipping,
    }
}

/// What the refund of a claim that the order knows needs to know of its delivery groups.
pub(super) fn facts(order: &order::State, claim: ClaimId) -> Vec<GroupFacts> {
    let lines = order.claims().get(&claim).map(|claim| claim.lines.as_slice()).unwrap_or_default();
    let holds = |group: &&PlacedGroup| lines.iter().any(|line| line.group == group.group);
    order.groups().iter().filter(holds).map(|group| facts_of(order, claim, group)).collect()
}

/// What stands in the group before the claim takes its pieces, and whether anything stays after.
fn facts_of(order: &order::State, claim: ClaimId, group: &PlacedGroup) -> GroupFacts {
    let waived = group.free_over.map(|threshold| FreeOver { threshold, fee: group.waived_fee });
    let (before, after) = (order.remaining(group.group), order.remaining_after(group.group, claim));
    GroupFacts {
        group: group.group.0,
        merchant: group.merchant,
        fee: order.delivery_paid(group.group),
        owed: order.delivery_owed(group.group),
        free_over: waived.filter(|free| free.fee != Price::ZERO),
        goods_before: before.goods,
        goods_claimed: before.goods - after.goods,
        ends: after.pieces == 0,
        return_fee: group.return_fee,
    }
}

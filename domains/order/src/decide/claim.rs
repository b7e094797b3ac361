//! Claims (클레임) on pieces: reserve, give back, finish. What a claim costs or refunds is not decided here.

use kernel::Quantity;
use kernel::id::ClaimId;

use super::named::{Named, enough, named};
use super::{Decision, paid, paid_or_closed, placed, with_end};
use crate::command::{CloseClaim, CompleteClaim, OpenClaim, StartClaimRefund};
use crate::event::{
    ClaimClosed, ClaimCompleted, ClaimOpened, ClaimRefundStarted, ClaimedLine, Event, Placed, Taken,
};
use crate::pieces::Run;
use crate::state::{Claim, ClaimStatus, State};
use crate::value::{ClaimFee, ClaimKind, ClaimablePieces, Redeemed};
use crate::{Rejection, policy, share};

pub(super) fn open(state: &State, open: &OpenClaim) -> Decision {
    placed(state)?;
    if let Some(claim) = state.claims().get(&open.claim) {
        return repeated(claim, open);
    }
    let order = open_to(state, open)?.order;
    if state.claims().len() >= policy::CLAIMS_MAX {
        return Err(Rejection::TooManyClaims);
    }
    let lines = named(state, &open.lines)?;
    let lines = lines.into_iter().map(|line| claimed(line, open)).collect::<Result<Vec<_>, _>>()?;
    let lines = lines.into_iter().flatten().collect();
    let OpenClaim { claim, kind, at, .. } = *open;
    Ok(vec![Event::ClaimOpened(ClaimOpened { order, claim, kind, lines, at })])
}

/// The placement, if pieces of the order can be claimed in that way now.
fn open_to<'a>(state: &'a State, open: &OpenClaim) -> Result<&'a Placed, Rejection> {
    match (open.pieces, open.kind) {
        (ClaimablePieces::Unconfirmed, _) => paid(state),
        (ClaimablePieces::Confirmed, ClaimKind::Return) => paid_or_closed(state),
        (ClaimablePieces::Confirmed, ClaimKind::Cancel | ClaimKind::Exchange) => {
            Err(Rejection::ConfirmedOnlyReturn)
        }
    }
}

fn repeated(claim: &Claim, open: &OpenClaim) -> Decision {
    if !claim.is_for(open) {
        return Err(Rejection::ClaimDiffers { claim: open.claim });
    }
    match claim.status {
        ClaimStatus::Open | ClaimStatus::Refunding => Ok(Vec::new()),
        ClaimStatus::Closed(_) | ClaimStatus::Completed => Err(Rejection::ClaimOver { claim: open.claim }),
    }
}

/// The runs of one line that a claim takes, and the buckets that their pieces are in.
fn claimed((placed, line, asked): Named<'_>, open: &OpenClaim) -> Result<Vec<ClaimedLine>, Rejection> {
    let mut free = policy::claimable(open.kind, open.pieces, line);
    let held = policy::within_reach(open.kind, open.pieces, line.held());
    enough(asked, free.pieces(), held.pieces())?;
    let numbers = match open.pieces {
        ClaimablePieces::Unconfirmed => line.free_pieces(),
        ClaimablePieces::Confirmed => line.confirmed_pieces(),
    };
    let runs = numbers.pick(asked.quantity.get());
    let line_of = |run: Run| {
        let quantity = Quantity::new(run.count).ok()?;
        Some(ClaimedLine {
            line: placed.line,
            group: placed.group,
            merchant: placed.merchant,
            sku: placed.sku,
            quantity,
            first_piece: run.first,
            ordered: placed.quantity.get(),
            paid: placed.paid,
            shipping: placed.shipping,
            from: take(&mut free, run.count),
        })
    };
    Ok(runs.into_iter().filter_map(line_of).collect())
}

/// Takes pieces out of what is free: `ordered` first, then `preparing`, then `delivered` or `confirmed`.
fn take(free: &mut Taken, count: u32) -> Taken {
    let ordered = free.ordered.min(count);
    let preparing = free.preparing.min(count - ordered);
    let delivered = free.delivered.min(count - ordered - preparing);
    free.ordered -= ordered;
    free.preparing -= preparing;
    free.delivered -= delivered;
    let confirmed = free.confirmed.min(count - ordered - preparing - delivered);
    free.confirmed -= confirmed;
    Taken { ordered, preparing, shipped: 0, delivered, confirmed }
}

/// Told once: another try to pay back moves the same fees.
pub(super) fn start_refund(state: &State, start: StartClaimRefund) -> Decision {
    let StartClaimRefund { claim, fees, at } = start;
    let order = placed(state)?.order;
    match known(state, claim)?.status {
        ClaimStatus::Open => {
            balance(state, &fees)?;
            Ok(vec![Event::ClaimRefundStarted(ClaimRefundStarted { order, claim, fees, at })])
        }
        ClaimStatus::Refunding | ClaimStatus::Completed => Ok(Vec::new()),
        ClaimStatus::Closed(_) => Err(Rejection::ClaimOver { claim }),
    }
}

/// Each group is named once, and no more goes back of its delivery fee than was paid, nor is covered than was owed.
fn balance(state: &State, fees: &[ClaimFee]) -> Result<(), Rejection> {
    for (index, fee) in fees.iter().enumerate() {
        let group = fee.group;
        if fees.iter().skip(index + 1).any(|other| other.group == group) {
            return Err(Rejection::GroupTwice { group });
        }
        let negative = fee.deducted.is_negative() || fee.given_back.is_negative();
        let overpaid = (state.delivery_owed(group) + fee.owed).is_negative();
        if negative || overpaid || fee.given_back > state.delivery_paid(group) + fee.deducted {
            return Err(Rejection::FeeNotPaid { group });
        }
    }
    Ok(())
}

pub(super) fn close(state: &State, close: &CloseClaim) -> Decision {
    let CloseClaim { claim, outcome, at } = *close;
    let order = placed(state)?.order;
    let Claim { kind, lines, status, .. } = known(state, claim)?.clone();
    match status {
        ClaimStatus::Open => {
            Ok(vec![Event::ClaimClosed(ClaimClosed { order, claim, kind, lines, outcome, at })])
        }
        ClaimStatus::Refunding => Err(Rejection::ClaimRefunding { claim }),
        ClaimStatus::Closed(before) if before == outcome => Ok(Vec::new()),
        ClaimStatus::Closed(_) | ClaimStatus::Completed => Err(Rejection::ClaimOver { claim }),
    }
}

pub(super) fn complete(state: &State, complete: &CompleteClaim) -> Decision {
    let CompleteClaim { claim, at } = *complete;
    let placed = placed(state)?;
    let Claim { kind, lines, status, .. } = known(state, claim)?.clone();
    match status {
        ClaimStatus::Open | ClaimStatus::Refunding => {
            let order = placed.order;
            let redeemed = given_back(placed, kind, &lines);
            let event = Event::ClaimCompleted(ClaimCompleted { order, claim, kind, lines, redeemed, at });
            Ok(with_end(state, placed, event, at))
        }
        ClaimStatus::Completed => Ok(Vec::new()),
        ClaimStatus::Closed(_) => Err(Rejection::ClaimOver { claim }),
    }
}

/// The points that pieces were paid with which the shopper neither has nor gets, and those of them that no longer count
/// towards a limit.
fn given_back(placed: &Placed, kind: ClaimKind, claimed: &[ClaimedLine]) -> Option<Redeemed> {
    let of = |claimed: &ClaimedLine| {
        let line = placed.lines.iter().find(|line| line.line == claimed.line)?;
        Some(share::of_line(line, claimed.first_piece, claimed.quantity.get()).points)
    };
    match kind {
        ClaimKind::Cancel | ClaimKind::Return => {
            let points = claimed.iter().filter_map(of).sum();
            let pieces = claimed.iter().map(|claimed| (claimed.line, claimed.quantity));
            placed.redeeming(Vec::new(), points, placed.limited_pieces(pieces))
        }
        ClaimKind::Exchange => None,
    }
}

fn known(state: &State, claim: ClaimId) -> Result<&Claim, Rejection> {
    state.claims().get(&claim).ok_or(Rejection::UnknownClaim { claim })
}

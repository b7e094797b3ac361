//! Claims (클레임) on pieces: reserve, give back, finish. What a claim costs or refunds is not decided here.

use kernel::Quantity;
use kernel::id::ClaimId;

use super::named::{Named, enough, named};
use super::{Decision, paid, placed, with_end};
use crate::command::{CloseClaim, CompleteClaim, OpenClaim};
use crate::event::{ClaimClosed, ClaimCompleted, ClaimOpened, ClaimedLine, Event, Taken};
use crate::pieces::Run;
use crate::state::{Claim, ClaimStatus, State};
use crate::value::ClaimKind;
use crate::{Rejection, policy};

pub(super) fn open(state: &State, open: &OpenClaim) -> Decision {
    placed(state)?;
    if let Some(claim) = state.claims().get(&open.claim) {
        return repeated(claim, open);
    }
    let order = paid(state)?.order;
    if state.claims().len() >= policy::CLAIMS_MAX {
        return Err(Rejection::TooManyClaims);
    }
    let lines = named(state, &open.lines)?;
    let lines = lines.into_iter().map(|line| claimed(line, open.kind)).collect::<Result<Vec<_>, _>>()?;
    let lines = lines.into_iter().flatten().collect();
    let OpenClaim { claim, kind, at, .. } = *open;
    Ok(vec![Event::ClaimOpened(ClaimOpened { order, claim, kind, lines, at })])
}

fn repeated(claim: &Claim, open: &OpenClaim) -> Decision {
    if !claim.is_for(open.kind, &open.lines) {
        return Err(Rejection::ClaimDiffers { claim: open.claim });
    }
    match claim.status {
        ClaimStatus::Open => Ok(Vec::new()),
        ClaimStatus::Closed(_) | ClaimStatus::Completed => Err(Rejection::ClaimOver { claim: open.claim }),
    }
}

/// The runs of one line that a claim takes, and the buckets that their pieces are in.
fn claimed((placed, line, asked): Named<'_>, kind: ClaimKind) -> Result<Vec<ClaimedLine>, Rejection> {
    let mut free = policy::claimable(kind, line);
    enough(asked, free.pieces(), held(kind, line.held()))?;
    let runs = line.free_pieces().pick(asked.quantity.get());
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

/// What open claims hold of the pieces that such a claim could otherwise take.
const fn held(kind: ClaimKind, held: Taken) -> u32 {
    match kind {
        ClaimKind::Cancel => held.ordered + held.preparing,
        ClaimKind::Return | ClaimKind::Exchange => held.delivered,
    }
}

/// Takes pieces out of what is free: `ordered` first, then `preparing`, then `delivered`.
fn take(free: &mut Taken, count: u32) -> Taken {
    let ordered = free.ordered.min(count);
    let preparing = free.preparing.min(count - ordered);
    let delivered = free.delivered.min(count - ordered - preparing);
    free.ordered -= ordered;
    free.preparing -= preparing;
    free.delivered -= delivered;
    Taken { ordered, preparing, shipped: 0, delivered }
}

pub(super) fn close(state: &State, close: &CloseClaim) -> Decision {
    let CloseClaim { claim, outcome, at } = *close;
    let order = placed(state)?.order;
    let Claim { kind, lines, status } = known(state, claim)?.clone();
    match status {
        ClaimStatus::Open => {
            Ok(vec![Event::ClaimClosed(ClaimClosed { order, claim, kind, lines, outcome, at })])
        }
        ClaimStatus::Closed(before) if before == outcome => Ok(Vec::new()),
        ClaimStatus::Closed(_) | ClaimStatus::Completed => Err(Rejection::ClaimOver { claim }),
    }
}

pub(super) fn complete(state: &State, complete: &CompleteClaim) -> Decision {
    let CompleteClaim { claim, at } = *complete;
    let placed = placed(state)?;
    let Claim { kind, lines, status } = known(state, claim)?.clone();
    match status {
        ClaimStatus::Open => {
            let order = placed.order;
            let event = Event::ClaimCompleted(ClaimCompleted { order, claim, kind, lines, at });
            Ok(with_end(state, placed, event, at))
        }
        ClaimStatus::Completed => Ok(Vec::new()),
        ClaimStatus::Closed(_) => Err(Rejection::ClaimOver { claim }),
    }
}

fn known(state: &State, claim: ClaimId) -> Result<&Claim, Rejection> {
    state.claims().get(&claim).ok_or(Rejection::UnknownClaim { claim })
}

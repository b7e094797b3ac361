//! What pieces earn, so that confirmations in any parts earn together what one of all would, and pieces that come back give
//! back exactly what they earned. Pure.

use std::collections::BTreeMap;

use eventstore::Seq;
use kernel::id::ClaimId;
use kernel::{Amount, Price, Rate, Timestamp};
use member::member::Grade;
use member::points::{Earn, Earning, LotId, PointAccountId, Revocation, Revoke, State, earned};
use order::event::{ClaimCompleted, LinesConfirmed, Placed};
use order::pieces::Run;
use order::share;
use order::value::LineNo;

use crate::ids;
use crate::service::settling::{Confirmation, Returned, taken_from};

/// What a confirmation earns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The buyer's grade.
    pub(super) grade: Grade,
    /// Its rate.
    pub(super) rate: Rate,
    /// When the points end.
    pub(super) expires_at: Timestamp,
}

/// The points of whoever confirmed something.
pub(super) fn account_of(confirmed: &LinesConfirmed) -> PointAccountId {
    PointAccountId { member: confirmed.member, mall: confirmed.mall.clone() }
}

/// What a confirmation earns; `None` where that is less than a point.
pub(super) fn earn(placed: &Placed, confirmed: &LinesConfirmed, terms: Terms) -> Option<Earn> {
    let Terms { grade, rate, expires_at } = terms;
    let LinesConfirmed { order, at, .. } = *confirmed;
    let runs = confirmed.lines.iter().map(|line| (line.line, line.run()));
    let amount = points(runs.map(|(line, run)| earned_by(placed, (line, run), rate)).sum())?;
    let reason =
        Earning::Confirmed { order, grade, rate, paid: confirmed.lines.iter().map(|line| line.paid).sum() };
    let PointAccountId { member, mall } = account_of(confirmed);
    Some(Earn { member, mall, lot: lot_of(confirmed), amount, expires_at, reason, at })
}

/// The confirmed pieces that a claim took back, together as they were confirmed.
pub(super) fn returned<'a>(
    completed: &ClaimCompleted,
    confirmations: &'a [Confirmation],
) -> Vec<Vec<Returned<'a>>> {
    let claimed = completed.lines.iter().filter(|line| line.was_confirmed());
    let mut by_confirmation: BTreeMap<Seq, Vec<Returned<'a>>> = BTreeMap::new();
    for pieces in claimed.flat_map(|line| taken_from(line, confirmations)) {
        by_confirmation.entry(pieces.confirmation.position).or_default().push(pieces);
    }
    by_confirmation.into_values().collect()
}

/// Takes back what pieces of one confirmation earned, if they did; no more than may still be asked back, where an operator
/// took some of it before.
pub(super) fn revoke(
    placed: &Placed,
    pieces: &[Returned<'_>],
    account: &State,
    (claim, at): (ClaimId, Timestamp),
) -> Option<Revoke> {
    let lot = lot_of(&pieces.first()?.confirmation.body);
    let (left, reason) = account.earning(lot)?;
    let Earning::Confirmed { rate, .. } = *reason else { return None };
    let earned = pieces.iter().map(|returned| earned_by(placed, (returned.line.line, returned.pieces), rate));
    let amount = points(earned.sum::<Amount>().min(left))?;
    Some(Revoke { lot, amount, reason: Revocation::Returned { claim }, at })
}

/// What a run of pieces of a line earns at a rate: what the pieces up to its end earn, less what those before it do. Each of
/// the two is rounded down to whole points, so a line earns what its whole paid amount does, and pieces that were paid with
/// points or coupons earn nothing for that part. Delivery earns nothing.
pub(super) fn earned_by(placed: &Placed, (line, run): (LineNo, Run), rate: Rate) -> Amount {
    let Some(line) = placed.lines.iter().find(|placed| placed.line == line) else { return Amount::ZERO };
    let first = |pieces: u32| earned(share::of_line(line, 0, pieces).paid, rate);
    first(run.first.saturating_add(run.count)) - first(run.first)
}

/// A piece is confirmed once, so its first one names a confirmation for ever.
fn lot_of(confirmed: &LinesConfirmed) -> LotId {
    let (line, piece) =
        confirmed.lines.first().map(|line| (line.line.0, line.first_piece)).unwrap_or_default();
    let (order, line, piece) = (confirmed.order.to_string(), line.to_string(), piece.to_string());
    LotId(ids::derived(&["points", &order, &line, &piece]))
}

/// Points as a command names them; `None` where there are none.
fn points(amount: Amount) -> Option<Price> {
    Price::new(amount.minor()).ok().filter(|price| *price != Price::ZERO)
}

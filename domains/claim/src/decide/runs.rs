//! The claimed lines as runs of pieces: which runs may stand in one claim, and how many pieces a line has in all.
//!
//! Never here: whether a piece is still free, which is the order's decision.

use std::collections::BTreeMap;

use crate::Rejection;
use crate::value::ClaimLine;

/// How many pieces of each line are claimed, over all its runs.
pub(super) fn pieces_by_line(runs: &[ClaimLine]) -> BTreeMap<u16, u32> {
    let mut pieces = BTreeMap::new();
    for run in runs {
        let sum: &mut u32 = pieces.entry(run.line).or_default();
        *sum = sum.saturating_add(run.quantity.get());
    }
    pieces
}

/// Each run lies within its line and costs no less than nothing; the runs of one line agree on it and share no piece.
pub(super) fn check(runs: &[ClaimLine]) -> Result<(), Rejection> {
    runs.iter().try_for_each(is_whole)?;
    let mut by_place: Vec<&ClaimLine> = runs.iter().collect();
    by_place.sort_by_key(|run| (run.line, run.first_piece));
    by_place.iter().zip(by_place.iter().skip(1)).try_for_each(|(run, next)| follows(run, next))
}

fn is_whole(run: &ClaimLine) -> Result<(), Rejection> {
    if end(run) > run.ordered {
        Err(Rejection::MoreThanOrdered(run.line))
    } else if run.paid.is_negative() || run.shipping.is_negative() {
        Err(Rejection::NegativeAmount(run.line))
    } else {
        Ok(())
    }
}

/// Of two runs in the order of their pieces, each begins after the former ends; so no later one reaches back either.
fn follows(run: &ClaimLine, next: &ClaimLine) -> Result<(), Rejection> {
    if run.line != next.line {
        Ok(())
    } else if end(run) > next.first_piece {
        Err(Rejection::OverlappingRuns(run.line))
    } else if of_same_line(run, next) {
        Ok(())
    } else {
        Err(Rejection::RunsDiffer(run.line))
    }
}

/// The facts of the whole line, from which the share of any of its pieces follows.
fn of_same_line(run: &ClaimLine, next: &ClaimLine) -> bool {
    let whole = ClaimLine { quantity: run.quantity, first_piece: run.first_piece, ..next.clone() };
    whole == *run
}

const fn end(run: &ClaimLine) -> u32 {
    run.first_piece.saturating_add(run.quantity.get())
}

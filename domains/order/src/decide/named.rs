//! Checking which lines a command names: not too many, none twice, all of this order.

use std::collections::BTreeSet;

use crate::event::PlacedLine;
use crate::state::{Line, State};
use crate::value::{LineNo, LineQuantity};
use crate::{Rejection, policy};

/// A named line: as placed, where its pieces are, how many are asked for.
pub(super) type Named<'a> = (&'a PlacedLine, &'a Line, LineQuantity);

/// The lines that a command names.
pub(super) fn named<'a>(state: &'a State, lines: &[LineQuantity]) -> Result<Vec<Named<'a>>, Rejection> {
    if lines.is_empty() || lines.len() > policy::LINES_MAX {
        return Err(Rejection::LineCount { found: lines.len() });
    }
    let mut seen: BTreeSet<LineNo> = BTreeSet::new();
    lines.iter().map(|asked| known(state, &mut seen, *asked)).collect()
}

fn known<'a>(
    state: &'a State,
    seen: &mut BTreeSet<LineNo>,
    asked: LineQuantity,
) -> Result<Named<'a>, Rejection> {
    if !seen.insert(asked.line) {
        return Err(Rejection::LineTwice { line: asked.line });
    }
    let (placed, line) = state.line(asked.line).ok_or(Rejection::UnknownLine { line: asked.line })?;
    Ok((placed, line, asked))
}

/// Refuses to take more pieces than are free; says so where a claim is what holds them.
pub(super) fn enough(asked: LineQuantity, free: u32, held: u32) -> Result<(), Rejection> {
    let (line, asked) = (asked.line, asked.quantity.get());
    if asked <= free {
        Ok(())
    } else if asked <= free.saturating_add(held) {
        Err(Rejection::Claimed { line })
    } else {
        Err(Rejection::NotEnough { line, asked, free })
    }
}

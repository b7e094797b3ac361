//! What a commit means for the people's tables. Pure: one file per aggregate, nothing but the event at hand.

mod member;
mod merchant;
mod operator;

use eventstore::{ReadError, Recorded};
use kernel::Decider;

use super::Row;
use crate::checkpoint;

/// The rows that a commit changes; none where it concerns a session or an address's claim.
pub(super) fn rows(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let at = checkpoint::position(recorded.seq);
    let kinds = [
        of::<::member::Member>(recorded, |event| vec![member::row(event, at)])?,
        of::<::member::Merchant>(recorded, |event| merchant::rows(event, at))?,
        of::<::member::Operator>(recorded, |event| vec![operator::row(event, at)])?,
    ];
    Ok(kinds.into_iter().flatten().collect())
}

fn of<D: Decider>(recorded: &Recorded, rows: impl Fn(&D::Event) -> Vec<Row>) -> Result<Vec<Row>, ReadError> {
    let events = recorded.events_of::<D>()?.unwrap_or_default();
    Ok(events.iter().flat_map(rows).collect())
}

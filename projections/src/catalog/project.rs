//! What a commit means for the catalogue. Pure: one file per aggregate, nothing but the event at hand.

mod category;
mod display;
mod merchant;
mod order;
mod product;
mod stock;

use eventstore::{ReadError, Recorded};
use kernel::Decider;

use super::Row;
use crate::checkpoint;

/// The rows that a commit changes; none where it concerns another aggregate.
pub(super) fn rows(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let at = checkpoint::position(recorded.seq);
    let kinds = [
        of::<::product::Product>(recorded, |event| product::rows(event, at))?,
        of::<::product::Stock>(recorded, |event| vec![stock::row(event, at)])?,
        of::<::product::Category>(recorded, |event| vec![category::row(event, at)])?,
        of::<::display::DisplayTree>(recorded, |event| display::rows(event, at))?,
        of::<::member::Merchant>(recorded, |event| vec![merchant::row(event, at)])?,
        of::<::order::Order>(recorded, |event| order::row(event).into_iter().collect())?,
    ];
    Ok(kinds.into_iter().flatten().collect())
}

fn of<D: Decider>(recorded: &Recorded, rows: impl Fn(&D::Event) -> Vec<Row>) -> Result<Vec<Row>, ReadError> {
    let events = recorded.events_of::<D>()?.unwrap_or_default();
    Ok(events.iter().flat_map(rows).collect())
}

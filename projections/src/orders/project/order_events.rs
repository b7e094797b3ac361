//! The order's own events as rows.

use kernel::Quantity;
use order::Event;
use order::event::{ClaimedLine, MovedLine, Paid, Taken};
use order::state::Phase;
use order::value::ClaimKind;

use super::placement::placement;
use crate::column::instant;
use crate::orders::row::{HeadChange, LineMove, Pieces, Row};

/// The rows of one event: what becomes of its lines, and the head with the position it now stands at.
pub(super) fn rows(position: i64, event: &Event) -> Vec<Row> {
    let head = |order| HeadChange::none(order, position);
    let now = |order, phase: Phase| HeadChange { status: Some(phase.to_string()), ..head(order) };
    match event {
        Event::Placed(body) => vec![Row::Placed(Box::new(placement(body, position)))],
        Event::Paid(body) => vec![Row::Changed(paid(body, now(body.order, Phase::Paid)))],
        Event::GiftAccepted(body) => gift(head(body.order), ACCEPTED),
        Event::GiftEnded(body) => gift(head(body.order), body.ending.name()),
        Event::Expired(body) => ended(now(body.order, Phase::Expired), body.at),
        Event::Cancelled(body) => ended(now(body.order, Phase::Cancelled), body.at),
        Event::Closed(body) => ended(now(body.order, Phase::Closed), body.at),
        Event::LinesPrepared(body) => moved(head(body.order), &body.lines, |to| &mut to.preparing),
        Event::LinesShipped(body) => moved(head(body.order), &body.lines, |to| &mut to.shipped),
        Event::LinesDelivered(body) => moved(head(body.order), &body.lines, |to| &mut to.delivered),
        Event::LinesLost(body) => moved(head(body.order), &body.lines, |to| &mut to.preparing),
        Event::LinesConfirmed(body) => {
            let lines = body.lines.iter().map(|line| (line.line.0, confirmed(line.quantity)));
            with_moves(head(body.order), lines)
        }
        Event::ConfirmationHeld(body) => {
            let yes = Some(true);
            vec![Row::Changed(HeadChange {
                confirmation_held: yes,
                held_until: body.until.map(instant),
                ..head(body.order)
            })]
        }
        Event::HoldReleased(body) => {
            vec![Row::Changed(HeadChange { confirmation_held: Some(false), ..head(body.order) })]
        }
        Event::ClaimOpened(body) => claimed(head(body.order), &body.lines, opened),
        Event::ClaimRefundStarted(body) => vec![Row::Changed(head(body.order))],
        Event::ClaimClosed(body) => claimed(head(body.order), &body.lines, closed),
        Event::ClaimCompleted(body) => {
            claimed(head(body.order), &body.lines, |from| completed(body.kind, from))
        }
    }
}

fn paid(body: &Paid, now: HeadChange) -> HeadChange {
    let waiting = body.accept_by.map(|accept_by| order::state::Gift::Waiting { accept_by }.name());
    let accept_by = body.accept_by.map(instant);
    HeadChange { paid_at: Some(instant(body.at)), gift_status: waiting, accept_by, ..now }
}

/// What a gift is called that its recipient accepted.
const ACCEPTED: &str = "accepted";

fn gift(head: HeadChange, status: &'static str) -> Vec<Row> {
    vec![Row::Changed(HeadChange { gift_status: Some(status), ..head })]
}

fn ended(now: HeadChange, at: kernel::Timestamp) -> Vec<Row> {
    vec![Row::Changed(HeadChange { closed_at: Some(instant(at)), ..now })]
}

fn with_moves(head: HeadChange, moves: impl Iterator<Item = (u16, Pieces)>) -> Vec<Row> {
    let order_id = head.order_id;
    let moves = moves.map(|(line_no, pieces)| Row::Moved(LineMove { order_id, line_no, pieces }));
    moves.chain([Row::Changed(head)]).collect()
}

fn moved(head: HeadChange, lines: &[MovedLine], bucket: fn(&mut Pieces) -> &mut i64) -> Vec<Row> {
    let moves = lines.iter().map(|line| {
        let mut pieces = left(line.from);
        *bucket(&mut pieces) += i64::from(line.from.pieces());
        (line.line.0, pieces)
    });
    with_moves(head, moves)
}

fn claimed(head: HeadChange, lines: &[ClaimedLine], change: impl Fn(Taken) -> Pieces) -> Vec<Row> {
    with_moves(head, lines.iter().map(|line| (line.line.0, change(line.from))))
}

/// Pieces that leave their buckets.
fn left(from: Taken) -> Pieces {
    Pieces {
        ordered: -i64::from(from.ordered),
        preparing: -i64::from(from.preparing),
        shipped: -i64::from(from.shipped),
        delivered: -i64::from(from.delivered),
        confirmed: -i64::from(from.confirmed),
        ..Pieces::default()
    }
}

fn confirmed(quantity: Quantity) -> Pieces {
    let pieces = i64::from(quantity.get());
    Pieces { delivered: -pieces, confirmed: pieces, ..Pieces::default() }
}

fn opened(from: Taken) -> Pieces {
    Pieces { claimed: i64::from(from.pieces()), ..Pieces::default() }
}

fn closed(from: Taken) -> Pieces {
    Pieces { claimed: -i64::from(from.pieces()), ..Pieces::default() }
}

fn completed(kind: ClaimKind, from: Taken) -> Pieces {
    let pieces = i64::from(from.pieces());
    let mut change = Pieces { claimed: -pieces, ..left(from) };
    match kind {
        ClaimKind::Cancel => change.cancelled += pieces,
        ClaimKind::Return => change.returned += pieces,
        ClaimKind::Exchange => change.exchanged += pieces,
    }
    change
}

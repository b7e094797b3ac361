//! A batch of changes to the order tables, gathered row by row.

use std::collections::BTreeSet;

use kernel::id::{OrderId, PaymentId};

use crate::orders::row::{
    Group, Head, HeadChange, Line, LineMove, Payment, PaymentChange, Pieces, Placement, Row, Supplier,
};
use crate::touched::{Beginning, Change, Touched, replace};

pub(super) struct Gathered {
    pub(super) heads: Touched<Head, HeadChange>,
    pub(super) lines: Touched<Line, LineMove>,
    pub(super) groups: Vec<Group>,
    pub(super) suppliers: BTreeSet<Supplier>,
    pub(super) payments: Touched<Payment, PaymentChange>,
}

impl Gathered {
    pub(super) fn of(rows: Vec<Row>) -> Self {
        let mut gathered = Self {
            heads: Touched::none(),
            lines: Touched::none(),
            groups: Vec::new(),
            suppliers: BTreeSet::new(),
            payments: Touched::none(),
        };
        for row in rows {
            gathered.take(row);
        }
        gathered
    }

    fn take(&mut self, row: Row) {
        match row {
            Row::Placed(placement) => self.place(*placement),
            Row::Changed(change) => self.heads.change(change),
            Row::Moved(pieces) => self.lines.change(pieces),
            Row::PaymentRequested(payment) => self.payments.add(payment),
            Row::PaymentChanged(change) => self.payments.change(change),
        }
    }

    fn place(&mut self, placement: Placement) {
        let Placement { head, lines, groups } = placement;
        let (placed_at, order_id) = (head.placed_at, head.change.order_id);
        let supplier = |group: &Group| Supplier { merchant: group.merchant, placed_at, order_id };
        self.suppliers.extend(groups.iter().map(supplier));
        self.groups.extend(groups);
        self.heads.add(head);
        for line in lines {
            self.lines.add(line);
        }
    }
}

impl Change for HeadChange {
    type Key = OrderId;

    fn key(&self) -> OrderId {
        self.order_id
    }

    fn then(&mut self, later: Self) {
        replace(&mut self.status, later.status);
        replace(&mut self.paid_at, later.paid_at);
        replace(&mut self.closed_at, later.closed_at);
        replace(&mut self.gift_status, later.gift_status);
        replace(&mut self.accept_by, later.accept_by);
        if later.confirmation_held.is_some() {
            self.confirmation_held = later.confirmation_held;
            self.held_until = later.held_until;
        }
        self.position = later.position;
    }
}

impl Beginning<HeadChange> for Head {
    fn key(&self) -> OrderId {
        self.change.order_id
    }

    fn absorb(&mut self, change: HeadChange) {
        self.change.then(change);
    }
}

impl Change for LineMove {
    type Key = (OrderId, u16);

    fn key(&self) -> Self::Key {
        (self.order_id, self.line_no)
    }

    fn then(&mut self, later: Self) {
        self.pieces.add(later.pieces);
    }
}

impl Beginning<LineMove> for Line {
    fn key(&self) -> (OrderId, u16) {
        (self.order_id, self.line_no)
    }

    fn absorb(&mut self, change: LineMove) {
        self.pieces.add(change.pieces);
    }
}

impl Pieces {
    const fn add(&mut self, more: Self) {
        self.ordered += more.ordered;
        self.preparing += more.preparing;
        self.shipped += more.shipped;
        self.delivered += more.delivered;
        self.confirmed += more.confirmed;
        self.cancelled += more.cancelled;
        self.returned += more.returned;
        self.exchanged += more.exchanged;
        self.claimed += more.claimed;
    }
}

impl Change for PaymentChange {
    type Key = PaymentId;

    fn key(&self) -> PaymentId {
        self.payment
    }

    fn then(&mut self, later: Self) {
        replace(&mut self.status, later.status);
        replace(&mut self.refunded_minor, later.refunded_minor);
        self.position = later.position;
    }
}

impl Beginning<PaymentChange> for Payment {
    fn key(&self) -> PaymentId {
        self.change.payment
    }

    fn absorb(&mut self, change: PaymentChange) {
        self.change.then(change);
    }
}

//! What a coupon's history has come to: its issue, and one phase, so that it is never held and used at once nor by two
//! orders. Never here: a decision.
//!
//! The issue sits behind an `Arc`, so that cloning a state doesn't clone the terms.

use std::sync::Arc;

use kernel::id::OrderId;

use super::event::{Event, Issued};

/// A coupon, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// It was never issued.
    #[default]
    Absent,
    /// It was issued.
    Present(Life),
}

/// An issued coupon; read it through [`State`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub(super) issued: Arc<Issued>,
    pub(super) phase: Phase,
    /// The order that last let go of it or gave it back: the same asked again is already so.
    pub(super) let_go_by: Option<OrderId>,
}

/// Where an issued coupon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its member can use it while it is valid.
    Issued,
    /// It is kept for an order that waits for payment.
    Held {
        /// Which order.
        order: OrderId,
    },
    /// It was used up.
    Used {
        /// By which order.
        order: OrderId,
    },
    /// It was taken back.
    Revoked,
}

impl State {
    /// Its issue, with member, terms and validity; once issued.
    pub fn issued(&self) -> Option<&Issued> {
        self.life().map(|life| &*life.issued)
    }

    /// Where it stands, once issued.
    pub fn phase(&self) -> Option<Phase> {
        self.life().map(|life| life.phase)
    }

    pub(super) fn life(&self) -> Option<&Life> {
        match self {
            Self::Absent => None,
            Self::Present(life) => Some(life),
        }
    }

    /// The state after an event; one before the issue changes nothing.
    pub(super) fn after(self, event: &Event) -> Self {
        match event {
            Event::Issued(body) => {
                let issued = Arc::new(body.clone());
                Self::Present(Life { issued, phase: Phase::Issued, let_go_by: None })
            }
            Event::Held(body) => self.changed(|life| life.phase = Phase::Held { order: body.order }),
            Event::Used(body) => self.changed(|life| life.phase = Phase::Used { order: body.order }),
            Event::Released(body) => self.changed(|life| life.let_go(body.order)),
            Event::GivenBack(body) => self.changed(|life| life.let_go(body.order)),
            Event::Revoked(_) => self.changed(|life| life.phase = Phase::Revoked),
        }
    }

    fn changed(mut self, apply: impl FnOnce(&mut Life)) -> Self {
        if let Self::Present(life) = &mut self {
            apply(life);
        }
        self
    }
}

impl Life {
    fn let_go(&mut self, order: OrderId) {
        self.phase = Phase::Issued;
        self.let_go_by = Some(order);
    }
}

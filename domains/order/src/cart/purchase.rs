//! That a cart was bought, once: a cart as some request left it is named by that request and becomes one order, however
//! often its purchase is submitted.
//!
//! Never here: what was in the cart. The order knows.

use kernel::id::{CommandId, OrderId};
use kernel::{Decider, RejectionKind, Timestamp};
use serde::{Deserialize, Serialize};

/// The decider of a cart's purchase.
#[derive(Debug, Clone, Copy)]
pub struct Purchase;

/// What can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Buy what is in the cart.
    Buy(Buy),
}

/// Buy what is in the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// The order that it becomes.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// A fact about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The cart became an order.
    Bought(Bought),
}

kernel::domain_event! { Event { Bought => "bought" 1 } }

/// The cart became an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// Which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The cart is an order already.
    #[error("this cart was bought before: it is order {order}")]
    Bought {
        /// Which order.
        order: OrderId,
    },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Bought { .. } => "cart_bought",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::Bought { .. } => RejectionKind::Conflict,
        }
    }
}

impl Decider for Purchase {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "cart_purchase";

    /// The request that left the cart as it was bought.
    type Id = CommandId;
    /// The order that it became.
    type State = Option<OrderId>;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(
        state: &Self::State,
        Command::Buy(Buy { order, at }): Command,
    ) -> Result<Vec<Event>, Rejection> {
        match *state {
            None => Ok(vec![Event::Bought(Bought { order, at })]),
            Some(known) if known == order => Ok(Vec::new()),
            Some(known) => Err(Rejection::Bought { order: known }),
        }
    }

    fn evolve(_: Self::State, Event::Bought(Bought { order, .. }): &Event) -> Self::State {
        Some(*order)
    }
}

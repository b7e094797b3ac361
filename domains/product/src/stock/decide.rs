//! What each command changes: one match, then one small function per command.
//!
//! Invariants: `available = on_hand − reserved` is never below zero; `reserved` is the sum of the reservations.

use kernel::id::{OrderId, SkuId};
use kernel::{Decider, Quantity};

use super::command::{Adjust, Command, Commit, Open, Receive, Release, Reserve, Restock};
use super::event::{Adjusted, Committed, Event, Opened, Received, Released, Reserved, Restocked};
use super::fold;
use super::policy::raised;
use super::rejection::Rejection;
use super::state::{Count, State};
use super::value::{Condition, Item, Levels};

/// The stock's rules.
#[derive(Debug, Clone, Copy)]
pub struct Stock;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Stock {
    const CONTEXT: &'static str = "product";
    const AGGREGATE: &'static str = "stock";
    /// A SKU that many want at once: every event names its order and says the levels after it.
    const COMBINES: bool = true;
    const SNAPSHOTS: bool = true;
    type Id = SkuId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        let count = state.count().ok_or(Rejection::NotFound);
        match command {
            Command::Open(command) => open(state, &command),
            Command::Receive(command) => receive(count?, &command),
            Command::Reserve(command) => reserve(count?, &command),
            Command::Commit(command) => commit(count?, &command),
            Command::Release(command) => release(count?, &command),
            Command::Restock(command) => restock(count?, &command),
            Command::Adjust(command) => adjust(count?, command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        fold::evolve(state, event)
    }

    fn freeze(state: &State) -> Option<String> {
        kernel::snapshot::freeze(state)
    }

    fn thaw(frozen: &str) -> Option<State> {
        kernel::snapshot::thaw(frozen)
    }
}

fn open(state: &State, command: &Open) -> Decision {
    let Open { sku, product, merchant, at } = *command;
    let item = Item { sku, product, merchant };
    match state.item() {
        None => Ok(vec![Event::Opened(Opened { item, levels: Levels::default(), at })]),
        Some(now) if now == item => Ok(vec![]),
        Some(_) => Err(Rejection::AlreadyOpened),
    }
}

fn receive(count: &Count, command: &Receive) -> Decision {
    let Receive { quantity, at } = *command;
    let Count { item, levels: now, .. } = *count;
    let on_hand = raised(now.on_hand, quantity.get().into())?;
    let levels = Levels::new(on_hand, now.reserved, now.damaged);
    Ok(vec![Event::Received(Received { item, quantity, levels, at })])
}

fn reserve(count: &Count, command: &Reserve) -> Decision {
    let Reserve { order, quantity, at } = *command;
    let Count { item, levels: now, .. } = *count;
    if quantity.get() > now.available {
        return Err(Rejection::SoldOut { requested: quantity.get(), available: now.available });
    }
    let levels = Levels::new(now.on_hand, now.reserved.saturating_add(quantity.get()), now.damaged);
    Ok(vec![Event::Reserved(Reserved { item, order, quantity, levels, at })])
}

fn commit(count: &Count, command: &Commit) -> Decision {
    let Commit { order, quantity, at } = *command;
    let Count { item, levels: now, .. } = *count;
    let reserved = unreserved(count, order, quantity)?;
    let levels = Levels::new(now.on_hand.saturating_sub(quantity.get()), reserved, now.damaged);
    Ok(vec![Event::Committed(Committed { item, order, quantity, levels, at })])
}

fn release(count: &Count, command: &Release) -> Decision {
    let Release { order, quantity, at } = *command;
    let Count { item, levels: now, .. } = *count;
    let reserved = unreserved(count, order, quantity)?;
    let levels = Levels::new(now.on_hand, reserved, now.damaged);
    Ok(vec![Event::Released(Released { item, order, quantity, levels, at })])
}

/// The reserved pieces of all orders once one of them lets go of some that it has.
fn unreserved(count: &Count, order: OrderId, quantity: Quantity) -> Result<u32, Rejection> {
    let (requested, reserved) = (quantity.get(), count.reserved_for(order));
    if requested > reserved {
        return Err(Rejection::NotReserved { order, requested, reserved });
    }
    Ok(count.levels.reserved.saturating_sub(requested))
}

fn restock(count: &Count, command: &Restock) -> Decision {
    let Restock { claim, quantity, condition, at } = *command;
    let Count { item, levels: now, .. } = *count;
    let pieces = quantity.get().into();
    let levels = match condition {
        Condition::Resellable => Levels::new(raised(now.on_hand, pieces)?, now.reserved, now.damaged),
        Condition::Damaged => Levels::new(now.on_hand, now.reserved, raised(now.damaged, pieces)?),
    };
    Ok(vec![Event::Restocked(Restocked { item, claim, quantity, condition, levels, at })])
}

fn adjust(count: &Count, Adjust { delta, reason, at }: Adjust) -> Decision {
    let Count { item, levels: now, .. } = *count;
    if delta == 0 {
        return Ok(vec![]);
    }
    let levels = Levels::new(adjusted(now, delta)?, now.reserved, now.damaged);
    Ok(vec![Event::Adjusted(Adjusted { item, delta, reason, levels, at })])
}

/// The count on hand after a correction, which may take available pieces only.
fn adjusted(now: Levels, delta: i64) -> Result<u32, Rejection> {
    let by = delta.unsigned_abs();
    if delta > 0 {
        return raised(now.on_hand, by);
    }
    match u32::try_from(by) {
        Ok(fall) if fall <= now.available => Ok(now.on_hand.saturating_sub(fall)),
        Ok(_) | Err(_) => Err(Rejection::BelowReserved { fall: by, available: now.available }),
    }
}

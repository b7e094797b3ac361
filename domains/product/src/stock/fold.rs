//! How a stock's facts add up. Total: it never fails and never decides; a fact before the opening changes nothing.

use std::sync::Arc;

use super::event::Event;
use super::state::{Count, State};

/// Folds one event into the state.
pub(super) fn evolve(state: State, event: &Event) -> State {
    match event {
        Event::Opened(body) => {
            State::Open(Count { item: body.item, levels: body.levels, reservations: Arc::default() })
        }
        Event::Received(_) | Event::Restocked(_) | Event::Adjusted(_) => change(state, event, |_| ()),
        Event::Reserved(body) => change(state, event, |count| count.keep(body.order, body.quantity.get())),
        Event::Committed(body) => change(state, event, |count| count.let_go(body.order, body.quantity.get())),
        Event::Released(body) => change(state, event, |count| count.let_go(body.order, body.quantity.get())),
    }
}

fn change(mut state: State, event: &Event, apply: impl FnOnce(&mut Count)) -> State {
    if let State::Open(count) = &mut state {
        count.levels = event.levels();
        apply(count);
    }
    state
}

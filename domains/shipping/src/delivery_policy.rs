//! What a merchant charges for delivery and return in one mall, and how fast it dispatches. Never here: an order's own fee.

pub mod command;
pub mod event;
pub mod state;

pub mod decide;

pub mod policy;
pub mod rejection;
pub mod value;

pub use command::{Command, Set};
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
pub use value::{FeeRule, PolicyId, RemoteSurcharges};

use kernel::Decider;

/// The aggregate: one merchant's delivery policy (배송 정책) in one mall, in the mall's currency.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryPolicy;

impl Decider for DeliveryPolicy {
    const CONTEXT: &'static str = "shipping";
    const AGGREGATE: &'static str = "policy";

    type Id = PolicyId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(_: State, event: &Event) -> State {
        State::after(event)
    }
}

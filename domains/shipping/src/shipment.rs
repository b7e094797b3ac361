//! One parcel, from the request to the door. Never here: how a carrier spells its scans; the edge translates.

pub mod command;
pub mod event;
pub mod state;

pub mod decide;

pub mod policy;
pub mod rejection;
pub mod value;

pub use command::{Accept, Cancel, Command, Dispatch, ExplainDelay, Request, Track};
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
pub use value::{CancelReason, DelayReason, Purpose, ScanStatus, ShipmentLine, Status};

use kernel::Decider;
use kernel::id::ShipmentId;

/// The aggregate: one shipment of one delivery group.
#[derive(Debug, Clone, Copy)]
pub struct Shipment;

impl Decider for Shipment {
    const CONTEXT: &'static str = "shipping";
    const AGGREGATE: &'static str = "shipment";

    type Id = ShipmentId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(state: State, event: &Event) -> State {
        state.evolve(event)
    }
}

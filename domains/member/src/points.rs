//! A member's points (적립금) in one mall: earned in lots that expire, held for orders, used, given back, taken back.
//!
//! A point is worth one minor unit of the mall's currency. Never here: the rate of a grade, or why an order wants points.
//! The account keeps what is restorable and repeatable in mind, and forgets the oldest of it (see [`policy`]).

pub mod command;
mod decide;
pub mod earning;
pub mod event;
mod fold;
pub mod id;
pub mod lot;
pub mod policy;
mod rejection;
pub mod state;
pub mod value;

pub use command::{Command, Earn, Expire, Hold, Release, Restore, Revoke, Use};
pub use earning::earned;
pub use event::{Earned, Event, Expired, Held, Released, Restored, Revoked, Used};
pub use id::{LotId, PointAccountId, RestoreId};
pub use lot::{Lot, Part, Parts};
pub use rejection::Rejection;
pub use state::{Account, State};
pub use value::{Earning, Levels, Revocation};

/// The decider of a member's points in one mall.
#[derive(Debug, Clone, Copy)]
pub struct PointAccount;

impl kernel::Decider for PointAccount {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "points";
    const SNAPSHOTS: bool = true;

    type Id = PointAccountId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
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

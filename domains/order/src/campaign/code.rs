//! The claim on a campaign's code: one subject per code and mall, so that it leads to one campaign at a time.
//!
//! Never here: how what a shopper typed becomes a code (NFKC, upper case: done at the edge), or whether the campaign that
//! it leads to still hands out coupons. A code leads to its campaign until it is released, also after the campaign's end.

pub mod command;
mod decide;
pub mod event;
mod rejection;
pub mod state;
pub mod value;

pub use command::{Claim, Command, Release};
pub use event::{Claimed, Event, Released};
pub use rejection::Rejection;
pub use state::State;
pub use value::{CampaignCode, CampaignCodeError, MallCode, MallCodeError};

/// The decider of a code's claim.
#[derive(Debug, Clone, Copy)]
pub struct CodeClaim;

impl kernel::Decider for CodeClaim {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "campaign_code";

    type Id = MallCode;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(_former: State, event: &Event) -> State {
        State::after(event)
    }
}

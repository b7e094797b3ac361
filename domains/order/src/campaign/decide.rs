//! What each command changes: one match, then one small function per command.
//!
//! Invariants: the count is the number of issues and never exceeds the limit; no number above the member's limit is issued.
//! An issue asked twice is counted twice: the log knows a command by its id, and another command for the same coupon is
//! refused by the coupon, in the same append.

use kernel::Decider;
use kernel::id::CampaignId;

use super::command::{Command, End, Issue, Launch, Pause, Resume};
use super::event::{Ended, Event, Issued, Launched, Paused, Resumed};
use super::policy;
use super::rejection::Rejection;
use super::state::{Phase, Run, State};
use super::value::Plan;

/// The campaign's rules.
#[derive(Debug, Clone, Copy)]
pub struct Campaign;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Campaign {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "campaign";
    /// Coupons that many want at once: every issue names its coupon and member, and says the count after it.
    const COMBINES: bool = true;
    const SNAPSHOTS: bool = true;
    type Id = CampaignId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        let run = state.run().ok_or(Rejection::NotFound);
        match command {
            Command::Launch(command) => launch(state, command),
            Command::Issue(command) => issue(run?, &command),
            Command::Pause(command) => pause(run?, &command),
            Command::Resume(command) => resume(run?, &command),
            Command::End(command) => Ok(end(run?, &command)),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }

    fn freeze(state: &State) -> Option<String> {
        kernel::snapshot::freeze(state)
    }

    fn thaw(frozen: &str) -> Option<State> {
        kernel::snapshot::thaw(frozen)
    }
}

fn launch(state: &State, Launch { campaign, plan, at }: Launch) -> Decision {
    match state.run() {
        None => {
            policy::check_plan(&plan, at)?;
            Ok(vec![Event::Launched(Launched { campaign, plan, at })])
        }
        Some(run) if run.campaign() == campaign && run.launched.plan == plan => Ok(vec![]),
        Some(_) => Err(Rejection::AlreadyLaunched),
    }
}

fn issue(run: &Run, command: &Issue) -> Decision {
    let Issue { coupon, member, nth, at } = *command;
    let Plan { limits, period, .. } = &run.launched.plan;
    if run.phase != Phase::Running {
        return Err(Rejection::NotRunning { phase: run.phase });
    }
    policy::check_open(*period, at)?;
    // Who has had all of theirs hears that, also of a campaign that is exhausted.
    if !(1..=limits.per_member).contains(&nth) {
        return Err(Rejection::MemberLimit { nth, max: limits.per_member });
    }
    let total = policy::total(*limits);
    if run.issued >= total {
        return Err(Rejection::Exhausted { total });
    }
    let (campaign, issued) = (run.campaign(), run.issued.saturating_add(1));
    Ok(vec![Event::Issued(Issued { campaign, coupon, member, nth, issued, at })])
}

fn pause(run: &Run, command: &Pause) -> Decision {
    let (campaign, issued, at) = (run.campaign(), run.issued, command.at);
    match run.phase {
        Phase::Running => Ok(vec![Event::Paused(Paused { campaign, issued, at })]),
        Phase::Paused => Ok(vec![]),
        Phase::Ended => Err(Rejection::Ended),
    }
}

fn resume(run: &Run, command: &Resume) -> Decision {
    let (campaign, issued, at) = (run.campaign(), run.issued, command.at);
    match run.phase {
        Phase::Paused => Ok(vec![Event::Resumed(Resumed { campaign, issued, at })]),
        Phase::Running => Ok(vec![]),
        Phase::Ended => Err(Rejection::Ended),
    }
}

/// Any campaign can be ended.
fn end(run: &Run, command: &End) -> Vec<Event> {
    let (campaign, issued, at) = (run.campaign(), run.issued, command.at);
    match run.phase {
        Phase::Running | Phase::Paused => vec![Event::Ended(Ended { campaign, issued, at })],
        Phase::Ended => vec![],
    }
}

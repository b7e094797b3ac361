//! What each command changes: one match, then one small function per command.
//!
//! Invariants: one order at most holds or has used a coupon; it is used only by the order that held it; what its terms
//! don't give back stays used.

use kernel::Decider;
use kernel::Timestamp;
use kernel::id::{CouponId, OrderId};

use super::command::{Command, GiveBack, Hold, Issue, Release, Revoke, Use};
use super::event::{Event, GivenBack, Held, Issued, Released, Revoked, Used};
use super::policy::check_valid;
use super::rejection::Rejection;
use super::state::{Life, Phase, State};

/// The coupon's rules.
#[derive(Debug, Clone, Copy)]
pub struct Coupon;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Coupon {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "coupon";
    type Id = CouponId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        let life = state.life().ok_or(Rejection::NotFound);
        match command {
            Command::Issue(command) => issue(state, command),
            Command::Hold(command) => hold(life?, &command),
            Command::Use(command) => use_up(life?, &command),
            Command::Release(command) => release(life?, &command),
            Command::GiveBack(command) => give_back(life?, &command),
            Command::Revoke(command) => revoke(life?, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }
}

/// Issues it once. A second issue is refused and never "already so": its append counts one more coupon of the campaign,
/// and a part that changes nothing would let that count stand. The same command again is known to the log by its id.
fn issue(state: &State, command: Issue) -> Decision {
    let Issue { coupon, campaign, member, nth, terms, valid_from, valid_until, at } = command;
    match state {
        State::Present(_) => Err(Rejection::AlreadyIssued),
        State::Absent if valid_until <= valid_from => Err(Rejection::BadValidity),
        State::Absent => Ok(vec![Event::Issued(Issued {
            coupon,
            campaign,
            member,
            nth,
            terms,
            valid_from,
            valid_until,
            at,
        })]),
    }
}

/// Another member's coupon is refused as one that isn't there: nobody learns of it by trying.
fn hold(life: &Life, command: &Hold) -> Decision {
    let Hold { order, member, at } = *command;
    if member != life.issued.member {
        return Err(Rejection::NotFound);
    }
    match life.of(order)? {
        Phase::Held { .. } | Phase::Used { .. } => Ok(vec![]),
        Phase::Revoked => Err(Rejection::Revoked),
        Phase::Issued => {
            check_valid(&life.issued, at)?;
            Ok(vec![life.held(order, at)])
        }
    }
}

fn use_up(life: &Life, command: &Use) -> Decision {
    let Use { order, at } = *command;
    match life.of(order)? {
        Phase::Held { .. } => Ok(vec![life.used(order, at)]),
        Phase::Used { .. } => Ok(vec![]),
        Phase::Issued => Err(Rejection::NotHeld),
        Phase::Revoked => Err(Rejection::Revoked),
    }
}

fn release(life: &Life, command: &Release) -> Decision {
    let Release { order, at } = *command;
    match life.of(order) {
        Ok(Phase::Held { .. }) => Ok(vec![life.released(order, at)]),
        Ok(Phase::Used { .. }) => Err(Rejection::Used),
        Ok(Phase::Issued | Phase::Revoked) | Err(_) if life.let_go_by == Some(order) => Ok(vec![]),
        Ok(Phase::Issued | Phase::Revoked) => Err(Rejection::NotHeld),
        Err(taken) => Err(taken),
    }
}

fn give_back(life: &Life, command: &GiveBack) -> Decision {
    let GiveBack { order, at } = *command;
    match life.of(order) {
        Ok(Phase::Used { .. }) if life.issued.terms.back_at_cancel => Ok(vec![life.given_back(order, at)]),
        Ok(Phase::Used { .. }) => Err(Rejection::NotGivenBack),
        Ok(Phase::Issued | Phase::Revoked) | Err(_) if life.let_go_by == Some(order) => Ok(vec![]),
        Ok(Phase::Held { .. } | Phase::Issued | Phase::Revoked) => Err(Rejection::NotUsed),
        Err(taken) => Err(taken),
    }
}

/// Takes it back where no order has it: one that waits for payment was promised its discount.
fn revoke(life: &Life, command: &Revoke) -> Decision {
    let Issued { coupon, campaign, member, .. } = *life.issued;
    match life.phase {
        Phase::Issued => Ok(vec![Event::Revoked(Revoked { coupon, campaign, member, at: command.at })]),
        Phase::Revoked => Ok(vec![]),
        Phase::Held { .. } => Err(Rejection::Held),
        Phase::Used { .. } => Err(Rejection::Used),
    }
}

impl Life {
    /// Where it stands, unless another order than this one has it.
    fn of(&self, order: OrderId) -> Result<Phase, Rejection> {
        match self.phase {
            Phase::Held { order: holder } | Phase::Used { order: holder } if holder != order => {
                Err(Rejection::Taken)
            }
            phase @ (Phase::Issued | Phase::Held { .. } | Phase::Used { .. } | Phase::Revoked) => Ok(phase),
        }
    }

    fn held(&self, order: OrderId, at: Timestamp) -> Event {
        let Issued { coupon, campaign, member, .. } = *self.issued;
        Event::Held(Held { coupon, campaign, member, order, at })
    }

    fn used(&self, order: OrderId, at: Timestamp) -> Event {
        let Issued { coupon, campaign, member, .. } = *self.issued;
        Event::Used(Used { coupon, campaign, member, order, at })
    }

    fn released(&self, order: OrderId, at: Timestamp) -> Event {
        let Issued { coupon, campaign, member, .. } = *self.issued;
        Event::Released(Released { coupon, campaign, member, order, at })
    }

    fn given_back(&self, order: OrderId, at: Timestamp) -> Event {
        let Issued { coupon, campaign, member, .. } = *self.issued;
        Event::GivenBack(GivenBack { coupon, campaign, member, order, at })
    }
}

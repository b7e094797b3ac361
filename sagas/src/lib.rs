//! The coordinator and the sagas: what follows from what, across contexts.
//!
//! A saga listens to the log and answers with commands; it writes nothing else. Each instance has a stream of its own,
//! where a step is one commit: the input, the commands to issue, the timers to start. Issuing comes after, under names
//! derived from the step, so that a crash in between only means issuing again, to no effect.
//! Never here: a rule of one context, a call to the outside world, a clock of its own.

pub mod again;
pub mod clock;
pub mod command;
pub mod coordinator;
mod deliver;
mod delivery;
mod done;
mod entrance;
mod held;
pub mod issuer;
mod lane;
pub mod metrics;
mod missed;
pub mod operator;
pub mod points;
pub mod process;
mod runner;
pub mod saga;
pub mod timers;
pub mod unheard;

pub mod every;
pub mod pieces;
pub mod reckoned;

pub mod payment_expiry;
pub mod refund;

pub mod redemption;

pub mod gift;

pub mod fulfilment;

pub mod confirmation;

pub mod claim;

pub mod accrual;

pub mod earning;

pub mod point_expiry;

pub mod statement;

pub use clock::Clock;
pub use command::{Command, Errand};
pub use coordinator::{Coordinator, CoordinatorError, Ports};
pub use entrance::Sagas;
pub use every::every_saga;
pub use issuer::{IssueError, Issuer};
pub use lane::PATIENCE;
pub use points::Points;
pub use saga::{Effect, Input, NoTimer, Routes, Saga};
pub use timers::Timers;

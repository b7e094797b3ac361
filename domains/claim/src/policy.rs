//! The rules of claims that may change, each with a name: limits, faults, fees, and who may do what.
//!
//! Never here: state. A policy is a pure question about values.

pub mod fault;
pub mod fees;
pub mod parties;
pub mod refusals;

use chrono::TimeDelta;

pub use fault::{fault_of, reason_fits};

/// The most lines in one claim.
pub const MAX_LINES: usize = 100;
/// The most runs of pieces in one claim: a line comes more than once where its free pieces have gaps.
pub const MAX_RUNS: usize = 1_000;
/// The most delivery groups in one claim: every line may be its own.
pub const MAX_GROUPS: usize = MAX_LINES;
/// The most pickups that one return may ask for, failed ones included.
pub const MAX_PICKUPS: usize = 10;
/// The least time that a hold gives a shopper who has to act: a claim may fall when it is over.
pub const SHOPPERS_TIME: TimeDelta = TimeDelta::days(1);
/// The most failed refunds of one claim, before somebody must look at the payment.
pub const MAX_FAILED_REFUNDS: usize = 10;

/// A cancel is approved by itself until a merchant accepted the shipment of any of its pieces (발주확인).
pub const fn approves_by_itself(accepted: bool) -> bool {
    !accepted
}

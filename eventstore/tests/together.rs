//! Commands that meet on one aggregate inside one process: they share commits, and each hears of its own fate alone.
//!
//! And what a process that comes later begins at: snapshots.
//!
//! The log is in memory behind a door of ours, which keeps one append waiting until everybody has arrived.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at the first surprise; the tally is shared with the contract's tests"
)]

#[path = "together/door.rs"]
mod door;
#[path = "together/fates.rs"]
mod fates;
#[path = "contract/heap.rs"]
mod heap;
#[path = "together/hot.rs"]
mod hot;
#[path = "together/snapshots.rs"]
mod snapshots;
#[path = "contract/tally.rs"]
mod tally;
#[path = "contract/troubled.rs"]
mod troubled;

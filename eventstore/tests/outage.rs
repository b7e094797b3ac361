//! What a writer sees when the server's answers are lost or the server is away: every outcome is known in the end, and
//! nothing is written twice.
//!
//! A gate of ours stands between the client and the server of `JANGTEO_NATS_URL`. Nothing sleeps: a test waits for what
//! stands in the log, or for the client's own tries.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at the first surprise; the tally is shared with the contract's tests"
)]

#[path = "outage/away.rs"]
mod away;
#[path = "outage/forgetful.rs"]
mod forgetful;
#[path = "outage/gate.rs"]
mod gate;
#[path = "outage/lost.rs"]
mod lost;
#[path = "outage/site.rs"]
mod site;
#[path = "contract/tally.rs"]
mod tally;
#[path = "contract/troubled.rs"]
mod troubled;
#[path = "contract/written.rs"]
mod written;

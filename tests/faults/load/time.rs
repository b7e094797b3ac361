//! Time: an operator moves the clock of the sandbox on, so that purchases confirm themselves, statements close and
//! payouts fall due while things fail.

use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;

use crate::caller::{Answer, Ask, Caller, Proof, pace};

/// Between two moves of the clock.
const BEAT: Duration = Duration::from_secs(5);
/// By how much it is moved: unpaid orders expire, and a week's statements close every few beats.
const STEP_SECONDS: u32 = 30 * 60 * 60;

/// Who keeps the clock.
pub struct Time {
    caller: Caller,
    moves: usize,
    /// By how many seconds it was moved, as acknowledged.
    pub moved_seconds: u64,
}

impl Time {
    pub(super) const fn new(caller: Caller) -> Self {
        Self { caller, moves: 0, moved_seconds: 0 }
    }

    /// Lets time pass until the market closes.
    pub(super) async fn pass_until(mut self, open: watch::Receiver<bool>) -> Self {
        let mut beats = pace(BEAT);
        beats.tick().await;
        while *open.borrow() {
            beats.tick().await;
            self.pass(STEP_SECONDS).await;
        }
        self
    }

    /// Moves the clock on by so many seconds; whether it was.
    pub async fn pass(&mut self, seconds: u32) -> bool {
        self.moves += 1;
        let ask = Ask {
            kind: "move the clock",
            path: "/admin/v1/clock/advance".to_owned(),
            key: format!("advance-{}", self.moves),
            body: json!({ "seconds": seconds }),
            proof: Proof::None,
        };
        let moved = matches!(self.caller.write(&ask).await, Answer::Done(..));
        self.moved_seconds += if moved { u64::from(seconds) } else { 0 };
        moved
    }
}

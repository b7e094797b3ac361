//! What a campaign's history has come to: its plan, its phase, and a count. It is as large after a million coupons as
//! after none.
//!
//! The plan sits behind an `Arc`, so that cloning a busy campaign's state costs nothing. Never here: members or coupons.

use std::fmt;
use std::sync::Arc;

use kernel::Timestamp;
use kernel::id::CampaignId;
use serde::{Deserialize, Serialize};

use super::event::{Event, Launched};
use super::value::{Issuance, Plan};

/// A campaign, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It was never launched.
    #[default]
    Absent,
    /// It was launched.
    Launched(Run),
}

/// A launched campaign; read it through [`State`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub(super) launched: Arc<Launched>,
    pub(super) phase: Phase,
    pub(super) issued: u32,
}

/// Where a launched campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Coupons are handed out in its period.
    Running,
    /// None for now.
    Paused,
    /// None any more.
    Ended,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
        })
    }
}

impl State {
    /// Where it stands, once launched.
    pub fn phase(&self) -> Option<Phase> {
        self.run().map(|run| run.phase)
    }

    /// All that it says, once launched.
    pub fn plan(&self) -> Option<&Plan> {
        self.run().map(|run| &run.launched.plan)
    }

    /// How many coupons were handed out.
    pub fn issued(&self) -> u32 {
        self.run().map_or(0, |run| run.issued)
    }

    /// What a coupon issued at an instant gets: see [`Plan::issuance`].
    pub fn issuance(&self, at: Timestamp) -> Option<Issuance> {
        self.plan().map(|plan| plan.issuance(at))
    }

    pub(super) fn run(&self) -> Option<&Run> {
        match self {
            Self::Absent => None,
            Self::Launched(run) => Some(run),
        }
    }

    /// The state after an event; one before the launch changes nothing.
    pub(super) fn after(self, event: &Event) -> Self {
        match event {
            Event::Launched(body) => {
                Self::Launched(Run { launched: Arc::new(body.clone()), phase: Phase::Running, issued: 0 })
            }
            Event::Issued(_) => self.changed(event, |_| ()),
            Event::Paused(_) => self.changed(event, |run| run.phase = Phase::Paused),
            Event::Resumed(_) => self.changed(event, |run| run.phase = Phase::Running),
            Event::Ended(_) => self.changed(event, |run| run.phase = Phase::Ended),
        }
    }

    fn changed(mut self, event: &Event, apply: impl FnOnce(&mut Run)) -> Self {
        if let Self::Launched(run) = &mut self {
            run.issued = event.issued();
            apply(run);
        }
        self
    }
}

impl Run {
    pub(super) fn campaign(&self) -> CampaignId {
        self.launched.campaign
    }
}

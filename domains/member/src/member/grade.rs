//! A member's grade (등급), and which one held when. Never here: what a grade is worth; each mall says so.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::policy::GRADES_REMEMBERED;

/// How the marketplace regards a member: the same in every mall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Everybody, unless an operator says otherwise (일반).
    #[default]
    Basic,
    /// The first above (실버).
    Silver,
    /// The second (골드).
    Gold,
    /// The highest (VIP).
    Vip,
}

impl Grade {
    /// Each of them, the lowest first.
    pub const ALL: [Self; 4] = [Self::Basic, Self::Silver, Self::Gold, Self::Vip];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Vip => "vip",
        }
    }
}

/// The grades that a member was given, the last one last. What was given before the oldest remembered counts as the
/// default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grades(Vec<(Timestamp, Grade)>);

impl Grades {
    /// The grade in force.
    pub fn now(&self) -> Grade {
        self.0.last().map(|(_, grade)| *grade).unwrap_or_default()
    }

    /// The grade that was in force at an instant: what an operator sets counts from then on, never before.
    pub fn at(&self, instant: Timestamp) -> Grade {
        let given = self.0.iter().rev().find(|(since, _)| *since <= instant);
        given.map(|(_, grade)| *grade).unwrap_or_default()
    }

    pub(super) fn set(&mut self, grade: Grade, at: Timestamp) {
        if self.0.len() >= GRADES_REMEMBERED {
            self.0.remove(0);
        }
        self.0.push((at, grade));
    }
}

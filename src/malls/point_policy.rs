//! What a mall gives in points (적립금) for a confirmed purchase: a rate per grade (등급), and how long they are good.

use chrono::{Days, NaiveTime, TimeDelta};
use kernel::{Rate, Timestamp};
use member::member::Grade;
use serde::{Deserialize, Serialize};

/// A mall's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointPolicy {
    /// How many days points are good after the day on which they were earned, by the mall's calendar.
    pub valid_days: u16,
    /// Which share of what was paid for goods each grade earns.
    pub rates: GradeRates,
}

/// A rate for every grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the grades")]
pub struct GradeRates {
    pub basic: Rate,
    pub silver: Rate,
    pub gold: Rate,
    pub vip: Rate,
}

impl GradeRates {
    /// A grade's rate.
    pub const fn of(&self, grade: Grade) -> Rate {
        match grade {
            Grade::Basic => self.basic,
            Grade::Silver => self.silver,
            Grade::Gold => self.gold,
            Grade::Vip => self.vip,
        }
    }
}

impl PointPolicy {
    /// When points end that are earned now: with the last of their days, at the mall's midnight.
    pub fn expires_at(&self, at: Timestamp, utc_offset_seconds: i32) -> Timestamp {
        let offset = TimeDelta::seconds(i64::from(utc_offset_seconds));
        let today = at.naive_utc().checked_add_signed(offset).map(|local| local.date());
        let end = today.and_then(|day| day.checked_add_days(Days::new(u64::from(self.valid_days) + 1)));
        let midnight = end.and_then(|day| day.and_time(NaiveTime::MIN).checked_sub_signed(offset));
        midnight.map_or(Timestamp::MAX_UTC, |midnight| midnight.and_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEOUL: i32 = 9 * 60 * 60;

    fn policy(valid_days: u16) -> PointPolicy {
        let rates = r#"{"basic": "0.01", "silver": "0.02", "gold": "0.03", "vip": "0.05"}"#;
        PointPolicy { valid_days, rates: serde_json::from_str(rates).unwrap() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn points_are_good_until_the_end_of_their_last_day() {
        let first_second = at("2026-03-01T15:00:00Z");
        let last_second = at("2026-03-02T14:59:59Z");
        for earned in [first_second, last_second] {
            assert_eq!(policy(1).expires_at(earned, SEOUL), at("2026-03-03T15:00:00Z"));
        }
        assert_eq!(policy(0).expires_at(last_second, SEOUL), at("2026-03-02T15:00:00Z"), "later than earned");
        assert_eq!(policy(365).expires_at(last_second, 0), at("2027-03-03T00:00:00Z"));
    }

    #[test]
    fn each_grade_has_its_rate() {
        let rates = policy(1).rates;
        let each: Vec<String> = Grade::ALL.map(|grade| rates.of(grade).fraction().to_string()).into();
        assert_eq!(each, ["0.01", "0.02", "0.03", "0.05"]);
        assert!(serde_json::from_str::<GradeRates>(r#"{"basic": "0.01"}"#).is_err(), "no grade is forgotten");
    }
}

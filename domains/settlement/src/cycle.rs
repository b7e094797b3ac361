//! Settlement cycles: which period an instant falls into, in the mall's local calendar. Never here: holidays, clocks.
//!
//! A mall's calendar is a fixed offset from UTC (Korea: +32400 s), so a local day always has 24 hours.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// How often a merchant is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlementCycle {
    /// Each local day.
    Daily,
    /// Monday to Sunday.
    Weekly,
    /// The 1st to the 15th, the 16th to the end of the month.
    TwiceMonthly,
    /// The calendar month.
    Monthly,
}

/// A span of time: from (inclusive) until (exclusive), never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Span", into = "Span")]
pub struct Period {
    from: Timestamp,
    until: Timestamp,
}

/// A period as it is written.
#[derive(Serialize, Deserialize)]
struct Span {
    from: Timestamp,
    until: Timestamp,
}

/// The period ends before it begins, or holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period ends after it begins: {from} to {until}")]
pub struct PeriodError {
    /// The beginning given.
    pub from: Timestamp,
    /// The end given.
    pub until: Timestamp,
}

impl Period {
    /// A period from (inclusive) until (exclusive).
    pub fn new(from: Timestamp, until: Timestamp) -> Result<Self, PeriodError> {
        if from < until { Ok(Self { from, until }) } else { Err(PeriodError { from, until }) }
    }

    /// Its first instant.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant after it.
    pub const fn until(self) -> Timestamp {
        self.until
    }

    /// Whether an instant falls into it.
    pub fn contains(self, instant: Timestamp) -> bool {
        self.from <= instant && instant < self.until
    }
}

impl TryFrom<Span> for Period {
    type Error = PeriodError;
    fn try_from(span: Span) -> Result<Self, Self::Error> {
        Self::new(span.from, span.until)
    }
}

impl From<Period> for Span {
    fn from(period: Period) -> Self {
        Self { from: period.from, until: period.until }
    }
}

/// The period of the cycle that holds the instant, in the calendar `utc_offset_seconds` east of UTC.
pub fn period_of(cycle: SettlementCycle, instant: Timestamp, utc_offset_seconds: i32) -> Period {
    let offset = TimeDelta::seconds(i64::from(utc_offset_seconds));
    let utc = instant.naive_utc();
    let (first, next) = dates_of(cycle, utc.checked_add_signed(offset).unwrap_or(utc).date());
    Period { from: local_midnight(first, offset), until: local_midnight(next, offset) }
}

/// The instant by which a period's payout is due: so many calendar days after it ended.
pub fn payout_due(period: Period, days: u32) -> Timestamp {
    period.until.checked_add_days(Days::new(u64::from(days))).unwrap_or(Timestamp::MAX_UTC)
}

/// The first day of the period around a day, and the first day of the next.
fn dates_of(cycle: SettlementCycle, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = day.with_day(1).unwrap_or(day);
    let next_month = month.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let sixteenth = plus(month, 15);
    let monday = minus(day, day.weekday().num_days_from_monday());
    match cycle {
        SettlementCycle::Daily => (day, plus(day, 1)),
        SettlementCycle::Weekly => (monday, plus(monday, 7)),
        SettlementCycle::TwiceMonthly if day < sixteenth => (month, sixteenth),
        SettlementCycle::TwiceMonthly => (sixteenth, next_month),
        SettlementCycle::Monthly => (month, next_month),
    }
}

fn plus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

fn minus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}

fn local_midnight(day: NaiveDate, offset: TimeDelta) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    midnight.checked_sub_signed(offset).unwrap_or(midnight).and_utc()
}

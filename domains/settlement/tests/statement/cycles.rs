//! Periods at the edges of calendars.

use chrono::DateTime;
use kernel::Timestamp;
use proptest::prelude::*;
use settlement::cycle::{Period, SettlementCycle, payout_due, period_of};

const SEOUL: i32 = 9 * 3600;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn check(cycle: SettlementCycle, instant: &str, offset: i32, from: &str, until: &str) {
    assert_eq!(period_of(cycle, at(instant), offset), Period::new(at(from), at(until)).unwrap());
}

#[test]
fn a_day_is_the_malls_local_day() {
    check(
        SettlementCycle::Daily,
        "2026-11-22T15:00:00Z",
        SEOUL,
        "2026-11-22T15:00:00Z",
        "2026-11-23T15:00:00Z",
    );
    check(
        SettlementCycle::Daily,
        "2026-11-22T14:59:59.999Z",
        SEOUL,
        "2026-11-21T15:00:00Z",
        "2026-11-22T15:00:00Z",
    );
    check(
        SettlementCycle::Daily,
        "2026-11-22T02:00:00Z",
        -3 * 3600,
        "2026-11-21T03:00:00Z",
        "2026-11-22T03:00:00Z",
    );
}

#[test]
fn a_week_runs_from_monday_to_sunday_over_the_years_end() {
    let (from, until) = ("2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z");
    check(SettlementCycle::Weekly, "2026-12-28T00:00:00Z", 0, from, until);
    check(SettlementCycle::Weekly, "2027-01-03T23:59:59Z", 0, from, until);
}

#[test]
fn half_months_turn_on_the_sixteenth_and_at_the_months_end() {
    let cycle = SettlementCycle::TwiceMonthly;
    check(cycle, "2026-02-15T23:59:59Z", 0, "2026-02-01T00:00:00Z", "2026-02-16T00:00:00Z");
    check(cycle, "2026-02-16T00:00:00Z", 0, "2026-02-16T00:00:00Z", "2026-03-01T00:00:00Z");
    check(cycle, "2028-02-29T23:00:00Z", 0, "2028-02-16T00:00:00Z", "2028-03-01T00:00:00Z");
    check(cycle, "2026-12-31T23:00:00Z", 0, "2026-12-16T00:00:00Z", "2027-01-01T00:00:00Z");
}

#[test]
fn a_month_holds_its_leap_day_and_ends_at_local_midnight() {
    let cycle = SettlementCycle::Monthly;
    check(cycle, "2028-02-29T12:00:00Z", 0, "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z");
    check(cycle, "2026-12-31T15:00:00Z", SEOUL, "2026-12-31T15:00:00Z", "2027-01-31T15:00:00Z");
    check(cycle, "2026-12-31T14:59:59Z", SEOUL, "2026-11-30T15:00:00Z", "2026-12-31T15:00:00Z");
}

#[test]
fn a_payout_is_due_so_many_days_after_the_period() {
    let period = period_of(SettlementCycle::Monthly, at("2028-02-10T00:00:00Z"), 0);
    assert_eq!(payout_due(period, 10), at("2028-03-11T00:00:00Z"));
}

#[test]
fn a_period_that_holds_nothing_is_none() {
    let now = at("2026-01-01T00:00:00Z");
    assert!(Period::new(now, now).is_err());
    let text = r#"{"from":"2026-01-02T00:00:00Z","until":"2026-01-01T00:00:00Z"}"#;
    assert!(serde_json::from_str::<Period>(text).is_err());
}

fn cycle() -> impl Strategy<Value = SettlementCycle> {
    prop::sample::select(vec![
        SettlementCycle::Daily,
        SettlementCycle::Weekly,
        SettlementCycle::TwiceMonthly,
        SettlementCycle::Monthly,
    ])
}

proptest! {
    #[test]
    fn each_instant_is_in_its_period_and_periods_join_without_gaps(
        cycle in cycle(), seconds in 0_i64..4_000_000_000, offset in -43_200_i32..50_400,
    ) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let period = period_of(cycle, instant, offset);
        prop_assert!(period.contains(instant));
        prop_assert_eq!(period_of(cycle, period.from(), offset), period);
        prop_assert_eq!(period_of(cycle, period.until(), offset).from(), period.until());
    }
}

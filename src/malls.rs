//! The malls (몰) of this installation: currency, calendar and policies of each. Configuration, not history.

mod point_policy;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use kernel::{Currency, MallId, Rate, Timestamp};
use member::member::Grade;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use shipping::RemoteAreas;

pub use point_policy::{GradeRates, PointPolicy};

/// One mall's policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mall {
    /// Its name in URLs and events.
    pub mall: MallId,
    /// The currency it trades in.
    pub currency: Currency,
    /// The BCP 47 tag of its language.
    pub locale: String,
    /// Its calendar's distance from UTC in seconds; settlement cycles begin at its midnights.
    pub utc_offset_seconds: i32,
    /// How long a shopper has to pay, in minutes.
    pub payment_limit_minutes: u32,
    /// How many days after delivery a purchase confirms itself.
    pub confirm_after_days: u16,
    /// How many days after its payment a gift can be accepted by its recipient.
    #[serde(default = "gift_days", deserialize_with = "days_of_a_gift")]
    pub gift_accept_days: u16,
    /// The value added tax inside a commission, as a share on top of its net.
    pub commission_vat_rate: Rate,
    /// The smallest payout, in minor units; less is carried over.
    pub minimum_payout_minor: i64,
    /// The value added tax inside prices of taxable goods and delivery fees, as a share on top of their net. Zero: quotes
    /// and orders state none.
    #[serde(default)]
    pub vat_rate: Rate,
    /// Where delivery may cost more: ranges of postal codes. Which codes are remote is the carriers' to say; merchants say
    /// what it costs.
    #[serde(default)]
    pub remote_areas: RemoteAreas,
    /// What confirmed purchases earn in points; nothing where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<PointPolicy>,
}

impl Mall {
    /// Until when an order placed now must be paid.
    pub fn payment_due(&self, at: Timestamp) -> Timestamp {
        at + TimeDelta::minutes(i64::from(self.payment_limit_minutes))
    }

    /// The rate of the value added tax that its quotes and orders state.
    pub fn stated_vat_rate(&self) -> Option<Rate> {
        (self.vat_rate != Rate::ZERO).then_some(self.vat_rate)
    }

    /// What points are good for that are earned now, and at which rate; `None` where the mall gives none.
    pub fn points_of(&self, grade: Grade, at: Timestamp) -> Option<(Rate, Timestamp)> {
        let policy = self.points.as_ref()?;
        Some((policy.rates.of(grade), policy.expires_at(at, self.utc_offset_seconds)))
    }
}

const fn gift_days() -> u16 {
    order::policy::GIFT_DAYS
}

fn days_of_a_gift<'de, D: Deserializer<'de>>(json: D) -> Result<u16, D::Error> {
    let days = u16::deserialize(json)?;
    let most = order::policy::GIFT_DAYS_MAX;
    if (1..=most).contains(&days) {
        Ok(days)
    } else {
        Err(D::Error::custom(format!("gift_accept_days is 1 to {most}, not {days}")))
    }
}

/// Every mall, by name.
#[derive(Debug, Clone, Default)]
pub struct Malls(BTreeMap<MallId, Mall>);

/// The malls can't be read.
#[derive(Debug, thiserror::Error)]
#[error("the malls of JANGTEO_MALLS cannot be read: {0}")]
pub struct MallsError(#[from] serde_json::Error);

impl Malls {
    /// Malls from their JSON: an array of [`Mall`].
    pub fn parse(json: &str) -> Result<Self, MallsError> {
        Ok(Self::new(serde_json::from_str(json)?))
    }

    /// These malls.
    pub fn new(malls: Vec<Mall>) -> Self {
        Self(malls.into_iter().map(|mall| (mall.mall.clone(), mall)).collect())
    }

    /// One mall.
    pub fn get(&self, mall: &MallId) -> Option<&Mall> {
        self.0.get(mall)
    }

    /// Every mall, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Mall> {
        self.0.values()
    }

    /// The malls of an installation that names none: one in won.
    pub fn standard() -> Self {
        Self::parse(include_str!("malls/standard.json")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use shipping::RemoteArea;

    use super::*;

    #[test]
    fn the_standard_malls_can_be_read() {
        assert!(Malls::standard().iter().any(|mall| mall.currency == Currency::Krw));
    }

    #[test]
    fn the_standard_mall_in_won_knows_koreas_remote_areas() {
        let malls = Malls::standard();
        let korean = malls.iter().find(|mall| mall.currency == Currency::Krw).unwrap();
        let found = ["04524", "63000", "63644", "63645", "40200"].map(|code| korean.remote_areas.of(code));
        assert_eq!(
            found,
            [None, Some(RemoteArea::Jeju), Some(RemoteArea::Jeju), None, Some(RemoteArea::Island)]
        );
    }

    #[test]
    fn a_mall_whose_gifts_wait_for_no_time_or_too_long_is_refused() {
        let with_days = |days: u16| {
            let standard = include_str!("malls/standard.json");
            let days = format!(r#""gift_accept_days": {days}, "confirm_after_days""#);
            Malls::parse(&standard.replacen(r#""confirm_after_days""#, &days, 1))
        };
        let taken = [0, 1, 30, 31].map(|days| with_days(days).is_ok());
        assert_eq!(taken, [false, true, true, false]);
    }

    #[test]
    fn malls_with_ranges_that_overlap_are_refused() {
        let standard = include_str!("malls/standard.json");
        let overlapping = standard.replacen(r#""to": "63644""#, r#""to": "90000""#, 1);
        let overlapping =
            overlapping.replacen(r#""from": "59781", "to": "59790""#, r#""from": "80000", "to": "80001""#, 1);
        assert!(Malls::parse(standard).is_ok() && Malls::parse(&overlapping).is_err());
    }
}

//! The malls (몰) of this installation: currency, calendar and policies of each. Configuration, not history.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use kernel::{Currency, MallId, Rate, Timestamp};
use serde::{Deserialize, Serialize};

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
    /// The value added tax inside a commission, as a share on top of its net.
    pub commission_vat_rate: Rate,
    /// The smallest payout, in minor units; less is carried over.
    pub minimum_payout_minor: i64,
}

impl Mall {
    /// Until when an order placed now must be paid.
    pub fn payment_due(&self, at: Timestamp) -> Timestamp {
        at + TimeDelta::minutes(i64::from(self.payment_limit_minutes))
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
    use super::*;

    #[test]
    fn the_standard_malls_can_be_read() {
        assert!(Malls::standard().iter().any(|mall| mall.currency == Currency::Krw));
    }
}

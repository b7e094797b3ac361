//! How far a claim has come, as whoever looks for claims says it.

use serde::Deserialize;
use utoipa::ToSchema;

/// How far a claim has come.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimPhase {
    /// It waits for the merchant's word.
    Requested,
    /// A cancel whose goods won't be sent.
    Approved,
    /// A return whose goods may come.
    Accepted,
    /// Its goods are to be picked up.
    PickupRequested,
    /// The merchant has its goods.
    Collected,
    /// Its goods were looked at, and are as they should be.
    InspectedPass,
    /// Its goods were looked at, and are not as they should be.
    InspectedFail,
    /// The money is on its way.
    Refunding,
    /// The money is back.
    Completed,
    /// It was refused.
    Rejected,
    /// It was taken back.
    Withdrawn,
}

impl ClaimPhase {
    /// Its name in the read model.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::PickupRequested => "pickup_requested",
            Self::Collected => "collected",
            Self::InspectedPass => "inspected_pass",
            Self::InspectedFail => "inspected_fail",
            Self::Refunding => "refunding",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

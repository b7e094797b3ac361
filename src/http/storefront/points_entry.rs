//! What happened to points, as their owner reads it.

use chrono::{DateTime, Utc};
use member::points::{Earning, Event, Levels, Revocation};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Something that happened to a shopper's points.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointsEntry {
    /// `earned`, `held`, `used`, `released`, `restored`, `expired` or `revoked`.
    kind: &'static str,
    /// How many points it moved. `earned`, `released` and `restored` ones can be used from then on, `held`, `expired` and
    /// `revoked` ones no more; `used` ones were held before.
    amount_minor: i64,
    /// How many were neither held nor used after it.
    balance_minor: i64,
    /// How many were held after it.
    held_minor: i64,
    /// When earned points end.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// Why.
    #[serde(flatten)]
    why: Why,
    /// When.
    at: DateTime<Utc>,
}

/// Why points moved: what is said depends on the entry.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Why {
    /// The order that earned, holds, used or gives them back.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Uuid>,
    /// The claim that took back what was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<Uuid>,
    /// What was paid for the goods whose confirmation earned them.
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_minor: Option<i64>,
    /// The share of it that they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    /// What the marketplace says to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<&Event> for PointsEntry {
    fn from(event: &Event) -> Self {
        let of_order = |order: kernel::id::OrderId| Why { order: Some(order.0), ..Why::default() };
        let (kind, amount, why, at) = match event {
            Event::Earned(body) => ("earned", body.amount, of_earning(&body.reason), body.at),
            Event::Held(body) => ("held", body.amount, of_order(body.order), body.at),
            Event::Used(body) => ("used", body.amount, of_order(body.order), body.at),
            Event::Released(body) => ("released", body.amount, of_order(body.order), body.at),
            Event::Restored(body) => ("restored", body.amount, of_order(body.order), body.at),
            Event::Expired(body) => ("expired", body.amount, Why::default(), body.at),
            Event::Revoked(body) => ("revoked", body.amount, of_revocation(&body.reason), body.at),
        };
        let Levels { balance, held } = event.levels();
        Self {
            kind,
            amount_minor: amount.minor(),
            balance_minor: balance.minor(),
            held_minor: held.minor(),
            expires_at: if let Event::Earned(body) = event { Some(body.expires_at) } else { None },
            why,
            at,
        }
    }
}

fn of_earning(reason: &Earning) -> Why {
    match reason {
        Earning::Confirmed { order, rate, paid, .. } => Why {
            order: Some(order.0),
            paid_minor: Some(paid.minor()),
            rate: Some(rate.fraction().to_string()),
            ..Why::default()
        },
        Earning::Purchase { order, .. } => Why { order: Some(order.0), ..Why::default() },
        Earning::Granted { note } => Why { note: Some(note.to_string()), ..Why::default() },
    }
}

fn of_revocation(reason: &Revocation) -> Why {
    match reason {
        Revocation::Returned { claim } => Why { claim: Some(claim.0), ..Why::default() },
        Revocation::Corrected { note } => Why { note: Some(note.to_string()), ..Why::default() },
    }
}

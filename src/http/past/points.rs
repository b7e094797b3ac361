//! A member's points (적립금) in a mall as their own history has them.

use chrono::{DateTime, Utc};
use kernel::Decider;
use member::PointAccount;
use member::points::Part;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer};

/// A member's points in a mall. One point is one minor unit of the mall's currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointsAsTheyWere {
    /// Whose.
    member: Uuid,
    /// Where.
    mall: String,
    /// Neither held nor used; those past their end count until they expire.
    balance_minor: i64,
    /// Held for orders.
    held_minor: i64,
    /// What they are made of without those held, the first to end first: 1,000 or a few more at most.
    lots: Vec<PointLot>,
}

/// Points that were earned at one time.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointLot {
    /// The earning; points that came back with a later end keep its name.
    lot: Uuid,
    /// How many are left.
    amount_minor: i64,
    /// When they end.
    expires_at: DateTime<Utc>,
}

impl From<Part> for PointLot {
    fn from(Part { lot, amount }: Part) -> Self {
        Self { lot: lot.id.0, amount_minor: amount.minor(), expires_at: lot.expires_at }
    }
}

impl Past for PointAccount {
    type View = PointsAsTheyWere;

    fn view(state: &<Self as Decider>::State, viewer: Viewer) -> Option<PointsAsTheyWere> {
        let account = state.id()?;
        let may_see = match viewer {
            Viewer::Staff => true,
            Viewer::Shopper(own) => own == account.member,
            Viewer::Merchant(_) => false,
        };
        may_see.then(|| PointsAsTheyWere {
            member: account.member.0,
            mall: account.mall.to_string(),
            balance_minor: state.balance().minor(),
            held_minor: state.held().minor(),
            lots: state.lots().map(PointLot::from).collect(),
        })
    }
}

//! A gift (선물하기) as its buyer sees it. Never here: where it goes, which its recipient tells the merchants alone.

use chrono::{DateTime, Utc};
use projections::orders::query::OrderView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::service::personal::GiftCard;

/// Where the gift stands that an order is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GiftStanding {
    /// `unpaid`; `waiting`, for its recipient to accept it, before which nothing is sent; `accepted`; or, where what was left
    /// of it is cancelled and refunded: `declined`, `lapsed` or `cancelled`.
    state: String,
    /// Until when it can be accepted; null until it is paid.
    accept_by: Option<DateTime<Utc>>,
}

/// What the buyer said of a gift, and what opens it.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnGiftCard {
    /// Whom it is for.
    recipient: OwnGiftRecipient,
    /// Whom it is from, as the recipient reads it.
    from: String,
    /// A word to the recipient.
    message: Option<String>,
    /// What the recipient needs to see, accept or decline it: pass it on as a link to `GET /storefront/v1/gifts/{token}`.
    /// Whoever has it may. Null until it is paid.
    token: Option<String>,
}

/// Whom a gift is for.
#[derive(Serialize, ToSchema)]
struct OwnGiftRecipient {
    /// The name.
    name: String,
    /// The phone number.
    phone: String,
}

impl GiftStanding {
    /// Of an order, if it is a gift.
    pub(super) fn of(view: &OrderView) -> Option<Self> {
        let state = view.gift()?.to_owned();
        Some(Self { state, accept_by: view.accept_by })
    }
}

impl OwnGiftCard {
    /// The card with its token, if there is one yet.
    pub(super) fn new(card: GiftCard, token: Option<String>) -> Self {
        let GiftCard { recipient, from, message } = card;
        let recipient = OwnGiftRecipient { name: recipient.name, phone: recipient.phone };
        Self { recipient, from, message, token }
    }
}

impl std::fmt::Debug for OwnGiftCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnGiftCard(…)")
    }
}

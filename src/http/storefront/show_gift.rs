//! `GET /storefront/v1/gifts/{token}`: a gift as its recipient sees it, who needs no account. Never here: a price, or
//! anything of the buyer but the name on the card.

use axum::extract::State;
use chrono::{DateTime, Utc};
use order::event::PlacedLine;
use order::state::{Gift, Line};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, Path, Problem};
use crate::service::gifts::KnownGift;

/// A gift.
#[derive(Serialize, ToSchema)]
pub struct GiftPage {
    /// `waiting`, `accepted`, `declined`, `lapsed` or `cancelled`.
    state: &'static str,
    /// Until when it can be accepted; null unless it waits.
    accept_by: Option<DateTime<Utc>>,
    /// Whom it is for, as the buyer knows them.
    recipient: String,
    /// Whom it is from.
    from: String,
    /// A word to the recipient.
    message: Option<String>,
    /// The mall that it comes from.
    mall: String,
    /// What it is: what was not cancelled of it, unless it ended.
    goods: Vec<GiftGoods>,
}

/// Pieces in a gift.
#[derive(Debug, Serialize, ToSchema)]
struct GiftGoods {
    /// The product.
    product: Uuid,
    /// What it is called.
    name: String,
    /// Its options.
    options: Vec<String>,
    /// How many pieces.
    quantity: u32,
}

impl std::fmt::Debug for GiftPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GiftPage(…)")
    }
}

/// Show a gift to whom it is for.
#[utoipa::path(
    get,
    path = "/gifts/{token}",
    security(()),
    params(("token" = String, Path, description = "What the buyer passed on.")),
    responses((status = 200, body = GiftPage), (status = 404, description = "`not_found`: also for a wrong token")),
)]
pub async fn show_gift(State(app): State<App>, Path(token): Path<String>) -> Result<Json<GiftPage>, Problem> {
    let known = app.gift(app.order_of_gift(&token)?).await?;
    page(known).map(Json).ok_or_else(Problem::not_found)
}

fn page(known: KnownGift) -> Option<GiftPage> {
    let KnownGift { order, card } = known;
    let (placed, gift) = (order.placed()?, order.gift()?);
    let accept_by = match gift {
        Gift::Waiting { accept_by } => Some(*accept_by),
        Gift::Unpaid | Gift::Accepted(_) | Gift::Ended(_) => None,
    };
    let over = matches!(gift, Gift::Ended(_));
    let goods = order.lines().filter_map(|(placed, line)| goods(placed, line, over)).collect();
    Some(GiftPage {
        state: gift.name(),
        accept_by,
        recipient: card.recipient.name,
        from: card.from,
        message: card.message,
        mall: placed.mall.to_string(),
        goods,
    })
}

/// What of a line belongs to the gift, if anything does.
fn goods(placed: &PlacedLine, line: &Line, over: bool) -> Option<GiftGoods> {
    let ordered = placed.quantity.get();
    let quantity = if over { ordered } else { ordered.saturating_sub(line.buckets().cancelled) };
    (quantity > 0).then(|| GiftGoods {
        product: placed.product.0,
        name: placed.name.to_string(),
        options: placed.options.iter().map(ToString::to_string).collect(),
        quantity,
    })
}

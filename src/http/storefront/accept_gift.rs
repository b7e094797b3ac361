//! `POST /storefront/v1/gifts/{token}/acceptance`: a gift's recipient says where it goes.

use axum::extract::State;
use kernel::{Actor, Text};
use order::Order;
use serde::Deserialize;
use utoipa::ToSchema;

use super::recipient_body::RecipientBody;
use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Version, Write, Written};
use crate::service::gifts::GiftDestination;

/// Where a gift goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptGift {
    /// Who receives it, and where. The buyer doesn't see it.
    recipient: RecipientBody,
    /// A word to the carrier.
    #[schema(value_type = Option<String>, max_length = 200)]
    memo: Option<Text<200>>,
}

/// Accept a gift; from now on it is sent. The same again changes nothing.
#[utoipa::path(
    post,
    path = "/gifts/{token}/acceptance",
    security(()),
    params(("token" = String, Path, description = "What the buyer passed on.")),
    request_body = AcceptGift,
    responses(
        (status = 200, body = Written),
        (status = 404, description = "`not_found`: also for a wrong token"),
        (status = 409, description = "`gift_accepted`, with another address; `gift_over`: declined, not accepted in time or cancelled"),
        (status = 422, description = "`gift_to_remote_area`: delivery there costs more than was paid; another address may do"),
    ),
)]
pub async fn accept_gift(
    State(app): State<App>,
    Path(token): Path<String>,
    write: Write<AcceptGift>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let order = app.order_of_gift(&token)?;
    let write = write.of_guest(order);
    let context = write.intent(Actor::Guest, app.clock.now());
    let AcceptGift { recipient, memo } = write.body;
    let destination = GiftDestination { recipient: recipient.into(), memo: memo.map(Into::into) };
    let outcome = app.accept_gift(&context, order, &destination).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}

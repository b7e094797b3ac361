//! `POST /storefront/v1/gifts/{token}/decline`: a gift's recipient doesn't want it.

use axum::extract::State;
use kernel::Actor;
use order::Order;

use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Version, Write, Written};

/// Decline a gift; its buyer gets the money back.
#[utoipa::path(
    post,
    path = "/gifts/{token}/decline",
    security(()),
    params(("token" = String, Path, description = "What the buyer passed on.")),
    responses(
        (status = 200, body = Written),
        (status = 404, description = "`not_found`: also for a wrong token"),
        (status = 409, description = "`gift_accepted`; `gift_over`: not accepted in time or cancelled"),
    ),
)]
pub async fn decline_gift(
    State(app): State<App>,
    Path(token): Path<String>,
    write: Write<()>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let order = app.order_of_gift(&token)?;
    let context = write.of_guest(order).intent(Actor::Guest, app.clock.now());
    let outcome = app.decline_gift(&context, order).await?;
    Ok(Written::reply::<Order>(&order, order.0, &outcome))
}
